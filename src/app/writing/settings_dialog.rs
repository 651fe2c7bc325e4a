//! The dialog of how a person wants to write. In: a wish. Out: choices, which are seen at once in the editor beside it.
//! Neighbours: `components/writing_settings.rs` is what is drawn; `appearance.rs` carries the choices out.

use std::cell::RefCell;
use std::rc::Rc;

use web_sys::Element;
use yew::AppHandle;
use yew::prelude::*;

use super::appearance::{choose, current};
use crate::app::browser::dom::{document, element};
use crate::app::components::{WritingSettingsForm, WritingSettingsFormProps};
use crate::app::page_controller::PageController;
use crate::storage::{WritingSettings, load_picture_folder, save_picture_folder};

thread_local! {
    static OPEN: RefCell<Option<(Element, AppHandle<WritingSettingsForm>)>> = const { RefCell::new(None) };
}

/// Shows the dialog.
pub fn show_settings(page: &Rc<PageController>) {
    if document().query_selector("dialog[open]").is_ok_and(|open| open.is_some()) {
        return;
    }
    let place = element("div", "");
    if document().body().is_none_or(|body| body.append_child(&place).is_err()) {
        return;
    }
    let handle = yew::Renderer::<WritingSettingsForm>::with_root_and_props(place.clone(), props_of(page)).render();
    OPEN.set(Some((place, handle)));
}

fn props_of(page: &Rc<PageController>) -> WritingSettingsFormProps {
    let weak = Rc::downgrade(page);
    let on_choice = Callback::from(move |chosen: Option<WritingSettings>| {
        let Some(page) = weak.upgrade() else { return };
        match chosen {
            Some(chosen) => {
                choose(&page, |settings| {
                    let WritingSettings { outline, goal, own_keys, .. } = *settings;
                    *settings = WritingSettings { outline, goal, own_keys, ..chosen };
                });
                OPEN.with_borrow_mut(|open| {
                    if let Some((_, handle)) = open {
                        handle.update(props_of(&page));
                    }
                });
            }
            None => {
                if let Some((place, handle)) = OPEN.take() {
                    handle.destroy();
                    place.remove();
                }
                page.editor.textarea.focus_quietly();
            }
        }
    });
    // The field holds what is typed; what it means is said where pictures are kept.
    let on_folder = Callback::from(|entered: String| save_picture_folder(&entered));
    WritingSettingsFormProps { settings: current(), picture_folder: load_picture_folder().into(), on_choice, on_folder }
}
