//! Renders one item of a site: Liquid over its text, the converter, layout after layout (renderer.rb). In: an item. Out:
//! its content, its excerpt, the whole page. Neighbours: `rendering.rs` keeps what comes out, `environment.rs` is what
//! the templates reach.

use std::rc::Rc;
use std::sync::LazyLock;

use serde_yaml::{Mapping, Value as Yaml};

use super::environment::PageEnvironment;
use super::plugins;
use super::rendering::{SassError, SiteItem, SiteRendering, Stage, Viewer};
use crate::liquid::{self, Context, Rendered, Template};
use crate::post::defaults;
use crate::post::excerpt;
use crate::post::front_matter::is_true;
use crate::post::yaml::display;
use crate::render;
use crate::text::{Diagnostic, Severity, Span};

/// How much more than one body a page of a site may cost.
const SCALE: usize = 20;

/// Liquid stopped, or a converter did.
pub(super) const CONVERTER: &str = "site-converter";
const LAYOUT_MISSING: &str = "site-layout-missing";

impl SiteRendering {
    /// The whole page, as Jekyll writes it. Chips stand where something is not known.
    pub fn output(&self, item: SiteItem) -> Rc<str> {
        let Some(state) = self.state(item) else { return "".into() };
        if let Some(known) = state.output.get() {
            return known;
        }
        if state.busy.get() {
            return "".into();
        }
        let output = self.render(item);
        state.output.set(Some(Rc::clone(&output)));
        output
    }

    /// The content of an item as the template that runs sees it; `None` where there is none.
    pub(super) fn content(&self, item: SiteItem) -> Option<Rc<str>> {
        let state = self.state(item)?;
        let viewer = self.viewer.get();
        let is_rendered = state.order < viewer.order || state.order == viewer.order && viewer.stage == Stage::Layout;
        self.note_read(item);
        if !is_rendered {
            return self.source_text(item).map(Into::into);
        }
        if let Some(known) = state.content.get() {
            return Some(known);
        }
        #[cfg(not(target_arch = "wasm32"))]
        if let Some(known) = self.shared.get().and_then(|shared| shared.get(item)) {
            let content: Rc<str> = Rc::from(&*known);
            state.content.set(Some(Rc::clone(&content)));
            return Some(content);
        }
        let converted = if state.busy.get() { None } else { self.for_another(|| self.convert_item(item)) };
        let Some(content) = converted else { return self.source_text(item).map(Into::into) };
        state.content.set(Some(Rc::clone(&content)));
        #[cfg(not(target_arch = "wasm32"))]
        if let Some(shared) = self.shared.get() {
            shared.set(item, &content);
        }
        Some(content)
    }

    /// The output of an item as the template that runs sees it.
    pub(super) fn output_seen(&self, item: SiteItem) -> Option<Rc<str>> {
        let state = self.state(item)?;
        self.note_read(item);
        if state.order >= self.viewer.get().order {
            return None;
        }
        self.for_another(|| self.output(item))
    }

    /// The excerpt that Jekyll takes from an item, rendered; `None` where it takes none.
    pub(super) fn excerpt(&self, item: SiteItem) -> Option<Rc<str>> {
        let state = self.state(item)?;
        self.note_read(item.excerpt());
        if let Some(known) = state.excerpt.get() {
            return Some(known);
        }
        let of = match item {
            SiteItem::Document(document) | SiteItem::Excerpt(document) => {
                self.site.documents.get(document)?.excerpt.as_ref()?;
                SiteItem::Excerpt(document)
            }
            SiteItem::Page(page) | SiteItem::PageExcerpt(page) => {
                self.pages.get(page)?.page.excerpt.as_ref()?;
                SiteItem::PageExcerpt(page)
            }
        };
        let Some(excerpt) = self.for_another(|| self.convert_item(of)) else {
            return self.source_text(of).map(Into::into);
        };
        state.excerpt.set(Some(Rc::clone(&excerpt)));
        Some(excerpt)
    }

    /// The text of an item as it is written, without its front matter.
    pub(super) fn source_text(&self, item: SiteItem) -> Option<String> {
        if let Some(new) = self.state(item)?.new_text.get() {
            return Some(match item {
                SiteItem::Document(_) | SiteItem::Page(_) => new.to_string(),
                SiteItem::Excerpt(_) | SiteItem::PageExcerpt(_) => {
                    excerpt::extract(&new, &self.excerpt_separator(item))
                        .map_or(String::new(), |found| found.markdown(&new))
                }
            });
        }
        match item {
            SiteItem::Document(_) | SiteItem::Page(_) => Some(self.source(item)?.body().to_owned()),
            SiteItem::Excerpt(document) => {
                let document = self.site.documents.get(document)?;
                Some(document.excerpt.as_ref()?.markdown(document.source.as_ref()?.body()))
            }
            SiteItem::PageExcerpt(page) => {
                let page = &self.pages.get(page)?.page;
                Some(page.excerpt.as_ref()?.markdown(page.source.body()))
            }
        }
    }

