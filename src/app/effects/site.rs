//! The site's settings: kept, read, and given a time zone by the browser. In: the text of a `_config.yml`. Out:
//! settings for everything that is shown. Neighbours: `post/site.rs` reads, the companion module shows them in the panel.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::workbench::Workbench;
use crate::companion::encode_zone;
use crate::post::date::DateTime;
use crate::post::site::{self, SiteSettings};
use crate::post::zone::Zone;
use crate::storage::{load_site, save_site};

/// Time zones are asked for their changes from 1970 to the end of 2050, …
const UNTIL: i64 = 2_556_144_000;

/// … every two weeks: no zone changes there and back within less.
const STEP: i64 = 14 * 86_400;

/// The settings of the person's site.
#[derive(Default)]
pub struct Site {
    text: RefCell<Rc<str>>,
    settings: RefCell<Rc<SiteSettings>>,
}

impl Site {
    /// The settings.
    pub fn settings(&self) -> Rc<SiteSettings> {
        Rc::clone(&self.settings.borrow())
    }

    /// The text that they stand in.
    pub fn text(&self) -> Rc<str> {
        Rc::clone(&self.text.borrow())
    }

    /// Takes what was kept.
    pub fn load(&self) {
        let text = load_site();
        if !text.is_empty() {
            self.read(text.into());
        }
    }

    fn read(&self, text: Rc<str>) {
        let mut settings = site::read(&text).settings;
        let zone = settings.unknown_zone().and_then(|name| {
            let last = self.settings();
            if last.zone.name() == name { Some(last.zone.clone()) } else { zone(name) }
        });
        if let Some(zone) = zone {
            settings.zone = zone;
        }
        *self.settings.borrow_mut() = Rc::new(settings);
        *self.text.borrow_mut() = text;
    }
}

impl Workbench {
    /// The companion module has the site's settings, too.
    pub(super) fn tell_companion_of_site(&self) {
        if let Some(site) = self.companion.export("site") {
            let zone = encode_zone(&self.site.settings().zone);
            let _ = site.call2(&JsValue::UNDEFINED, &(&*self.site.text()).into(), &Uint8Array::from(&*zone));
        }
    }

    /// Takes other settings, keeps them, and shows everything anew with them.
    pub(super) fn set_site(self: &Rc<Self>, text: Rc<str>) {
        if *self.site.text.borrow() == text {
            return;
        }
        save_site(&text);
        self.site.read(text);
        self.take_settings(self.site.settings());
        self.tell_companion_of_site();
        self.show_anew();
        self.refresh_panel();
    }
}

/// The time zone of that name, if the browser knows it.
fn zone(name: &str) -> Option<Zone> {
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
