//! Renders a post, again after each change. In: a `Request`. Out: a `RenderedPost`. Neighbours: `mod.rs` has the
//! request, `body.rs` renders the body, `engines.rs` has what may not be there yet.

use std::borrow::Cow;
use std::rc::Rc;

use super::{BodyRenderer, CheckOptions, Engines, RenderOptions, Request, names};
use crate::checks::Review;
use crate::code::Highlighting;
use crate::liquid::{self, chip};
use crate::markdown::block::{Block, Patch};
use crate::markdown::outline::Heading;
use crate::markdown::{self, Dialect};
use crate::post::FRONT_MATTER_MISSING;
use crate::post::file_name::FileName;
use crate::post::site::{BodyFormat, SiteSettings};
use crate::post::{Post, PostReader};
use crate::text::{Diagnostic, Severity, SourceMap, Span, order};

/// Everything that is known of one text.
#[derive(Debug)]
pub struct RenderedPost<'r> {
    /// The post as it was read from its text.
    pub post: &'r Post,
    /// The post on its site: with the site's defaults under the front matter.
    pub site_post: &'r Post,
    /// What a list of posts calls it: never empty.
    pub title: String,
    /// The name that a file of it would get, as Jekyll's posts are named.
    pub suggested_name: &'r str,
    /// The language of the post, or of its site.
    pub language: Option<&'r str>,
    /// Where the body begins, in bytes of the text.
    pub body_start: usize,
    /// The body after Liquid. The spans of the blocks and of the outline are in its bytes.
    pub body: Cow<'r, str>,
    /// Maps `body` to the body as it is written, in bytes of either.
    pub map: Rc<SourceMap>,
    /// The blocks of the page.
    pub blocks: &'r [Block],
    /// How they came from those of the text before.
    pub patch: Patch,
    /// The headings.
    pub outline: &'r [Heading],
    /// All diagnostics, in bytes of the text and in its order; those of the checks only if they were asked for.
    pub diagnostics: Vec<Diagnostic>,
    /// Whether there is Liquid in the body, and nothing to run it.
    pub wants_liquid: bool,
    /// What gave code its runs. It tells what is missing.
    pub highlighting: &'r Highlighting,
    is_markdown: bool,
    options: &'r markdown::Options,
}

impl RenderedPost<'_> {
    /// The body as Jekyll's converter writes it, **not** sanitized: never put it into a page. What one post cannot know
    /// of its site stands there as it is written, as text.
    pub fn converted(&self) -> String {
        // Jekyll converts Markdown only; other files are their own HTML.
        if self.is_markdown {
            chip::plain_html(&markdown::render_html_with(&self.body, self.options, self.highlighting))
        } else {
            chip::plain(&self.body)
        }
    }
}

/// A post being written, and how it is rendered. See the file's head.
#[derive(Debug, Default)]
pub struct Renderer {
    reader: PostReader,
    /// The last post on its site, where the site changes anything about it.
    site_post: Option<Post>,
    suggested_name: String,
    body: BodyRenderer,
    settings: Rc<SiteSettings>,
    engines: Engines,
    highlighting: Highlighting,
}

impl Renderer {
    /// A renderer that has seen no text.
    pub fn new(options: &RenderOptions, engines: Engines) -> Self {
        Self {
            reader: if options.body_only { PostReader::of_bodies() } else { PostReader::default() },
            body: BodyRenderer::new(options, engines),
            settings: Rc::clone(&options.settings),
            engines,
            highlighting: options.highlighting.clone(),
            ..Self::default()
        }
    }