    /// What ends the excerpt of an item.
    fn excerpt_separator(&self, item: SiteItem) -> String {
        let own = self.data(item, "excerpt_separator").filter(|own| is_true(own)).map(display);
        own.unwrap_or_else(|| self.site.settings.excerpt_separator.clone())
    }

    /// The path and the extension of an item.
    pub(super) fn path(&self, item: SiteItem) -> (&str, &str) {
        match item {
            SiteItem::Document(document) | SiteItem::Excerpt(document) => self
                .site
                .documents
                .get(document)
                .map_or(("", ""), |document| (&document.relative_path, &document.extension)),
            SiteItem::Page(page) | SiteItem::PageExcerpt(page) => {
                self.pages.get(page).map_or(("", ""), |entry| (&entry.page.relative_path, &entry.page.extension))
            }
        }
    }

    /// A key of the data of an item: its front matter's, or that of the site's defaults.
    pub(super) fn data(&self, item: SiteItem, key: &str) -> Option<&Yaml> {
        self.note_field(item, key);
        match item {
            SiteItem::Document(document) | SiteItem::Excerpt(document) => self.site.documents.get(document)?.get(key),
            SiteItem::Page(page) | SiteItem::PageExcerpt(page) => self.pages.get(page)?.page.get(key),
        }
    }

    /// Where the text that Liquid runs over begins in its file, in bytes.
    fn body_start(&self, item: SiteItem) -> usize {
        self.source(item).map_or(0, |source| source.body.start)
    }

    /// Whether Liquid runs over the text of an item (`render_with_liquid?`).
    fn runs_liquid(&self, item: SiteItem) -> bool {
        let is_switched_off = self.site.settings.version.can_go_without_liquid()
            && self.data(item, "render_with_liquid") == Some(&Yaml::Bool(false));
        !is_switched_off && self.path(item).1 != ".coffee" && !self.is_yaml_file(item)
    }

    /// Whether an item is a document of YAML alone (`yaml_file?`).
    fn is_yaml_file(&self, item: SiteItem) -> bool {
        matches!(item, SiteItem::Document(_)) && matches!(self.path(item).1, ".yaml" | ".yml")
    }

