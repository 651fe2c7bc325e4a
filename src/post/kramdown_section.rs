//! How a site's Markdown is read: the keys `markdown`, `highlighter` and `kramdown` of a `_config.yml`. In: the
//! settings as they are written. Out: kramdown's options, what stops Jekyll at the first Markdown file, and what the
//! preview does not show as Jekyll does. Neighbours: `kramdown_options.rs` knows the options, `site.rs` asks,
//! `site_checks.rs` makes diagnostics. `options.md` has the table of all options. Rules: Jekyll's
//! `converters/markdown.rb` and `converters/markdown/kramdown_parser.rb`.

use serde_yaml::{Mapping, Value};

use super::front_matter::is_true;
use super::kramdown_options::KramdownOptions;
use super::yaml::display;

/// A message about a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingNote {
    /// The key of the settings: `kramdown`.
    pub key: &'static str,
    /// The name in the section of that key; empty for the key itself.
    pub name: String,
    /// The message: one or more sentences.
    pub message: String,
    /// Whether the settings of GitHub Pages come before this one, so that it does not count there.
    pub replaced_on_github_pages: bool,
}

/// How a site's Markdown is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkdownSettings {
    /// kramdown's options.
    pub kramdown: KramdownOptions,
    /// The names and values of the section `kramdown`, as text.
    pub given: Vec<(String, String)>,
    /// `input: html`: what stands in Markdown files is read as HTML.
    pub reads_html: bool,
    /// `highlighter`; empty for Jekyll's own, which is Rouge.
    pub highlighter: String,
    /// Why Jekyll stops at the first Markdown file.
    pub stops: Vec<SettingNote>,
    /// What Jekyll does with these settings, and this program does not.
    pub unsupported: Vec<SettingNote>,
}

impl MarkdownSettings {
    /// Whether the tag `highlight` highlights code: with Rouge, also where Pygments is wanted.
    pub fn highlights_tag(&self) -> bool {
        matches!(self.highlighter.as_str(), "" | "rouge" | "pygments")
    }

    /// Adds why Jekyll stops at a setting.
    fn stop(&mut self, key: &'static str, name: &str, message: &[&str]) {
        let replaced = key == "markdown" || matches!(name, "math_engine" | "syntax_highlighter" | "enable_coderay");
        let note = SettingNote {
            key,
            name: name.to_owned(),
            message: ["Jekyll stops at the first Markdown file: ", &message.concat()].concat(),
            replaced_on_github_pages: replaced,
        };
        self.stops.push(note);
    }

    fn unlike(&mut self, key: &'static str, name: &str, message: &[&str]) {
        let message = message.concat();
        self.unsupported.push(SettingNote { key, name: name.to_owned(), message, replaced_on_github_pages: false });
    }
}

/// Options that Jekyll gives a value of its own. Null keeps that value.
const WITH_DEFAULT: [&str; 9] = [
    "auto_ids",
    "toc_levels",
    "entity_output",
    "smart_quotes",
    "input",
    "hard_wrap",
    "guess_lang",
    "footnote_nr",
    "show_warnings",
];

