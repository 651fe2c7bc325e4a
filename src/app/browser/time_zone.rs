//! A time zone as the engine knows it. In: a name of the IANA's database. Out: a `Zone`. Neighbours: `post/zone.rs` has
//! the type; code that reads a `_config.yml` in a browser asks here.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::post::date::DateTime;
use crate::post::zone::Zone;

/// Changes of a time zone are looked for from 1970 to the end of 2050, in seconds since 1970.
const UNTIL: i64 = 2_556_144_000;

/// The step of that search, in seconds: two weeks. No zone changes there and back within less.
const STEP: i64 = 14 * 86_400;

/// The time zone of that name, if the engine's `Intl` knows it.
pub fn zone(name: &str) -> Option<Zone> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let constructor: Function = Reflect::get(&intl, &"DateTimeFormat".into()).ok()?.dyn_into().ok()?;
    let options = Object::new();
    for (option, value) in [("timeZone", name), ("hourCycle", "h23")] {
        Reflect::set(&options, &option.into(), &value.into()).ok()?;
    }
    for part in ["year", "month", "day", "hour", "minute", "second"] {
        Reflect::set(&options, &part.into(), &"numeric".into()).ok()?;
    }
    let format = Reflect::construct(&constructor, &Array::of2(&"en-US".into(), &options)).ok()?;
    let format: Function = Reflect::get(&format, &"format".into()).ok()?.dyn_into().ok()?;
    let offset = |unix: i64| {
        let shown = format.call1(&JsValue::UNDEFINED, &JsValue::from_f64(unix as f64 * 1000.0)).ok();
        shown.and_then(|shown| minutes(&shown.as_string()?, unix)).unwrap_or(0)
    };
    Some(Zone::sampled(name, 0, UNTIL, STEP, &offset))
}

/// How far a clock that shows `12/8/2014, 10:30:00` at `unix` is east of UTC.
fn minutes(shown: &str, unix: i64) -> Option<i32> {
    let mut numbers = [0_u16; 6];
    let digits = shown.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
    for (number, digits) in numbers.iter_mut().zip(digits) {
        *number = digits.parse().ok()?;
    }
    let [month, day, year, hour, minute, second] = numbers;
    let small = |number: u16| u8::try_from(number).ok();
    let day = DateTime::day(year.into(), small(month)?, small(day)?)?;
    let local = DateTime::time(day, small(hour)?, small(minute)?, small(second)?, Some(0))?.unix(0);
    i32::try_from((local - unix).div_euclid(60)).ok()
}