    /// What the text of an item reaches: no layout is around it yet.
    fn environment_of_text(&self, item: SiteItem) -> PageEnvironment<'_> {
        static NO_LAYOUT: LazyLock<Mapping> = LazyLock::new(Mapping::new);
        let layout = self.layout_of(item).map_or(&*NO_LAYOUT, |layout| &layout.data);
        PageEnvironment::new(self, item, None, layout)
    }

    /// Liquid over a text that stands in the place of an item's, without front matter: as the item's own text sees its
    /// site. The spans are in bytes of that text.
    pub fn run_liquid<'t>(&self, item: SiteItem, text: &'t str) -> Rendered<'t> {
        let Some(state) = self.state(item).filter(|_| self.runs_liquid(item)) else { return Rendered::unchanged(text) };
        let run = || liquid::render(text, &self.context(self.environment_of_text(item)));
        self.while_rendering(item, state, Stage::Body, run)
    }

    /// Liquid and the converter over the text of an item.
    fn convert_item(&self, item: SiteItem) -> Rc<str> {
        let Some(state) = self.state(item) else { return "".into() };
        let content = self.while_rendering(item, state, Stage::Body, || {
            if let SiteItem::Page(page) = item
                && let Some(write) = self.pages.get(page).and_then(|entry| entry.written_by)
            {
                return write(self, page);
            }
            let written = self.source_text(item).unwrap_or_default();
            let text = if self.runs_liquid(item) && (written.contains("{{") || written.contains("{%")) {
                let path: Rc<str> = self.path(item).0.into();
                let template = Template::parse(&path, written.into(), &self.site.settings);
                let rendered = template.render(&self.context(self.environment_of_text(item)));
                self.keep_problems(&path, self.body_start(item), &rendered);
                rendered.text.into_owned()
            } else {
                written
            };
            self.convert(item, text)
        });
        content.into()
    }

    /// What a template can reach, and the rest that it needs to run.
    pub(super) fn context<'r>(&'r self, environment: PageEnvironment<'r>) -> Context<'r> {
        Context {
            highlighting: self.options.highlighting.clone(),
            markdown: Some(render::convert),
            scale: SCALE,
            ..Context::of(Rc::new(environment), &self.site.settings, self.options.clock)
        }
    }

    /// The converters that match an extension (converters/*.rb, jekyll-sass-converter).
    fn convert(&self, item: SiteItem, text: String) -> String {
        let extension = self.path(item).1;
        let bare = extension.strip_prefix('.').unwrap_or("");
        if matches!(bare.to_ascii_lowercase().as_str(), "scss" | "sass") {
            let Some(sass) = self.options.sass else { return text };
            return match sass(self, &text, bare.eq_ignore_ascii_case("sass")) {
                Ok(css) => [&*css, &plugins::source_map_line(self, item, &text)].concat(),
                Err(error) => {
                    self.keep_sass_error(item, &error);
                    String::new()
                }
            };
        }
        if self.site.settings.is_markdown_extension(bare) && !bare.is_empty() {
            return render::convert(&text, &self.site.settings, &self.options.highlighting);
        }
        text
    }

    /// Says where Sass stops: at the line of the file that was imported, or of the stylesheet as it is written.
    fn keep_sass_error(&self, item: SiteItem, error: &SassError) {
        let (path, _) = self.path(item);
        let diagnostic = |at, message| Diagnostic::new(CONVERTER, Severity::Error, Span::at(at), message);
        match &error.path {
            Some(imported) => {
                let bytes = self.read_file(imported, false);
                let bytes = bytes.or_else(|| self.read_file(imported, true));
                let text = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
                let message = [&error.message, " `", path, "` imports this file."].concat();
                self.add_problem(&imported.as_str().into(), diagnostic(line_start(&text, error.line), message));
            }
            None => {
                let start = line_start(&self.source_text(item).unwrap_or_default(), error.line);
                self.add_problem(&path.into(), diagnostic(self.body_start(item) + start, error.message.clone()));
            }
        }
    }

    fn keep_problems(&self, path: &Rc<str>, start: usize, rendered: &Rendered<'_>) {
        for diagnostic in &rendered.diagnostics {
            self.add_problem(path, diagnostic.clone().shifted(start));
        }
        for (path, diagnostic) in &rendered.included {
            self.add_problem(path, diagnostic.clone());
        }
    }

    fn layout_of(&self, item: SiteItem) -> Option<&super::model::LayoutFile> {
        let name = self.data(item, "layout").map(display)?;
        self.note_layout(&name);
        self.site.layouts.get(&name).map(|layout| &**layout)
    }

    /// Renders an item as a whole.
    fn render(&self, item: SiteItem) -> Rc<str> {
        let Some(state) = self.state(item) else { return "".into() };
        let viewer = Viewer { order: state.order, stage: Stage::Layout };
        let content = self.as_viewer(viewer, || self.content(item)).unwrap_or_else(|| "".into());
        // A page around whose content this is rendered uses its own content alone.
        let content_use = self.content_use.get();
        let output = self.while_rendering(item, state, Stage::Layout, || {
            let output = self.in_layouts(item, content);
            plugins::output(self, item, output)
        });
        self.content_use.set(content_use);
        output
    }

    /// renderer.rb, `place_in_layouts`.
    pub(super) fn in_layouts(&self, item: SiteItem, content: Rc<str>) -> Rc<str> {
        let (path, extension) = self.path(item);
        let is_asset = matches!(extension, ".sass" | ".scss" | ".coffee");
        let named = self.data(item, "layout").filter(|layout| !layout.is_null());
        if is_asset || self.is_yaml_file(item) || named == Some(&"none".into()) {
            return content;
        }
        let mut name = named.map(display);
        let mut used: Vec<String> = Vec::new();
        let mut data = Mapping::new();
        let mut output = content;
        while let Some(layout_name) = name.take() {
            self.note_layout(&layout_name);
            let Some(layout) = self.site.layouts.get(&layout_name) else {
                if used.is_empty() {
                    let message = ["The site has no layout `", &layout_name, "`: the page is published without one."];
                    let diagnostic = Diagnostic::new(LAYOUT_MISSING, Severity::Warning, Span::at(0), message.concat());
                    self.add_problem(&path.into(), diagnostic);
                }
                break;
            };
            if used.contains(&layout_name) {
                break;
            }
            let mut own = layout.data.clone();
            defaults::merge(&mut own, &data);
            data = own;
            let layout_path = &layout.file.path;
            let template = self.template(layout_path, || Some(layout.source.body().into()));
            let Some(template) = template else { break };
            self.content_use.set(self.content_use.get().max(self.use_of_content(&template)));
            let environment = PageEnvironment::new(self, item, Some(output), &data);
            let rendered = template.render(&self.context(environment));
            self.keep_problems(&layout_path.as_str().into(), layout.source.body.start, &rendered);
            output = rendered.text.into();
            name = layout.data.get("layout").filter(|layout| !layout.is_null()).map(display);
            used.push(layout_name);
        }
        output
    }
}

/// Where a line begins, in bytes; the last one, where there are not so many.
fn line_start(text: &str, line: usize) -> usize {
    let ends = text.match_indices('\n').map(|(at, _)| at + 1);
    ends.take(line).last().unwrap_or(0)
}
