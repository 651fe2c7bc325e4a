//! The page of the open site around the text in the editor. In: texts that have been rendered, the site's files. Out: the
//! page in the frame. Neighbours: `site/` renders it, `site_folder/` has the files, `preview/page.rs` fills the frame.
//! This is in the part `site`.

mod choices;
mod other_hosts;
mod running;

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::{Rc, Weak};

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, Url};

use crate::app::browser::dom::{document, now_seconds};
use crate::app::editor::controller::EditorController;
use crate::app::editor::page_around::{PageAround, WITHIN};
use crate::app::page_controller::PageController;
use crate::app::page_with_scripts::{ScriptsFrame, elsewhere};
use crate::app::preview::frame::PreviewFrame;
use crate::app::preview::shown_page::{FramePage, FrameStyle};
use crate::app::site_folder::open_site::OpenSite;
use crate::app::site_parts::{self, SiteParts};
use crate::code::Highlighting;
use crate::liquid;
use crate::markdown::sanitize::PageAddresses;
use crate::markdown::token::{Token, to_html};
use crate::render::Liquid;
use crate::site;
use crate::site::changed_block::{changed_block, replaced};
use crate::site::css_addresses;
use crate::site::model::SourceFile;
use crate::site::page_files::{BuiltFile, served};
use crate::site::page_tokens::{PageTokens, StyleSource};
use crate::site::rendering::{PageShell, RenderingOptions, SiteItem, SiteRendering};
use crate::site::source::SiteSource;
use crate::split_point::NotLoaded;
use crate::storage::{Dialects, load_site_permissions, with_media_type};
use crate::text::Severity;

/// How long after the last change of the front matter the site is read again, in milliseconds.
const READ_AGAIN_MS: u32 = 400;
/// How long after the last key the page around the text is made again, in milliseconds.
const MAKE_AGAIN_MS: u32 = 200;

use choices::{PageChoice, SCRIPTS, SHOWN, wanted};
pub use choices::{carry_out_for_preview, preview_view, print_with_scripts};
use other_hosts::OtherHosts;

thread_local! {
    /// What Liquid runs in: a function pointer cannot hold it.
    static CURRENT: RefCell<Option<(Rc<SiteRendering>, SiteItem)>> = const { RefCell::new(None) };
}

/// Liquid over a body, as the page that is open sees its site.
const LIQUID: Liquid = |text, post, _settings, _now, _highlighting| {
    let body = post.body_span.of(text);
    if !post.front_matter.render_with_liquid {
        return liquid::Rendered::unchanged(body);
    }
    match CURRENT.with_borrow(Clone::clone) {
        Some((rendering, item)) => rendering.run_liquid(item, body),
        None => liquid::Rendered::unchanged(body),
    }
};

/// The page of one file of the site, around its text if that is in the editor.
pub struct SitePage {
    this: Weak<Self>,
    open: Rc<OpenSite>,
    editor: Weak<EditorController>,
    page: Weak<PageController>,
    path: String,
    /// The path of the file in the editor where that is another one: a layout, an include, data.
    edited: Option<String>,
    /// The site, rendered with the front matter that was read last.
    rendered: RefCell<RenderedSite>,
    files: FileAddresses,
    hosts: OtherHosts,
    reading: RefCell<Option<Timeout>>,
    making: RefCell<Option<Timeout>>,
    /// Whether the post is shown without its page.
    alone: bool,
    /// The frame of the page with its scripts, where they run.
    scripts: Option<Rc<ScriptsFrame>>,
    running: RefCell<Option<Timeout>>,
}

