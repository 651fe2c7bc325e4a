//! The bar above the preview: how wide it is, light or dark, what of a site it shows; printing. In: what a person wants.
//! Out: the preview as they want to see it. Neighbours: `components/preview_bar.rs` draws the bar, `site_page.rs` shows
//! pages of sites. This is in the part `tools`; what needs a site is asked of the part `site`.

mod bar_host;
mod fitting;
mod printing;

use std::rc::Rc;

use web_sys::Element;
use yew::Callback;

use bar_host::BarHost;

use crate::app::browser::dom::{by_id, document, style_page, window};
use crate::app::components::{Intent, PreviewBarView, PreviewWish};
use crate::app::draft_wish::DraftWish;
use crate::app::page_controller::PageController;
use crate::app::state::{Theme, theme_name};
use crate::storage::{PreviewSettings, load_preview_settings, save_preview_settings};

use printing::Printed;
pub(crate) use printing::{frame as print_frame, print_post};

/// The styles of the bar, and of the frames below it.
const STYLES: &str = include_str!("../../../styles/preview-bar.css");

thread_local! {
    static BAR: BarHost = BarHost::default();
}

impl PageController {
    /// Draws the bar, or brings it to what is chosen now; the preview, too.
    pub(crate) fn refresh_preview_bar(self: &Rc<Self>) {
        let settings = load_preview_settings();
        let page = Rc::downgrade(self);
        let on_wish = Callback::from(move |wish| {
            if let Some(page) = page.upgrade() {
                page.carry_out_for_preview(wish);
            }
        });
        let dark = self.show_scheme(settings.scheme);
        let site = self.loaded_site_tools().and_then(|tools| (tools.preview_view)(self));
        let pane: Element = by_id("preview-pane");
        BAR.with(|bar| {
            if !bar.is_shown() {
                style_page(STYLES);
            }
            bar.show(&pane, PreviewBarView { site, width: settings.width, dark }, on_wish);
            bar.fit(&pane, settings.width);
        });
    }

    fn carry_out_for_preview(self: &Rc<Self>, wish: PreviewWish) {
        let mut settings = load_preview_settings();
        match wish {
            PreviewWish::Width(width) => settings.width = width,
            PreviewWish::SwitchScheme => settings.scheme = next_scheme(settings),
            PreviewWish::Print => {
                let tools = self.loaded_site_tools();
                if tools.is_none_or(|tools| !(tools.print)()) {
                    printing::print(Printed::of(&self.editor.preview));
                }
                return;
            }
            PreviewWish::Share => {
                self.handle(Intent::ForPart(DraftWish::Share.sealed()));
                return;
            }
            PreviewWish::Show(_) | PreviewWish::AllowHosts(_) | PreviewWish::RunScripts(_) => {
                if let Some(tools) = self.loaded_site_tools() {
                    (tools.carry_out_for_preview)(self, wish);
                }
                return;
            }
        }
        save_preview_settings(&settings);
        self.refresh_preview_bar();
        // Its blocks have other heights.
        self.editor.want_editor_scroll();
    }

    /// The preview is light or dark as chosen. Whether it is dark.
    fn show_scheme(&self, scheme: Theme) -> bool {
        let own = if scheme == Theme::System { page_theme() } else { scheme };
        if self.editor.theme() != own {
            self.editor.set_theme(own);
        }
        let pane: Element = by_id("preview-pane");
        let _ = match theme_name(scheme) {
            Some(name) => pane.set_attribute("data-scheme", name),
            None => pane.remove_attribute("data-scheme"),
        };
        is_dark(own)
    }
}

/// The theme of the page around the preview.
fn page_theme() -> Theme {
    match document().document_element().and_then(|root| root.get_attribute("data-theme")).as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::System,
    }
}

fn is_dark(theme: Theme) -> bool {
    match theme {
        Theme::System => {
            let query = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
            query.is_some_and(|query| query.matches())
        }
        theme => theme == Theme::Dark,
    }
}

/// The opposite of what is seen; that of the page around, where that is the same.
fn next_scheme(settings: PreviewSettings) -> Theme {
    let page_is_dark = is_dark(page_theme());
    let dark = if settings.scheme == Theme::System { page_is_dark } else { settings.scheme == Theme::Dark };
    match (dark, page_is_dark) {
        (true, false) | (false, true) => Theme::System,
        (true, true) => Theme::Light,
        (false, false) => Theme::Dark,
    }
}