/// Reads the keys of the settings.
pub(super) fn read(config: &Mapping) -> MarkdownSettings {
    let mut found = MarkdownSettings::default();
    engine(config, &mut found);
    let main = config.get("highlighter").filter(|value| !value.is_null());
    found.highlighter = main.map(display).unwrap_or_default();
    let main = main.filter(|value| is_true(value)).map_or_else(|| "rouge".to_owned(), display);
    let bare = Mapping::new();
    let (section, is_bare) = match config.get("kramdown") {
        None | Some(Value::Null) => (&bare, false),
        // Jekyll takes `false` for a section without its own values.
        Some(Value::Bool(false)) => (&bare, true),
        Some(Value::Mapping(section)) => (section, false),
        Some(_) => {
            found.stop("kramdown", "", &["this must be a section, options of kramdown on lines of their own."]);
            return found;
        }
    };
    let get = |name: &str| section.get(name).filter(|value| !value.is_null() || !WITH_DEFAULT.contains(&name));
    let given = |name: &str| get(name).filter(|value| is_true(value));
    input(if is_bare { Some(&Value::Bool(false)) } else { get("input") }, &mut found);
    let gfm = found.kramdown.gfm;
    found.kramdown.auto_id_stripping = gfm;

    let (place, highlighter) = match (given("syntax_highlighter"), given("enable_coderay")) {
        (Some(name), _) => (("kramdown", "syntax_highlighter"), display(name)),
        (None, Some(_)) => (("kramdown", "enable_coderay"), "coderay".to_owned()),
        (None, None) => (("highlighter", ""), main),
    };
    match highlighter.as_str() {
        "coderay" => found.stop(place.0, place.1, &[&gem("kramdown-syntax-coderay")]),
        "minted" => found.unlike(place.0, place.1, &["minted writes code for LaTeX, which is not shown here."]),
        _ => {}
    }
    set(&mut found, "syntax_highlighter", &Value::String(highlighter));
    let guess_lang = match get("guess_lang") {
        Some(value) => value.clone(),
        None => Value::Bool(!is_bare),
    };
    match highlighter_opts(section, guess_lang) {
        Ok(opts) => {
            let parts = [Some(&opts), section_of(&opts, "block"), section_of(&opts, "span")];
            for name in ["formatter", "line_format"] {
                if parts.iter().flatten().any(|part| part.get(name).is_some()) {
                    found.unlike("kramdown", name, &["What `", name, "` does is not shown here."]);
                }
            }
            set(&mut found, "syntax_highlighter_opts", &Value::Mapping(opts));
        }
        Err(name) => found.stop("kramdown", name, &["`", name, "` must be a section of `name: value`."]),
    }
    if let Some(engine) = given("math_engine").map(display).filter(|engine| engine != "mathjax") {
        found.stop("kramdown", "math_engine", &[&gem(&["kramdown-math-", &engine].concat())]);
    }
    for (name, value) in section {
        let Value::String(name) = name else {
            found.stop("kramdown", &display(name), &["the names of options must be text."]);
            continue;
        };
        found.given.push((name.clone(), display(value)));
        let elsewhere = matches!(name.as_str(), "input" | "syntax_highlighter" | "syntax_highlighter_opts");
        let left_out = value.is_null() && WITH_DEFAULT.contains(&name.as_str());
        // Without GFM its options are not known.
        let unknown = !gfm && matches!(name.as_str(), "hard_wrap" | "gfm_quirks");
        if name == "template" && !display(value).is_empty() {
            let message = "kramdown puts the text into this template of Ruby, and Jekyll stops if there is no file of that name where it runs. Here the text is shown without it.";
            found.unlike("kramdown", name, &[message]);
        }
        if !elsewhere && !left_out && !unknown {
            set(&mut found, name, value);
        }
    }
    if found.kramdown.transliterated_header_ids && found.kramdown.auto_ids && !gfm {
        found.stop("kramdown", "transliterated_header_ids", &[&gem("stringex")]);
    }
    if gfm {
        found.kramdown.auto_id_stripping = true;
    } else {
        (found.kramdown.hard_wrap, found.kramdown.paragraph_end) = (false, false);
    }
    found
}

fn set(found: &mut MarkdownSettings, name: &str, value: &Value) {
    if let Err(wanted) = found.kramdown.set(name, value) {
        found.stop("kramdown", name, &["`", name, "` ", wanted, "."]);
    }
}

fn section_of<'m>(mapping: &'m Mapping, name: &str) -> Option<&'m Mapping> {
    mapping.get(name).and_then(Value::as_mapping)
}

fn gem(name: &str) -> String {
    ["it needs the gem `", name, "`. This may be right if the site's Gemfile names that; Jekyll does not bring it."]
        .concat()
}