/// A site that was read, and the page in it.
struct RenderedSite {
    rendering: Rc<SiteRendering>,
    /// What it is rendered with.
    parts: SiteParts,
    built: HashMap<String, BuiltFile>,
    item: SiteItem,
    /// What stood before the body when the site was read.
    front_matter: String,
    shell: Option<PageShell>,
    page: Option<Rc<FramePage>>,
    /// Whether the text has changed since the page was made, and the page may follow from it.
    is_behind: bool,
    /// The blocks of the text that the page was made of.
    blocks: Vec<Rc<[Token<'static>]>>,
    /// The style sheets that the page names, by their paths, with addresses that the frame can load.
    styles: RefCell<HashMap<String, Rc<str>>>,
}

/// What stands before the path of a file of the theme here; no path in a folder begins with it.
const OF_THEME: &str = "/";

/// The path of a file of the folder or of the theme.
fn path_here(file: &SourceFile) -> String {
    if file.from_theme { [OF_THEME, &file.path].concat() } else { file.path.clone() }
}

/// The addresses under which the browser has files of the folder, and of the theme.
#[derive(Default)]
struct FileAddresses {
    known: RefCell<HashMap<String, Option<String>>>,
    wanted: RefCell<Vec<String>>,
    loading: Cell<bool>,
    /// Whether blocks of the text wait for one of them.
    in_blocks: Cell<bool>,
}

impl SitePage {
    /// The page of the file at `path`; `None` where the site publishes no page of it.
    fn of(
        open: &Rc<OpenSite>,
        page: &Rc<PageController>,
        path: &str,
        edited: Option<&str>,
        choice: PageChoice,
    ) -> Option<Rc<Self>> {
        let editor = &page.editor;
        let permission = load_site_permissions().of(&open.name);
        let rendered = RenderedSite::of(open, path, &editor.highlighting, None)?;
        Some(Rc::new_cyclic(|this| Self {
            this: this.clone(),
            open: Rc::clone(open),
            editor: Rc::downgrade(editor),
            page: Rc::downgrade(page),
            path: path.to_owned(),
            edited: edited.map(str::to_owned),
            rendered: rendered.into(),
            files: FileAddresses::default(),
            hosts: OtherHosts { permission: permission.into(), ..OtherHosts::default() },
            reading: RefCell::default(),
            making: RefCell::default(),
            alone: choice.alone,
            scripts: choice.scripts,
            running: RefCell::default(),
        }))
    }

    /// The site is read again with the text as it stands now, and shown. What read nothing that has changed stays.
    fn read_again(&self) {
        let Some(editor) = self.editor.upgrade() else { return };
        self.open.set_text(self.edited.as_deref().unwrap_or(&self.path), &editor.text());
        self.open.read_changes();
        let before = Rc::clone(&self.rendered.borrow().rendering);
        let again = RenderedSite::of(&self.open, &self.path, &editor.highlighting, Some(&before));
        if let Some(rendered) = again {
            *self.rendered.borrow_mut() = rendered;
            self.enter();
            editor.show_anew();
            self.load_parts();
        }
    }

    /// Liquid runs in this page from now on.
    fn enter(&self) {
        let rendered = self.rendered.borrow();
        CURRENT.set(Some((Rc::clone(&rendered.rendering), rendered.item)));
    }

    /// Reads the site again when typing in the front matter pauses.
    fn read_soon(&self) {
        let this = self.this.clone();
        *self.reading.borrow_mut() = Some(Timeout::new(READ_AGAIN_MS, move || {
            if let Some(page) = this.upgrade() {
                page.read_again();
            }
        }));
    }

    /// Loads what the site needs and what has not arrived before, and shows the page again with it.
    fn load_parts(&self) {
        let site = self.open.site();
        let (Some(page), true) = (self.page.upgrade(), site_parts::is_lacking(&site)) else { return };
        let path = self.edited.as_ref().unwrap_or(&self.path).clone();
        spawn_local(async move {
            match site_parts::load_for(&site).await {
                Ok(()) => follow(&page, Some(&path)),
                Err(NotLoaded) => page.editor.tell(
                    "tools",
                    Severity::Warning,
                    "What this site needs (its styles, emoji or plugins) could not be loaded. Is the network gone? The page is shown without it.",
                ),
            }
        });
    }

    /// Asks the browser for the files that the page shows and that have no address yet.
    fn load_files(&self) {
        if self.files.wanted.borrow().is_empty() || self.files.loading.replace(true) {
            return;
        }
        let this = self.this.clone();
        spawn_local(async move {
            let Some(page) = this.upgrade() else { return };
            loop {
                let wanted = page.files.wanted.take();
                if wanted.is_empty() {
                    break;
                }
                for path in wanted {
                    let file = page.file(&path).await;
                    let address = file.and_then(|file| Url::create_object_url_with_blob(&file).ok());
                    page.files.known.borrow_mut().insert(path, address);
                }
            }
            page.files.loading.set(false);
            page.rendered.borrow_mut().forget_page();
            if let Some(editor) = page.editor.upgrade() {
                if page.files.in_blocks.take() {
                    editor.preview.forget_blocks();
                }
                editor.show_anew();
            }
        });
    }

    /// A file of the folder, or of the theme where its path begins with `OF_THEME`.
    async fn file(&self, path: &str) -> Option<Blob> {
        let file = match path.strip_prefix(OF_THEME) {
            Some(path) => self.open.theme_file(path),
            None => self.open.file(path).await,
        };
        file.map(|file| with_media_type(&file))
    }

