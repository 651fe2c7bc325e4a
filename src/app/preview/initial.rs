//! The initial preview, before the part of the program with the page or the element has arrived: what is typed already,
//! what `recovery.js` has put back, or the welcome. In: a textarea and a frame. Out: the post in the frame, as the
//! editor shows it on a site without settings. Neighbours: `main.rs` exports it to `start.js` and to the package's
//! `index.js`; `editor/controller.rs` takes the frame over. All that this file needs is in the main part of the
//! program, so it names as little as possible.

use js_sys::{Function, Reflect};
use web_sys::{HtmlIFrameElement, HtmlTextAreaElement};

use crate::app::browser::dom::{document, now_seconds};
use crate::app::drafts::storing::WELCOME;
use crate::app::preview::frame::{Connection, PreviewFrame};
use crate::app::shown::Shown;
use crate::markdown::sanitize::Relative;
use crate::render::{Engines, RenderOptions, Renderer};

/// A textarea and the frame that shows it.
pub struct InitialPreview {
    textarea: HtmlTextAreaElement,
    preview: PreviewFrame,
    options: RenderOptions,
    /// The language of posts that name none.
    language: String,
    renderer: Renderer,
    /// Whether what stands in the frame is from here.
    is_shown: bool,
}

impl InitialPreview {
    /// Nothing is shown yet. An element's frame is filled by `fill`. With `body_only` texts have
    /// no front matter.
    pub fn new(
        textarea: HtmlTextAreaElement,
        frame: HtmlIFrameElement,
        fill: Option<Function>,
        body_only: bool,
        language: Option<String>,
    ) -> Self {
        let relative = if fill.is_some() { Relative::Here } else { Relative::Elsewhere };
        Self {
            textarea,
            preview: PreviewFrame::of(frame, fill),
            options: RenderOptions { body_only, relative, ..RenderOptions::default() },
            language: language.unwrap_or_else(|| "en".into()),
            renderer: Renderer::default(),
            is_shown: false,
        }
    }

    /// Shows the text of the textarea in the frame. Whether there was a text and a frame.
    pub fn show(&mut self) -> bool {
        match self.preview.connect() {
            Connection::Lost => return false,
            Connection::New => {
                self.renderer = Renderer::new(&self.options, Engines::default());
                self.is_shown = false;
                let theme = document().document_element().and_then(|root| root.get_attribute("data-theme"));
                self.preview.set_theme(theme.as_deref());
            }
            Connection::Known => {}
        }
        let text = text_of(&self.textarea);
        if !self.is_shown && text.is_empty() {
            return false;
        }
        self.is_shown = true;
        let now = Shown::of(&mut self.renderer, None, &text, now_seconds());
        self.preview.show_header(now.header, now.body_start);
        self.preview.show_blocks(self.renderer.blocks(), &now.patch, now.body_start, &now.map);
        self.preview.set_language(now.language.as_deref().unwrap_or(&self.language));
        true
    }
}

/// What stands in the textarea. On a first visit, where nothing was typed yet, that is the welcome.
fn text_of(editor: &HtmlTextAreaElement) -> String {
    let text = editor.value();
    let visit = Reflect::get(editor, &"visit".into()).ok().and_then(|value| value.as_string());
    let is_first_visit = visit.as_deref() == Some("first");
    // Only once: a person who empties the textarea wants it to stay empty.
    let _ = Reflect::delete_property(editor, &"visit".into());
    if text.is_empty() && is_first_visit {
        editor.set_value(WELCOME);
        let _ = editor.set_selection_range(0, 0);
        let _ = Reflect::set(editor, &"restored".into(), &WELCOME.into());
        return WELCOME.to_owned();
    }
    text
}