/// `markdown`: kramdown, or a class that only a plugin can have.
fn engine(config: &Mapping, found: &mut MarkdownSettings) {
    let name = match config.get("markdown") {
        None | Some(Value::Null) => return,
        Some(Value::String(name)) if name.eq_ignore_ascii_case("kramdown") => return,
        Some(Value::String(name)) => name,
        Some(_) => return found.stop("markdown", "", &["`markdown` must be a name."]),
    };
    let is_class = name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_class {
        let message = [
            "Only a plugin can read Markdown as `",
            name,
            "`. Here it is read as kramdown reads it; without such a plugin Jekyll stops.",
        ];
        found.unlike("markdown", "", &message);
    } else {
        found.stop("markdown", "", &["it knows no Markdown processor `", name, "`. Jekyll 4 has kramdown only."]);
    }
}

/// `input`: the name of a parser, whose first letter may be small.
fn input(value: Option<&Value>, found: &mut MarkdownSettings) {
    let name = match value {
        None => return,
        Some(Value::Bool(false)) => "kramdown".to_owned(),
        Some(Value::String(name)) => name.clone(),
        Some(_) => return found.stop("kramdown", "input", &["`input` must be a name."]),
    };
    let first = name.get(..1).unwrap_or("").to_ascii_uppercase();
    match [&first, name.get(1..).unwrap_or("")].concat().as_str() {
        "GFM" => {}
        "Kramdown" => found.kramdown.gfm = false,
        "Html" => {
            found.reads_html = true;
            let message = "kramdown's input is HTML: Markdown is not read. kramdown writes some elements anew (`<b>` as `<strong>`); here they stay as they are written.";
            found.unlike("kramdown", "input", &[message]);
        }
        "SmartyPants" => (found.kramdown.gfm, found.kramdown.smarty_pants) = (false, true),
        "Markdown" => {
            found.kramdown.gfm = false;
            let message = [
                "kramdown's input is `",
                &name,
                "`: it has no tables, definition lists, footnotes, abbreviations, formulas, attribute lists, blocks of \
                code between `~~~`, and no typographic quotes and dashes. Here the text is read with all of these.",
            ];
            found.unlike("kramdown", "input", &message);
        }
        _ => found.stop("kramdown", "input", &["kramdown has no input `", &name, "`. `GFM` is in capital letters."]),
    }
}

/// The options of the highlighter with what Jekyll adds; an error is the key whose value is not a section.
fn highlighter_opts(section: &Mapping, guess_lang: Value) -> Result<Mapping, &'static str> {
    let part = |name: &'static str| match section.get(name) {
        None | Some(Value::Null | Value::Bool(false)) => Ok(Mapping::new()),
        Some(Value::Mapping(opts)) => Ok(opts.clone()),
        Some(Value::Sequence(items)) if items.is_empty() && name == "coderay" => Ok(Mapping::new()),
        Some(Value::String(text)) if text.is_empty() && name == "coderay" => Ok(Mapping::new()),
        Some(_) => Err(name),
    };
    let mut opts = part("syntax_highlighter_opts")?;
    if !opts.get("default_lang").is_some_and(is_true) {
        opts.insert("default_lang".into(), "plaintext".into());
    }
    opts.insert("guess_lang".into(), guess_lang);
    let coderay = part("coderay")?;
    if !coderay.is_empty() {
        // Of Jekyll's own values for CodeRay, Rouge takes the line numbers.
        opts.insert("line_numbers".into(), "inline".into());
        opts.insert("wrap".into(), "div".into());
        opts.extend(coderay);
        let without_prefix = |(name, value): (Value, Value)| {
            let name = display(&name);
            (name.strip_prefix("coderay_").unwrap_or(&name).into(), value)
        };
        opts = opts.into_iter().map(without_prefix).collect();
    }
    Ok(opts)
}