    /// What is in a text file that is published as it is.
    fn text(&self, file: &SourceFile) -> Option<Rc<str>> {
        let theme = self.open.theme().filter(|_| file.from_theme);
        let bytes = match theme {
            Some(theme) => theme.files.read(&file.path)?,
            None => self.open.files.read(&file.path)?,
        };
        Some(String::from_utf8_lossy(&bytes).into())
    }

    /// The page for the frame, where the last one does not stand any more.
    fn frame_page(&self, rendered: &RenderedSite, html: &str) -> FramePage {
        let addresses = Addresses { files: &self.files, hosts: &self.hosts, rendered, page: rendered.address() };
        let tokens = PageTokens::of(html, &addresses);
        let styles = tokens.styles.into_iter().filter_map(|style| {
            Some(match style.source {
                StyleSource::Text(css) => FrameStyle::Text { media: style.media, css: css.into() },
                StyleSource::Address(address) => match self.style_sheet(rendered, &address) {
                    Some(css) => FrameStyle::Text { media: style.media, css },
                    None => FrameStyle::Address { address: self.hosts.address(&address)?, media: style.media },
                },
            })
        });
        FramePage {
            styles: styles.collect(),
            root: tokens.root,
            body: tokens.body,
            tokens: tokens.tokens,
            content: tokens.content,
        }
    }

    /// The text of a style sheet of the site.
    fn style_sheet(&self, rendered: &RenderedSite, address: &str) -> Option<Rc<str>> {
        let path = rendered.rendering.path_of(address, &rendered.address())?;
        if let Some(known) = rendered.styles.borrow().get(&path) {
            return Some(Rc::clone(known));
        }
        let css: Rc<str> = match served(&rendered.built, &path)? {
            BuiltFile::Item(item) if rendered.parts.sass.is_none() && rendered.rendering.is_sass(*item) => return None,
            BuiltFile::Item(item) => rendered.rendering.output(*item),
            BuiltFile::Copy(file) => self.text(file)?,
        };
        let addresses = Addresses { files: &self.files, hosts: &self.hosts, rendered, page: ["/", &path].concat() };
        let css: Rc<str> = addresses.style(&css).into();
        rendered.styles.borrow_mut().insert(path, Rc::clone(&css));
        Some(css)
    }
}

impl PageAround for SitePage {
    fn show(&self, preview: &PreviewFrame, text: &str, body_start: usize) -> bool {
        match &self.edited {
            Some(edited) => self.take_other(edited, text),
            None => self.take_text(text, body_start),
        }
        if self.scripts.is_some() {
            self.run_soon();
            return false;
        }
        let page = self.rendered.borrow().page.clone();
        let media = self.this.clone();
        preview.set_media(Some(Rc::new(move |address| media.upgrade()?.media(address))));
        let has_blocks = self.alone || page.is_some_and(|page| preview.show_page(&page));
        self.load_files();
        self.ask_soon();
        has_blocks && self.edited.is_none()
    }

    fn open_linked(&self, address: &str) {
        let path = self.linked_file(address);
        if let (Some(page), Some(path)) = (self.page.upgrade(), path) {
            page.open_site_file(path.into());
        }
    }

    fn allow_styles(&self) {
        self.answer_for_hosts(true);
    }

    fn liquid(&self) -> Liquid {
        self.enter();
        LIQUID
    }
}

impl SitePage {
    /// The text of the page's own file is this now.
    fn take_text(&self, text: &str, body_start: usize) {
        let (front_matter, body) = text.split_at_checked(body_start).unwrap_or((text, ""));
        let mut rendered = self.rendered.borrow_mut();
        if rendered.front_matter != front_matter {
            self.read_soon();
        }
        rendered.is_behind |= !rendered.rendering.set_body(rendered.item, body);
        if self.alone || self.scripts.is_some() {
            return;
        }
        let Some(page) = rendered.page.clone() else { return self.make_page(&mut rendered) };
        let stands = rendered.shell.as_ref().is_some_and(|shell| rendered.rendering.stands(rendered.item, shell));
        if !rendered.is_behind || stands {
            rendered.is_behind = false;
        } else if page.content.is_some() || self.change_block(&mut rendered, &page) {
            // What was written is shown at once; what the layouts make of it follows.
            self.make_page_soon();
        } else {
            self.make_page(&mut rendered);
        }
    }

