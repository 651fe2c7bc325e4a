//! The page of the open site around the text in the editor. In: texts that have been rendered, the site's files. Out: the
//! page in the frame. Neighbours: `site/` renders it, `site_folder/` has the files, `preview/page.rs` fills the frame.
//! This is in the part `site`.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::rc::{Rc, Weak};

use gloo::timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::Url;

use crate::app::browser::dom::{document, now_seconds};
use crate::app::browser::guard::{Stopped, guarded};
use crate::app::editor::controller::EditorController;
use crate::app::editor::page_around::{PageAround, WITHIN};
use crate::app::page_controller::PageController;
use crate::app::preview::frame::PreviewFrame;
use crate::app::preview::shown_page::{FramePage, FrameStyle};
use crate::app::site_folder::open_site::OpenSite;
use crate::app::state::{Action, Message, Offer};
use crate::code::Highlighting;
use crate::liquid;
use crate::markdown::sanitize::PageAddresses;
use crate::render::Liquid;
use crate::site;
use crate::site::css_addresses;
use crate::site::page_files::{BuiltFile, served};
use crate::site::page_shell::PageShell;
use crate::site::page_tokens::{PageTokens, StyleSource};
use crate::site::rendering::{RenderingOptions, SassConverter, SassError, SiteItem, SiteRendering};
use crate::site::sass;
use crate::site::source::SiteSource;
use crate::split_point::NotLoaded;
use crate::storage::Dialects;
use crate::text::Severity;

/// How long after the last change of the front matter the site is read again, in milliseconds.
const READ_AGAIN_MS: u32 = 400;

thread_local! {
    /// The sites whose pages may load styles of other hosts, and those for which that was asked; by their folders.
    static STYLES_ALLOWED: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
    static ASKED: RefCell<BTreeSet<String>> = const { RefCell::new(BTreeSet::new()) };
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
    sass: Option<SassConverter>,
    /// The site, rendered with the front matter that was read last.
    rendered: RefCell<RenderedSite>,
    files: FileAddresses,
    reading: RefCell<Option<Timeout>>,
    /// Other hosts whose styles the page names, which are not loaded.
    left_out: RefCell<BTreeSet<String>>,
}

/// A site that was read, and the page in it.
struct RenderedSite {
    rendering: Rc<SiteRendering>,
    built: HashMap<String, BuiltFile>,
    item: SiteItem,
    /// What stood before the body when the site was read.
    front_matter: String,
    shell: Option<PageShell>,
    page: Option<Rc<FramePage>>,
    /// The style sheets that the page names, by their paths, with addresses that the frame can load.
    styles: RefCell<HashMap<String, Rc<str>>>,
}

/// The addresses under which the browser has files of the folder.
#[derive(Default)]
struct FileAddresses {
    known: RefCell<HashMap<String, Option<String>>>,
    wanted: RefCell<Vec<String>>,
    loading: Cell<bool>,
}

impl SitePage {
    /// The page of the file at `path`; `None` where the site publishes no page of it.
    pub fn of(
        open: &Rc<OpenSite>,
        page: &Rc<PageController>,
        path: &str,
        edited: Option<&str>,
        sass: Option<SassConverter>,
    ) -> Option<Rc<Self>> {
        let editor = &page.editor;
        let rendered = RenderedSite::of(open, path, &editor.highlighting, sass)?;
        Some(Rc::new_cyclic(|this| Self {
            this: this.clone(),
            open: Rc::clone(open),
            editor: Rc::downgrade(editor),
            page: Rc::downgrade(page),
            path: path.to_owned(),
            edited: edited.map(str::to_owned),
            sass,
            rendered: rendered.into(),
            files: FileAddresses::default(),
            reading: RefCell::default(),
            left_out: RefCell::default(),
        }))
    }