    /// Reads and renders the text as it is now.
    pub fn render<'r>(&'r mut self, request: &Request<'r>) -> RenderedPost<'r> {
        let Request { file_name, text, now, checks } = *request;
        let today = self.settings.zone.now(now);
        let mut title = String::new();
        let suggested = &mut self.suggested_name;
        let settings = &*self.settings;
        let files = &settings.files;
        let post = self.reader.read_named(text, |post| {
            title = names::title(post, text);
            *suggested = names::suggested_name(&title, post, &today, settings);
            FileName::read(file_name.map_or(&**suggested, |name| files.below_source(name)))
        });
        self.site_post = match post.on_site(&self.settings) {
            Cow::Owned(post) => Some(post),
            Cow::Borrowed(_) => None,
        };
        let site_post = self.site_post.as_ref().unwrap_or(post);

        let written = post.body_span.of(text);
        let is_template = self.body.dialect() == Dialect::Jekyll
            && site_post.front_matter.render_with_liquid
            && liquid::is_in(written);
        let engines = self.engines;
        let rendered = match engines.liquid {
            Some(run) if is_template => run(text, site_post, settings, now, &self.highlighting),
            _ => liquid::Rendered::unchanged(written),
        };
        let stops = rendered.stop().map(|stop| {
            let at = post.body_span.start + stop.span.start;
            let line = text.get(..at).unwrap_or("").matches('\n').count() + 1;
            ["Line ", &line.to_string(), ": ", &stop.message].concat()
        });
        if let Some(site_post) = &mut self.site_post {
            site_post.stops.clone_from(&stops);
        }
        post.stops = stops;
        let post = &*post;
        let site_post = self.site_post.as_ref().unwrap_or(post);

        let format = settings.format_of(&post.file_name);
        let patch = self.body.update_as(&rendered.text, format);

        let body_start = post.body_span.start;
        let mut diagnostics = post.diagnostics.clone();
        if post.file_name.is_passed_over() {
            diagnostics.retain(|diagnostic| diagnostic.code != FRONT_MATTER_MISSING);
        }
        diagnostics.extend(no_markdown(text, post, format, settings));
        diagnostics.extend(rendered.diagnostics.into_iter().map(|diagnostic| diagnostic.shifted(body_start)));
        diagnostics.extend(self.body.diagnostics().iter().cloned().map(|mut diagnostic| {
            diagnostic.span = rendered.map.span_to_source(diagnostic.span);
            diagnostic.shifted(body_start)
        }));
        if let Some(checks) = checks {
            let review = review([post, site_post], text, settings, self.body.options(), &checks);
            diagnostics.extend(engines.checks.map(|run| run(&review)).unwrap_or_default());
        }
        order::sort_by_key(&mut diagnostics, |diagnostic| diagnostic.span.order());

        RenderedPost {
            post,
            site_post,
            title,
            suggested_name: &self.suggested_name,
            language: site_post.front_matter.lang.as_deref().or(settings.lang.as_deref()),
            body_start,
            body: rendered.text,
            map: Rc::new(rendered.map),
            blocks: self.body.blocks(),
            patch,
            outline: self.body.outline(),
            diagnostics,
            wants_liquid: is_template && engines.liquid.is_none(),
            highlighting: &self.highlighting,
            is_markdown: format == BodyFormat::Markdown,
            options: self.body.options(),
        }
    }

    /// The diagnostics of the checks for `text`, which was rendered last; `None` if the checks are not loaded.
    pub fn check(&self, text: &str, checks: &CheckOptions<'_>) -> Option<Vec<Diagnostic>> {
        let review = review([self.post()?, self.site_post()?], text, &self.settings, self.body.options(), checks);
        self.engines.checks.map(|run| run(&review))
    }

    /// The post as it was read last.
    pub fn post(&self) -> Option<&Post> {
        self.reader.post()
    }

    /// The same on its site: with the site's defaults under the front matter.
    pub fn site_post(&self) -> Option<&Post> {
        self.site_post.as_ref().or_else(|| self.post())
    }

    /// The blocks of the last text.
    pub fn blocks(&self) -> &[Block] {
        self.body.blocks()
    }

    /// The headings of the last text; their spans are in bytes of the body after Liquid.
    pub fn outline(&self) -> &[Heading] {
        self.body.outline()
    }

    /// The site's settings.
    pub fn settings(&self) -> &Rc<SiteSettings> {
        &self.settings
    }

    /// Whether rendering calls functions that were loaded later.
    pub fn has_engines(&self) -> bool {
        self.engines.liquid.is_some() || self.body.dialect() == Dialect::GitHub || self.highlighting.is_loaded()
    }

    /// Adds functions that were loaded; the dialect stays the same.
    pub fn set_engines(&mut self, engines: Engines) {
        self.engines = engines;
    }
}

/// That a text whose file is called a Markdown file is none on its site.
fn no_markdown(text: &str, post: &Post, format: BodyFormat, settings: &SiteSettings) -> Option<Diagnostic> {
    let extension = post.file_name.extension.strip_prefix('.')?;
    if format != BodyFormat::Text || !SiteSettings::default().is_markdown_extension(extension) {
        return None;
    }
    let message = [
        "The site's settings name `",
        &settings.markdown_ext,
        "` in `markdown_ext`, and not `",
        extension,
        "`: Jekyll publishes this text as it is, without Markdown.",
    ];
    let first_line = Span::new(0, text.lines().next().map_or(0, str::len));
    Some(Diagnostic::new("post-no-markdown", Severity::Warning, first_line, message.concat()))
}