    /// Makes the page of the text as it stands.
    fn make_page(&self, rendered: &mut RenderedSite) {
        let shell = rendered.rendering.shell(rendered.item);
        let page = self.frame_page(rendered, shell.placed.as_ref().unwrap_or(&shell.html));
        rendered.take_page(page);
        rendered.shell = Some(shell);
        rendered.is_behind = false;
        rendered.blocks = self.blocks();
    }

    /// The same when typing pauses.
    fn make_page_soon(&self) {
        let this = self.this.clone();
        *self.making.borrow_mut() = Some(Timeout::new(MAKE_AGAIN_MS, move || {
            let Some((this, editor)) = this.upgrade().and_then(|this| Some((this.clone(), this.editor.upgrade()?)))
            else {
                return;
            };
            let mut rendered = this.rendered.borrow_mut();
            if rendered.is_behind {
                this.make_page(&mut rendered);
                drop(rendered);
                editor.show_again();
            }
        }));
    }

    /// The blocks of the text.
    fn blocks(&self) -> Vec<Rc<[Token<'static>]>> {
        let Some(editor) = self.editor.upgrade() else { return Vec::new() };
        let renderer = editor.renderer.borrow();
        renderer.blocks().iter().map(|block| Rc::clone(&block.tokens)).collect()
    }

    /// Changes one block in a page whose layouts do more with the content than to write it out. Whether the block stands
    /// in the page, once, as the text alone has it.
    fn change_block(&self, rendered: &mut RenderedSite, page: &Rc<FramePage>) -> bool {
        let blocks = self.blocks();
        let Some(changed) = changed_block(&rendered.blocks, &blocks) else { return false };
        let addresses = Addresses { files: &self.files, hosts: &self.hosts, rendered, page: rendered.address() };
        let [before, after] = [&rendered.blocks, &blocks].map(|blocks| {
            let html = blocks.get(changed).map_or(String::new(), |tokens| to_html(tokens));
            PageTokens::of(&html, &addresses).tokens
        });
        let Some(tokens) = replaced(&page.tokens, &before, &after) else { return false };
        rendered.page = Some(FramePage { tokens: tokens.into(), ..FramePage::clone(page) }.into());
        rendered.blocks = blocks;
        true
    }

    /// The text of another file of the site, which the page may be made with, is this now.
    fn take_other(&self, path: &str, text: &str) {
        if self.open.text(path).is_none_or(|known| known.replace("\r\n", "\n") != text) {
            self.read_soon();
        }
        let mut rendered = self.rendered.borrow_mut();
        if rendered.page.is_none() && self.scripts.is_none() {
            let html = rendered.rendering.output(rendered.item);
            let page = self.frame_page(&rendered, &html);
            rendered.take_page(page);
        }
    }

    /// The path of the file whose page a link within the site leads to; a file of the folder that is no text has none.
    fn linked_file(&self, address: &str) -> Option<String> {
        let rendered = self.rendered.borrow();
        let path = address.split_once(WITHIN)?.1.trim_start_matches('/');
        match served(&rendered.built, path)? {
            BuiltFile::Item(item) => rendered.rendering.source_path(*item).map(str::to_owned),
            BuiltFile::Copy(file) if file.from_theme => None,
            BuiltFile::Copy(file) => self.open.text(&file.path).map(|_| file.path.clone()),
        }
    }

    /// The address of a picture in the text. Those of other hosts are shown in a post alone as they are without a site.
    fn media(&self, address: &str) -> Option<String> {
        let rendered = self.rendered.borrow();
        let addresses =
            Addresses { files: &self.files, hosts: &self.hosts, rendered: &rendered, page: rendered.address() };
        let shown = match elsewhere(address) {
            Some((full, _)) if self.alone => Some(full),
            _ => addresses.media(address),
        };
        drop(rendered);
        if !self.files.wanted.borrow().is_empty() {
            self.files.in_blocks.set(true);
        }
        self.load_files();
        self.ask_soon();
        shown
    }
}

impl RenderedSite {
    /// `before`: the site as it was rendered before.
    fn of(
        open: &Rc<OpenSite>,
        path: &str,
        highlighting: &Highlighting,
        before: Option<&SiteRendering>,
    ) -> Option<Self> {
        let parts = site_parts::loaded();
        let source: Rc<dyn SiteSource> = open.files.clone();
        let options = RenderingOptions {
            source,
            theme: open.theme().map(|theme| theme.files.clone() as Rc<dyn SiteSource>),
            highlighting: highlighting.clone(),
            environment: "production".to_owned(),
            clock: now_seconds(),
            sass: parts.sass,
            emoji: parts.emoji,
        };
        let site = open.site_with(path);
        let rendering = match before {
            Some(before) => site::render_again(before, site, options),
            None => site::render(site, options),
        };
        let item = rendering.item_of(path)?;
        Some(Self {
            built: rendering.built_files(),
            front_matter: rendering.before_body(item),
            rendering,
            parts,
            item,
            shell: None,
            page: None,
            is_behind: false,
            blocks: Vec::new(),
            styles: RefCell::default(),
        })
    }