    /// The site is read again with the text as it stands now, and shown.
    fn read_again(&self) {
        let Some(editor) = self.editor.upgrade() else { return };
        self.open.set_text(self.edited.as_deref().unwrap_or(&self.path), &editor.text());
        self.open.read_again();
        if let Some(rendered) = RenderedSite::of(&self.open, &self.path, &editor.highlighting, self.sass) {
            *self.rendered.borrow_mut() = rendered;
            self.enter();
            editor.show_anew();
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
                    let file = page.open.file(&path).await;
                    let address = file.and_then(|file| Url::create_object_url_with_blob(&file).ok());
                    page.files.known.borrow_mut().insert(path, address);
                }
            }
            page.files.loading.set(false);
            page.rendered.borrow_mut().forget_page();
            if let Some(editor) = page.editor.upgrade() {
                editor.show_anew();
            }
        });
    }

    /// The page for the frame, where the last one does not stand any more.
    fn frame_page(&self, rendered: &RenderedSite, html: &str) -> FramePage {
        let addresses = Addresses { files: &self.files, rendered, page: rendered.address() };
        let tokens = PageTokens::of(html, &addresses);
        let styles = tokens.styles.into_iter().filter_map(|style| {
            Some(match style.source {
                StyleSource::Text(css) => FrameStyle::Text { media: style.media, css: css.into() },
                StyleSource::Address(address) => match self.style_sheet(rendered, &address) {
                    Some(css) => FrameStyle::Text { media: style.media, css },
                    None => FrameStyle::Address { address: self.style_elsewhere(&address)?, media: style.media },
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

    /// The address of a style sheet of another host, if it may be loaded.
    fn style_elsewhere(&self, address: &str) -> Option<String> {
        let full = if address.starts_with("//") { ["https:", address].concat() } else { address.to_owned() };
        let host = full.strip_prefix("https://").or_else(|| full.strip_prefix("http://"))?;
        let host = host.split(['/', '?', '#']).next().unwrap_or("").to_owned();
        if STYLES_ALLOWED.with_borrow(|allowed| allowed.contains(&self.open.name)) {
            return Some(full);
        }
        self.left_out.borrow_mut().insert(host);
        None
    }

    /// Asks whether styles of other hosts may be loaded, once for each site.
    fn ask_for_styles(&self) {
        let hosts = self.left_out.take();
        if hosts.is_empty() || !ASKED.with_borrow_mut(|asked| asked.insert(self.open.name.clone())) {
            return;
        }
        let hosts: Vec<String> = hosts.into_iter().collect();
        let text = ["The site's page takes styles from ", &hosts.join(", "), ". They are not loaded."].concat();
        let offer = Some(("Load them", Offer::LoadStyles));
        if let Some(editor) = self.editor.upgrade() {
            let message = Message { key: "styles", severity: Severity::Note, text: text.into(), offer };
            editor.dispatch.dispatch(Action::Tell(message));
        }
    }

    /// The text of a style sheet of the site.
    fn style_sheet(&self, rendered: &RenderedSite, address: &str) -> Option<Rc<str>> {
        let path = rendered.rendering.path_of(address, &rendered.address())?;
        if let Some(known) = rendered.styles.borrow().get(&path) {
            return Some(Rc::clone(known));
        }
        let css: Rc<str> = match served(&rendered.built, &path)? {
            BuiltFile::Item(item) if self.sass.is_none() && rendered.is_sass(*item) => return None,
            BuiltFile::Item(item) => rendered.rendering.output(*item),
            BuiltFile::Copy(file) => String::from_utf8_lossy(&self.open.files.read(&file.path)?).into(),
        };
        let addresses = Addresses { files: &self.files, rendered, page: ["/", &path].concat() };
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
        let page = self.rendered.borrow().page.clone();
        let media = self.this.clone();
        preview.set_media(Some(Rc::new(move |address| media.upgrade()?.media(address))));
        let has_blocks = page.is_some_and(|page| preview.show_page(&page));
        self.load_files();
        self.ask_for_styles();
        has_blocks && self.edited.is_none()
    }

    fn open_linked(&self, address: &str) {
        let path = self.linked_file(address);
        if let (Some(page), Some(path)) = (self.page.upgrade(), path) {
            page.open_site_file(path.into());
        }
    }

    fn allow_styles(&self) {
        STYLES_ALLOWED.with_borrow_mut(|allowed| allowed.insert(self.open.name.clone()));
        self.rendered.borrow_mut().forget_page();
        if let Some(editor) = self.editor.upgrade() {
            editor.show_anew();
        }
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
        rendered.rendering.set_body(rendered.item, body);
        let stands = rendered.shell.as_ref().is_some_and(|shell| rendered.rendering.stands(rendered.item, shell));
        if !stands || rendered.page.is_none() {
            let shell = rendered.rendering.shell(rendered.item);
            let page = self.frame_page(&rendered, &shell.html);
            rendered.take_page(page);
            rendered.shell = Some(shell);
        }
    }

    /// The text of another file of the site, which the page may be made with, is this now.
    fn take_other(&self, path: &str, text: &str) {
        if self.open.text(path).is_none_or(|known| known.replace("\r\n", "\n") != text) {
            self.read_soon();
        }
        let mut rendered = self.rendered.borrow_mut();
        if rendered.page.is_none() {
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
            BuiltFile::Copy(file) => self.open.text(&file.path).map(|_| file.path.clone()),
        }
    }

    /// The address of a picture in the text.
    fn media(&self, address: &str) -> Option<String> {
        let rendered = self.rendered.borrow();
        let shown = Addresses { files: &self.files, rendered: &rendered, page: rendered.address() }.media(address);
        drop(rendered);
        self.load_files();
        shown
    }
}

impl RenderedSite {
    fn of(open: &Rc<OpenSite>, path: &str, highlighting: &Highlighting, sass: Option<SassConverter>) -> Option<Self> {
        let source: Rc<dyn SiteSource> = open.files.clone();
        let options = RenderingOptions {
            source,
            theme: None,
            highlighting: highlighting.clone(),
            environment: "production".to_owned(),
            clock: now_seconds(),
            sass,
        };
        let rendering = site::render(open.site(), options);
        let item = rendering.item_of(path)?;
        Some(Self {
            built: rendering.built_files(),
            front_matter: rendering.before_body(item),
            rendering,
            item,
            shell: None,
            page: None,
            styles: RefCell::default(),
        })
    }

    /// Whether a style sheet of the site is written in Sass.
    fn has_sass(&self) -> bool {
        self.rendering.items().into_iter().any(|item| self.is_sass(item))
    }

    fn is_sass(&self, item: SiteItem) -> bool {
        let path = self.rendering.source_path(item);
        path.is_some_and(|path| path.ends_with(".scss") || path.ends_with(".sass"))
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
    rendered: &'a RenderedSite,
    /// The address of the page or of the style sheet.
    page: String,
}

impl Addresses<'_> {
    /// The address of a file of the folder in the browser; where there is none yet, it is asked for.
    fn file(&self, address: &str) -> Option<String> {
        let path = self.rendered.rendering.path_of(address, &self.page)?;
        let BuiltFile::Copy(file) = served(&self.rendered.built, &path)? else { return None };
        if let Some(known) = self.files.known.borrow().get(&file.path) {
            return known.clone();
        }
        self.files.wanted.borrow_mut().push(file.path.clone());
        None
    }
}

impl PageAddresses for Addresses<'_> {
    fn media(&self, address: &str) -> Option<String> {
        let is_elsewhere = ["http:", "https:", "blob:", "data:image/"].iter().any(|scheme| address.starts_with(scheme));
        match self.file(address) {
            Some(found) => Some(found),
            None if address.starts_with("//") => Some(["https:", address].concat()),
            None if is_elsewhere && !address.starts_with("data:image/svg") => Some(address.to_owned()),
            None => None,
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
            self.file(address)
        })
    }
}

thread_local! {
    /// The path of the file whose page was shown last.
    static LAST: RefCell<Option<String>> = const { RefCell::new(None) };
    /// What compiles Sass, once it has been loaded.
    static SASS: Cell<Option<SassConverter>> = const { Cell::new(None) };
}

crate::split_point! { sass:
    /// Loads what compiles Sass.
    fn sass_converter() -> Result<SassConverter, NotLoaded> {
        Ok(convert_sass)
    }
}

/// Compiles Sass; where the compiler stops working on it, that is an error like any other.
fn convert_sass(rendering: &SiteRendering, text: &str, indented: bool) -> Result<String, SassError> {
    let stopped =
        || SassError { path: None, line: 0, message: "What compiles Sass has stopped working on this.".into() };
    let (rendering, text) = (rendering.shared().ok_or_else(stopped)?, text.to_owned());
    guarded(move || sass::convert(&rendering, &text, indented)).unwrap_or_else(|Stopped| Err(stopped()))
}

/// Loads what compiles Sass, and shows the page again with its styles.
fn load_sass(page: &Rc<PageController>, path: &str) {
    let (page, path) = (Rc::clone(page), path.to_owned());
    spawn_local(async move {
        match sass_converter().await {
            Ok(converter) => {
                SASS.set(Some(converter));
                follow(&page, Some(&path));
            }
            Err(NotLoaded) => page.editor.tell(
                "tools",
                Severity::Warning,
                "What compiles the styles of the site could not be loaded. Is the network gone? The page is shown without them.",
            ),
        }
    });
}

/// Shows the page of the file of the open site that stands in the editor; where it has none, as a layout, the page that
/// was shown last. Without an open site or a page, the post alone.
pub fn follow(page: &Rc<PageController>, path: Option<&str>) {
    let editor = &page.editor;
    let sass = SASS.get();
    // GitHub shows a file alone, without the site.
    let path = path.filter(|_| editor.dialects() != Dialects::GitHub);
    let around = page.open_site.get().zip(path).and_then(|(open, path)| {
        if let Some(own) = SitePage::of(&open, page, path, None, sass) {
            LAST.set(Some(path.to_owned()));
            return Some(own);
        }
        let last = LAST.with_borrow(Clone::clone)?;
        SitePage::of(&open, page, &last, Some(path), sass)
    });
    let is_site = around.is_some();
    if let (Some(around), Some(path)) = (&around, path)
        && sass.is_none()
        && around.rendered.borrow().has_sass()
    {
        load_sass(page, path);
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
    let wanted = frame.get_attribute(if is_site { "data-site" } else { "data-post" });
    match wanted.filter(|wanted| frame.get_attribute("src").as_ref() != Some(wanted)) {
        // Its document is filled when it has come.
        Some(wanted) => frame.set_src(&wanted),
        None => editor.show_anew(),
    }
}
