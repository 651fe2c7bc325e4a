//! What the templates of a page reach: the page, its site, its layout, includes, addresses, plugins. In: names. Out:
//! values, templates, texts. Neighbours: `page_renderer.rs` makes one for each template that it runs; `drops/` and
//! `plugins/` answer. The variables are those of drops/unified_payload_drop.rb.

use std::cell::OnceCell;
use std::rc::Rc;

use serde_yaml::Mapping;

use super::page_view::PageView;
use super::rendering::{SiteItem, SiteRendering};
use super::{drops, links, plugins};
use crate::liquid::{Environment, IncludeFrom, Included, TagOutput, TagRun, Value, VariableUse};

/// What the templates of one page reach.
pub(super) struct PageEnvironment<'r> {
    view: PageView<'r>,
    /// `content`: what stands in the layout that runs.
    content: Option<Rc<str>>,
    layout: &'r Mapping,
    layout_value: OnceCell<Value>,
}

impl<'r> PageEnvironment<'r> {
    pub(super) fn new(
        rendering: &'r SiteRendering,
        item: SiteItem,
        content: Option<Rc<str>>,
        layout: &'r Mapping,
    ) -> Self {
        Self { view: PageView::new(rendering, item), content, layout, layout_value: OnceCell::new() }
    }
}

impl Environment for PageEnvironment<'_> {
    fn global(&self, name: &str) -> Option<Value> {
        Some(match name {
            "page" => self.view.page(),
            "site" => self.view.site(),
            "layout" => self.layout_value.get_or_init(|| drops::of_mapping(self.layout)).clone(),
            "content" => self.content.clone().map_or(Value::Nil, Value::Str),
            "paginator" => self.view.paginator(),
            "jekyll" => drops::jekyll(self.view.rendering),
            "theme" => drops::theme(self.view.rendering)?,
            "highlighter_prefix" | "highlighter_suffix" if self.is_markdown() => "\n".into(),
            "highlighter_prefix" | "highlighter_suffix" => Value::Nil,
            // What Ruby's `Enumerable` adds.
            "count" => Value::Int(9),
            "min" => "content".into(),
            "max" => "theme".into(),
            _ => return None,
        })
    }

    fn is_markdown(&self) -> bool {
        let rendering = self.view.rendering;
        let extension = rendering.path(self.view.item).1.strip_prefix('.');
        extension.is_some_and(|extension| rendering.site.settings.is_markdown_extension(extension))
    }

    fn marks_lines(&self) -> bool {
        self.view.rendering.marks_lines()
    }

    fn takes_chips_for_text(&self) -> bool {
        true
    }

    fn include(&self, from: IncludeFrom, path: &str) -> Included {
        let folder = match from {
            IncludeFrom::Includes => self.view.rendering.includes_folder(),
            IncludeFrom::Page => links::folder_of(self.view.rendering, self.view.item),
        };
        let full = if folder.is_empty() { path.to_owned() } else { [&*folder, "/", path].concat() };
        // The file is read also where its template is known: what a page reads is recorded.
        let bytes = match from {
            IncludeFrom::Includes => self.view.rendering.include_file(path),
            IncludeFrom::Page => self.view.rendering.read_file(&full, false),
        };
        let text = || bytes.map(|bytes| String::from_utf8_lossy(&bytes).into());
        match self.view.rendering.template(&full, text) {
            Some(template) => {
                // What a file does with the content that includes it is not followed.
                let is_in_layout = self.content.is_some();
                if is_in_layout && self.view.rendering.use_of_content(&template) != VariableUse::Unused {
                    self.view.rendering.content_use.set(VariableUse::Read);
                }
                Included::Template(template)
            }
            None => Included::Stops(["There is no file `", &full, "` to include."].concat()),
        }
    }

    fn cached(&self, key: &str) -> Option<Rc<str>> {
        self.view.rendering.cached_include(key)
    }

    fn cache(&self, key: &str, text: &str) {
        self.view.rendering.cache_include(key, text);
    }

    fn link(&self, path: &str) -> Result<String, String> {
        links::link(self.view.rendering, path)
    }

    fn post_url(&self, name: &str) -> Result<String, String> {
        links::post_url(self.view.rendering, name)
    }

    fn tag(&self, name: &str, markup: &str, run: &mut dyn TagRun) -> Option<TagOutput> {
        plugins::tag(&self.view, name, markup, run)
    }

    fn filter(&self, name: &str, input: &Value, arguments: &[Value]) -> Option<Result<Value, String>> {
        plugins::filter(&self.view, name, input, arguments)
    }
}