    /// The address of the page.
    fn address(&self) -> String {
        self.rendering.address(self.item).unwrap_or_else(|| "/".to_owned())
    }

    /// A page that has not changed stays the same, so that the frame does.
    fn take_page(&mut self, page: FramePage) {
        if self.page.as_deref() != Some(&page) {
            self.page = Some(page.into());
        }
    }

    fn forget_page(&mut self) {
        self.page = None;
        self.styles.take();
    }
}

/// What the addresses on a page become.
struct Addresses<'a> {
    files: &'a FileAddresses,
    hosts: &'a OtherHosts,
    rendered: &'a RenderedSite,
    /// The address of the page or of the style sheet.
    page: String,
}

impl Addresses<'_> {
    /// The address of a file of the folder in the browser; where there is none yet, it is asked for.
    fn file(&self, address: &str) -> Option<String> {
        let path = self.rendered.rendering.path_of(address, &self.page)?;
        let BuiltFile::Copy(file) = served(&self.rendered.built, &path)? else { return None };
        let path = path_here(file);
        if let Some(known) = self.files.known.borrow().get(&path) {
            return known.clone();
        }
        self.files.wanted.borrow_mut().push(path);
        None
    }
}

impl PageAddresses for Addresses<'_> {
    fn media(&self, address: &str) -> Option<String> {
        let is_here = ["blob:", "data:image/"].iter().any(|scheme| address.starts_with(scheme));
        match self.file(address) {
            Some(found) => Some(found),
            None if is_here && !address.starts_with("data:image/svg") => Some(address.to_owned()),
            None => self.hosts.address(address),
        }
    }

    fn link(&self, address: &str) -> Option<String> {
        let path = self.rendered.rendering.path_of(address, &self.page)?;
        Some([WITHIN, "/", &path].concat())
    }

    fn style(&self, css: &str) -> String {
        css_addresses::rewrite(css, &mut |address| {
            if address.starts_with('#') || address.starts_with("data:") {
                return Some(address.to_owned());
            }
            self.file(address).or_else(|| self.hosts.address(address))
        })
    }
}

thread_local! {
    /// The path of the file whose page was shown last.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Shows the page of the file of the open site that stands in the editor; where it has none, as a layout, the page that
/// was shown last. Without an open site or a page, the post alone.
pub fn follow(page: &Rc<PageController>, path: Option<&str>) {
    let editor = &page.editor;
    // GitHub shows a file alone, without the site.
    let path = path.filter(|_| editor.dialects() != Dialects::GitHub);
    let wanted = wanted(page, path);
    let around = page.open_site.get().zip(path).and_then(|(open, path)| {
        if let Some(own) = SitePage::of(&open, page, path, None, wanted.clone()) {
            LAST.set(Some(path.to_owned()));
            return Some(own);
        }
        let last = LAST.with_borrow(Clone::clone)?;
        SitePage::of(&open, page, &last, Some(path), PageChoice { alone: false, ..wanted.clone() })
    });
    SHOWN.set(around.as_ref().map(Rc::downgrade).unwrap_or_default());
    let scripts = around.as_ref().and_then(|around| around.scripts.clone());
    drop(SCRIPTS.replace(scripts));
    let is_site = around.is_some();
    let is_page = around.as_ref().is_some_and(|around| !around.alone);
    if let Some(around) = &around {
        around.load_parts();
    }
    *editor.around.borrow_mut() = around.map(|around| around as Rc<dyn PageAround>);
    if !is_site {
        editor.preview.set_media(None);
    }
    // A layout alone has nothing to show.
    if let Some(body) = document().body() {
        let _ = body.toggle_attribute_with_force("data-around", is_site);
    }
    let frame = &editor.preview.frame;
    // The build tells the frame both of its documents. They have hashes in their names.
    let wanted = frame.get_attribute(if is_page { "data-site" } else { "data-post" });
    match wanted.filter(|wanted| frame.get_attribute("src").as_ref() != Some(wanted)) {
        // Its document is filled when it has come.
        Some(wanted) => frame.set_src(&wanted),
        None => editor.show_anew(),
    }
    page.refresh_preview_bar();
}