fn review<'t>(
    [post, site_post]: [&'t Post; 2],
    text: &'t str,
    settings: &'t SiteSettings,
    options: &'t markdown::Options,
    checks: &CheckOptions<'t>,
) -> Review<'t> {
    Review { post, site_post, text, settings, options, known_tags: checks.known_tags, off: checks.off }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::token::to_html;
    use crate::post::site;

    const NOW: i64 = 1_700_000_000;

    fn request(text: &str) -> Request<'_> {
        Request { file_name: None, text, now: NOW, checks: None }
    }

    fn html(rendered: &RenderedPost<'_>) -> String {
        rendered.blocks.iter().map(|block| to_html(&block.tokens)).collect()
    }

    fn renderer(dialect: Dialect, engines: Engines) -> Renderer {
        Renderer::new(&RenderOptions { dialect, ..RenderOptions::default() }, engines)
    }

    #[test]
    fn a_new_post_is_named_by_its_date_and_title_as_jekyll_names_posts() {
        let mut renderer = Renderer::default();
        let text = "---\ntitle: L'été à Nîmes\ndate: 2014-12-08\n---\nBonjour";
        let rendered = renderer.render(&request(text));
        assert_eq!((rendered.suggested_name, &*rendered.title), ("2014-12-08-l-été-à-nîmes.md", "L'été à Nîmes"));
        assert_eq!(rendered.post.file_name.slug, "l-été-à-nîmes");
        let rendered = renderer.render(&request("# A thought\n"));
        assert_eq!((rendered.suggested_name, &*rendered.title), ("2023-11-14-a-thought.md", "A thought"));
        assert_eq!(rendered.post.file_name.slug, "a-thought");
        let named = Request { file_name: Some("_posts/2020-01-01-b.md"), ..request("# A thought\n") };
        let rendered = renderer.render(&named);
        assert_eq!((rendered.suggested_name, &*rendered.post.file_name.slug), ("2023-11-14-a-thought.md", "b"));
    }

    #[test]
    fn a_mistake_in_the_front_matter_keeps_what_was_read_before_and_renders_the_body() {
        let mut renderer = Renderer::default();
        renderer.render(&request("---\ntitle: Good\n---\nOne"));
        let bad = renderer.render(&request("---\ntitle: \"Good\n---\nOne two"));
        assert!(bad.diagnostics.iter().any(|diagnostic| diagnostic.code == "yaml-syntax"));
        assert_eq!((bad.post.title(), html(&bad)), ("Good".to_owned(), "<p>One two</p>".to_owned()));
    }

    #[test]
    fn places_are_those_of_the_text() {
        let text = "---\ntitle: A\nlayout: post\n---\n{{ page.title }} {% nope %} ![](a.png)\n";
        let checks = Some(CheckOptions::default());
        let mut renderer = renderer(Dialect::Jekyll, Engines::all());
        let rendered = renderer.render(&Request { checks, ..request(text) });
        let diagnostics: Vec<_> =
            rendered.diagnostics.iter().map(|diagnostic| (&*diagnostic.code, diagnostic.span.of(text))).collect();
        assert_eq!(diagnostics, [("liquid-unknown-tag", "{% nope %}"), ("image-no-alt", "![](a.png)")]);
        let asked =
            renderer.check(text, &CheckOptions { off: &["image-no-alt".to_owned()], ..CheckOptions::default() });
        assert_eq!(asked, Some(Vec::new()));
    }

    #[test]
    fn the_site_has_a_say() {
        let config = "lang: fr\ndefaults:\n- values: {title: Given, render_with_liquid: false}\n";
        let settings = Rc::new(site::read(config).settings);
        let mut renderer = Renderer::new(&RenderOptions::of_site(&settings), Engines::all());
        let rendered = renderer.render(&request("---\nlayout: post\n---\n{{ page.title }}\n"));
        assert_eq!(html(&rendered), "<p>{{ page.title }}</p>");
        assert_eq!((rendered.site_post.title(), rendered.language), ("Given".to_owned(), Some("fr")));
        assert_eq!(renderer.site_post().map(Post::title), Some("Given".to_owned()));
    }

    #[test]
    fn what_stops_liquid_stops_the_build_until_it_is_mended() {
        use crate::post::publishing::Verdict;
        let good = "---\ntitle: A\ndate: 2014-12-08\n---\nOne.\n\n{% if page.title %}x{% endif %}\n";
        let bad = good.replace("{% endif %}", "");
        for config in ["", "defaults:\n- values: {layout: post}\n"] {
            let settings = Rc::new(site::read(config).settings);
            let mut renderer = Renderer::new(&RenderOptions::of_site(&settings), Engines::all());
            for (text, verdict) in [(good, Verdict::Published), (&bad, Verdict::BuildStops), (good, Verdict::Published)]
            {
                let rendered = renderer.render(&request(text));
                assert_eq!(rendered.post.publishing(&settings, NOW).verdict, verdict, "{config}");
                let on_site = rendered.site_post.publishing(&settings, NOW);
                assert_eq!(on_site.verdict, verdict, "{config}");
                assert_eq!(on_site.reason.starts_with("Line 7: `if` has no"), verdict == Verdict::BuildStops);
            }
        }
    }

    #[test]
    fn what_jekyll_does_not_convert_stays_as_it_is() {
        let body = "<b>*x*</b> {{ page.slug }}\n\n    y\n";
        let shown = |config: &str, name: &str| {
            let settings = Rc::new(site::read(config).settings);
            let text = ["---\ntitle: A\n---\n", body].concat();
            let mut renderer = Renderer::new(&RenderOptions::of_site(&settings), Engines::all());
            let rendered = renderer.render(&Request {
                file_name: Some(name),
                checks: Some(CheckOptions::default()),
                ..request(&text)
            });
            let told = rendered.diagnostics.iter().any(|diagnostic| diagnostic.code == "post-no-markdown");
            (html(&rendered), rendered.converted(), told)
        };
        let html = "<b>*x*</b> a\n\n    y\n";
        let text = "<pre>&lt;b&gt;*x*&lt;/b&gt; a\n\n    y\n</pre>";
        assert!(shown("", "2014-12-08-a").0.starts_with("<p><b><em>x</em></b>"));
        assert_eq!(shown("", "2014-12-08-a.html"), (html.to_owned(), html.to_owned(), false));
        assert_eq!(shown("markdown_ext: markdown", "2014-12-08-a.md"), (text.to_owned(), html.to_owned(), true));
        assert_eq!(shown("", "2014-12-08-a.txt"), (text.to_owned(), html.to_owned(), false));
        let as_html = shown("kramdown: {input: html}", "2014-12-08-a.md");
        assert_eq!(as_html, (html.to_owned(), html.to_owned(), false));
        assert!(shown("markdown_ext: txt", "2014-12-08-a.txt").0.starts_with("<p><b><em>x</em></b> a</p>"));
        let settings = Rc::new(site::read("markdown_ext: markdown").settings);
        let mut renderer = Renderer::new(&RenderOptions::of_site(&settings), Engines::all());
        assert_eq!(renderer.render(&request("# A\n")).suggested_name, "2023-11-14-a.markdown");
    }

    #[test]
    fn a_name_decides_again_and_again_what_the_body_is() {
        let mut renderer = renderer(Dialect::Jekyll, Engines::all());
        for (name, shown) in [("a.md", "<p>a <em>b</em></p>"), ("a.html", "a *b*"), ("a.txt", "<pre>a *b*</pre>")] {
            for name in [name, "c.md", name] {
                let rendered = renderer.render(&Request { file_name: Some(name), ..request("a *b*") });
                assert_eq!(html(&rendered).starts_with(shown), name != "c.md" || shown.starts_with("<p>"), "{name}");
            }
        }
    }

    #[test]
    fn what_is_not_there_is_done_without() {
        let text = "# {{ 1 | plus: 1 }}\n\n- [ ] a\n";
        let mut renderer = renderer(Dialect::GitHub, Engines::default());
        let rendered = renderer.render(&Request { checks: Some(CheckOptions::default()), ..request(text) });
        assert!(rendered.wants_liquid && html(&rendered).contains("{{ 1 | plus: 1 }}"));
        renderer.set_engines(Engines::all());
        let rendered = renderer.render(&request(text));
        assert!(!rendered.wants_liquid && html(&rendered).contains(">2</h1>"), "{}", html(&rendered));
    }
}
