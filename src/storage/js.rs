//! Small helpers between Rust and JavaScript's values, all total. In: values. Out: values, or nothing.
//! Neighbours: the browser's versions of this folder.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Window;

use super::StorageError;

/// The page's window.
pub(super) fn window() -> Result<Window, StorageError> {
    web_sys::window().ok_or(StorageError::Blocked)
}

/// A property; `undefined` where it cannot be read.
pub(super) fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a property; on our own plain objects that cannot fail.
pub(super) fn set(object: &JsValue, name: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(object, &JsValue::from_str(name), &value.into());
}

/// A property that is a string.
pub(super) fn get_string(object: &JsValue, name: &str) -> Option<String> {
    get(object, name).as_string()
}

/// A property that is a finite number.
pub(super) fn get_number(object: &JsValue, name: &str) -> Option<f64> {
    get(object, name).as_f64().filter(|number| number.is_finite())
}

/// A property that is a whole number from 0 to 2⁵³.
pub(super) fn get_count(object: &JsValue, name: &str) -> Option<u64> {
    const LARGEST: f64 = 9_007_199_254_740_992.0;
    get_number(object, name).filter(|n| n.fract() == 0.0 && (0.0..=LARGEST).contains(n)).map(|n| n as u64)
}

/// Calls a method by its name: for what web-sys does not know, or only behind a flag.
pub(super) fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = get(object, method).dyn_into()?;
    let list = js_sys::Array::new();
    for argument in arguments {
        list.push(argument);
    }
    Reflect::apply(&function, object, &list)
}

/// A promise that the browser settles by calling one of two functions: these two are the event handlers themselves, so
/// that no closure of ours has to live as long as the request.
pub(super) fn promise(mut start: impl FnMut(&Function, &Function)) -> Promise {
    Promise::new(&mut |resolve, reject| start(&resolve, &reject))
}

/// What a browser's exception means for a store.
pub(super) fn storage_error(error: &JsValue) -> StorageError {
    let name = get_string(error, "name").unwrap_or_default();
    match name.as_str() {
        "QuotaExceededError" => StorageError::Full,
        "SecurityError" | "NotAllowedError" => StorageError::Blocked,
        "VersionError" => StorageError::Outdated,
        // A record that the browser itself cannot read.
        "DataError" | "NotReadableError" => StorageError::Corrupt { rescued: None },
        _ => {
            let reason = get_string(error, "message").filter(|text| !text.is_empty()).unwrap_or(name);
            StorageError::Other(reason.trim_end_matches('.').to_owned())
        }
    }
}
