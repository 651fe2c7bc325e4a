//! The options of kramdown, of its parser for GFM, and of Rouge. In: names and values, from a site's section `kramdown`
//! or from `{::options /}` in a text. Out: `KramdownOptions`, or why Jekyll stops. Neighbours: `site.rs` reads the
//! section, `kramdown_section.rs` adds what Jekyll does to it; the parser and the writer of HTML use the options.
//! `options.md` has the table of all options.
//! Rules: kramdown 2.4.0, `options.rb` (`parse` and the validators); the defaults are those of Jekyll's
//! `configuration.rb`.

use std::borrow::Cow;

use serde_yaml::{Mapping, Value};

use super::front_matter::is_true;
use super::yaml::{self, display};
use crate::text::LoadedLater;

/// The options of kramdown that change a page, with Jekyll's defaults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KramdownOptions {
    /// `input`: whether what GFM adds to kramdown is read.
    pub gfm: bool,
    /// `input: SmartyPants`, and Jekyll's filter `smartify`: whether only quotes, dashes, dots, references to characters
    /// and HTML are read.
    pub smarty_pants: bool,
    /// Whether headers get ids made from their text.
    pub auto_ids: bool,
    /// The start of those ids.
    pub auto_id_prefix: String,
    /// Whether ids are made from the text that is shown. GFM always does that.
    pub auto_id_stripping: bool,
    /// Whether ids of headers are made of ASCII only. The ids of GFM headers do not follow it.
    pub transliterated_header_ids: bool,
    /// Whether every line break in a paragraph is a line break in the page (GFM only).
    pub hard_wrap: bool,
    /// `gfm_quirks` has `paragraph_end`: a block may follow a paragraph without a blank line (GFM only).
    pub paragraph_end: bool,
    /// `gfm_quirks` has `no_auto_typographic`: `--` and the like stay as they are written (GFM only).
    pub no_auto_typographic: bool,
    /// What stands for `'` opening and closing, `"` opening and closing: names of entities or code points.
    pub smart_quotes: [Cow<'static, str>; 4],
    /// What stands for a typographic symbol instead of its character: names of symbols, and text.
    pub typographic_symbols: Vec<(String, String)>,
    /// Whether headers of level 1 to 6 are listed in the table of contents.
    pub toc_levels: [bool; 6],
    /// Added to the level of each header.
    pub header_offset: i32,
    /// The number of the first footnote.
    pub footnote_nr: i32,
    /// The start of the ids of footnotes.
    pub footnote_prefix: String,
    /// The text of the link from a footnote back to its reference, with references to characters in it; empty for no
    /// link.
    pub footnote_backlink: Cow<'static, str>,
    /// Whether that link stands in the last paragraph of the footnote, however deep that is.
    pub footnote_backlink_inline: bool,
    /// Links that are defined for every text: ids, and addresses with titles.
    pub link_defs: Vec<(String, String, Option<String>)>,
    /// Whether Markdown is parsed inside block elements of HTML.
    pub parse_block_html: bool,
    /// Whether Markdown is parsed inside span elements of HTML.
    pub parse_span_html: bool,
    /// Whether elements of HTML that Markdown has, too, are written as if they were Markdown.
    pub html_to_native: bool,
    /// Whether a line break between Chinese, Japanese or Korean characters is removed.
    pub remove_line_breaks_for_cjk: bool,
    /// Whether formulas are written for MathJax. Otherwise they stay between dollars.
    pub math_engine: bool,
    /// Options that a text cannot set.
    pub forbidden_inline_options: Vec<String>,
    /// The name of the highlighter; empty for none. Only `rouge` is one that Jekyll brings along.
    pub syntax_highlighter: Cow<'static, str>,
    /// How code is highlighted; `None` for Jekyll's defaults.
    pub syntax_highlighter_opts: Option<Box<HighlighterOptions>>,
    /// What a text has set, so that blocks are written again when that changes; empty for nothing.
    pub set_inline: String,
}

/// The options of the highlighter, for blocks of code and for code in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HighlighterOptions {
    /// For blocks.
    pub block: CodeOptions,
    /// For code in a line.
    pub span: CodeOptions,
}

/// The options of Rouge as kramdown passes them on (`converter/syntax_highlighter/rouge.rb`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeOptions {
    /// Whether code is not highlighted.
    pub disable: bool,
    /// Whether code in plain text is highlighted, which means that it gets the wrappers and classes.
    pub guess_lang: bool,
    /// The language of code that names none.
    pub default_lang: String,
    /// Whether the wrappers around the code are written.
    pub wrap: bool,
    /// The class of the innermost wrapper.
    pub css_class: String,
    /// The table with line numbers, where there is one.
    pub line_numbers: Option<LineNumbers>,
}

/// The table with line numbers (Rouge's `formatters/html_table.rb`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineNumbers {
    /// The number of the first line.
    pub start_line: i64,
    /// The classes of the table, of the numbers' cell and of the code's cell.
    pub classes: [String; 3],
}

impl Default for KramdownOptions {
    fn default() -> Self {
        Self {
            gfm: true,
            smarty_pants: false,
            auto_ids: true,
            auto_id_prefix: String::new(),
            auto_id_stripping: true,
            transliterated_header_ids: false,
            hard_wrap: false,
            paragraph_end: true,
            no_auto_typographic: false,
            smart_quotes: ["lsquo", "rsquo", "ldquo", "rdquo"].map(Cow::Borrowed),
            typographic_symbols: Vec::new(),
            toc_levels: [true; 6],
            header_offset: 0,
            footnote_nr: 1,
            footnote_prefix: String::new(),
            footnote_backlink: Cow::Borrowed("\u{21a9}"),
            footnote_backlink_inline: false,
            link_defs: Vec::new(),
            parse_block_html: false,
            parse_span_html: true,
            html_to_native: false,
            remove_line_breaks_for_cjk: false,
            math_engine: true,
            forbidden_inline_options: Vec::new(),
            syntax_highlighter: Cow::Borrowed("rouge"),
            syntax_highlighter_opts: None,
            set_inline: String::new(),
        }
    }
}

/// What Jekyll expects in place of the value that it stops at: the end of a sentence, `a whole number`.
pub type Expected = &'static str;

impl KramdownOptions {
    /// Sets the option `name`. An option that is not known, or that changes no page, does nothing. An error leaves the
    /// options as they are.
    pub fn set(&mut self, name: &str, value: &Value) -> Result<(), Expected> {
        let text = || match value {
            Value::String(text) => Cow::Borrowed(text.as_str()),
            other => Cow::Owned(display(other)),
        };
        let switch = || match value {
            Value::Bool(on) => *on,
            _ => !text().trim().eq_ignore_ascii_case("false") && !text().is_empty(),
        };
        match name {
            "auto_ids" => self.auto_ids = switch(),
            "auto_id_prefix" => self.auto_id_prefix = text().into_owned(),
            "auto_id_stripping" => self.auto_id_stripping = switch(),
            "transliterated_header_ids" => self.transliterated_header_ids = switch(),
            "hard_wrap" => self.hard_wrap = switch(),
            "gfm_quirks" => {
                let quirks = list(value)?;
                let has = |quirk: &str| quirks.iter().any(|name| symbol(name) == quirk);
                (self.paragraph_end, self.no_auto_typographic) = (has("paragraph_end"), has("no_auto_typographic"));
            }
            "smart_quotes" => {
                self.smart_quotes = list(value)?
                    .try_into()
                    .map_err(|_| "must be four names of characters, with commas between them")?;
            }
            "typographic_symbols" => {
                let pair = |(name, value): (&Value, &Value)| (symbol(&display(name)).to_owned(), display(value));
                self.typographic_symbols = mapping(value)?.iter().map(pair).collect();
            }
            "toc_levels" => {
                self.toc_levels = toc_levels(value).ok_or("must be levels from 1 to 6: `1..3` or `1,2,3`")?
            }
            "header_offset" => self.header_offset = integer(&text())?,
            "footnote_nr" => self.footnote_nr = integer(&text())?,
            "line_width" | "list_indent" => drop(integer(&text())?),
            "footnote_prefix" => self.footnote_prefix = text().into_owned(),
            "footnote_backlink" => self.footnote_backlink = Cow::Owned(text().into_owned()),
            "footnote_backlink_inline" => self.footnote_backlink_inline = switch(),
            "link_defs" => self.link_defs = link_defs(&*mapping(value)?)?,
            "parse_block_html" => self.parse_block_html = switch(),
            "parse_span_html" => self.parse_span_html = switch(),
            "html_to_native" => self.html_to_native = switch(),
            "remove_line_breaks_for_cjk" => self.remove_line_breaks_for_cjk = switch(),
            "math_engine" => self.math_engine = symbol(&text()) == "mathjax",
            "math_engine_opts" => drop(mapping(value)?),
            "latex_headers" => drop(<[_; 6]>::try_from(list(value)?).map_err(|_| "must be six names")?),
            "forbidden_inline_options" => {
                let Value::Sequence(_) = value else { return Err(LIST) };
                self.forbidden_inline_options = list(value)?.iter().map(|name| symbol(name).to_owned()).collect();
            }
            "syntax_highlighter" => self.syntax_highlighter = Cow::Owned(symbol(&text()).to_owned()),
            "syntax_highlighter_opts" => {
                self.syntax_highlighter_opts = Some(Box::new(highlight_options(&*mapping(value)?)?));
            }
            _ => {}
        }
        Ok(())
    }

    /// Sets the option from a text. What kramdown cannot read there, it leaves out.
    pub fn set_inline(&mut self, name: &str, value: &str) {
        let forbidden = matches!(name, "template" | "forbidden_inline_options");
        // The parser is chosen before the text is read.
        let early = matches!(name, "hard_wrap" | "gfm_quirks" | "link_defs" | "input");
        if !forbidden && !early && !self.forbidden_inline_options.iter().any(|other| other == name) {
            // kramdown goes on with the value from before.
            if let Some(set) = SET.get(|| Self::set) {
                let _ = set(self, name, &Value::String(value.to_owned()));
                self.set_inline.extend([name, "=", value, "\n"]);
            }
        }
    }

    /// How blocks of code (`block`) or code in a line are highlighted; `None` for Jekyll's defaults.
    pub fn code(&self, block: bool) -> Option<&CodeOptions> {
        let all = self.syntax_highlighter_opts.as_deref()?;
        Some(if block { &all.block } else { &all.span })
    }
}

/// Sets an option. A text hardly ever does, so a program in parts loads the function later.
type SetOption = fn(&mut KramdownOptions, &str, &Value) -> Result<(), Expected>;

static SET: LoadedLater<SetOption> = LoadedLater::not_loaded();

/// From now on texts can set options.
pub fn know_all_options() {
    SET.set(KramdownOptions::set);
}

const LIST: Expected = "must be a list";
const MAPPING: Expected = "must be lines of `name: value`";

/// A symbol of Ruby, from text: without a colon at its start; empty for none.
fn symbol(text: &str) -> &str {
    let name = text.trim();
    let name = name.strip_prefix(':').unwrap_or(name);
    if name == "nil" { "" } else { name }
}

/// A whole number as Ruby's `Integer` reads it.
fn integer(text: &str) -> Result<i32, Expected> {
    let digits = text.trim();
    let (negative, digits) = match digits.strip_prefix(['+', '-']) {
        Some(rest) => (digits.starts_with('-'), rest),
        None => (false, digits),
    };
    let (radix, digits) = match digits.get(..2).unwrap_or("") {
        "0x" | "0X" => (16, digits.get(2..)),
        "0b" | "0B" => (2, digits.get(2..)),
        "0o" | "0O" => (8, digits.get(2..)),
        two if two.starts_with('0') => (8, digits.get(1..)),
        _ => (10, Some(digits)),
    };
    let digits = digits.unwrap_or("").replace('_', "");
    let number = i64::from_str_radix(&digits, radix).map_err(|_| "must be a whole number")?;
    Ok(number.min(i32::MAX.into()) as i32 * if negative { -1 } else { 1 })
}

/// kramdown's `simple_array_validator`: a list, or text with commas.
fn list(value: &Value) -> Result<Vec<Cow<'static, str>>, Expected> {
    match value {
        Value::Sequence(items) => Ok(items.iter().map(|item| display(item).into()).collect()),
        Value::String(text) => {
            let items = text.trim_end_matches(',').split(',').map(|item| item.to_owned().into());
            Ok(items.filter(|_| !text.is_empty()).collect())
        }
        _ => Err(LIST),
    }
}

/// kramdown's `simple_hash_validator`: a mapping, or text that is one in YAML.
fn mapping(value: &Value) -> Result<Cow<'_, Mapping>, Expected> {
    match value {
        Value::Mapping(mapping) => Ok(Cow::Borrowed(mapping)),
        Value::String(text) => match yaml::read(text, 0).value {
            Value::Mapping(mapping) => Ok(Cow::Owned(mapping)),
            _ => Err(MAPPING),
        },
        _ => Err(MAPPING),
    }
}

/// `toc_levels`: `1..3`, `1,2,3`, or a list.
fn toc_levels(value: &Value) -> Option<[bool; 6]> {
    let mut levels = [false; 6];
    let mut add = |level: usize| levels.get_mut(level.wrapping_sub(1)).map(|listed| *listed = true);
    let digit = |text: &str| text.parse::<usize>().ok().filter(|_| text.len() == 1);
    match value {
        Value::String(text) => match text.split_once("..") {
            Some((first, last)) => (digit(first)?..=digit(last)?).try_for_each(&mut add)?,
            None => text.split(',').try_for_each(|part| add(digit(part)?))?,
        },
        Value::Sequence(items) => items.iter().try_for_each(|item| add(display(item).parse().ok()?))?,
        _ => return None,
    }
    Some(levels)
}

fn link_defs(definitions: &Mapping) -> Result<Vec<(String, String, Option<String>)>, Expected> {
    let definition = |(id, value): (&Value, &Value)| match (id, value.as_sequence().map(Vec::as_slice)) {
        (Value::String(id), Some([url])) => Ok((id.clone(), display(url), None)),
        (Value::String(id), Some([url, title])) => {
            Ok((id.clone(), display(url), Some(title).filter(|title| !title.is_null()).map(display)))
        }
        _ => Err("must be lines of `name: [address, \"title\"]`"),
    };
    definitions.iter().map(definition).collect()
}

/// `syntax_highlighter_opts`: the options in `block` and `span` come before those outside of them.
fn highlight_options(all: &Mapping) -> Result<HighlighterOptions, Expected> {
    let part = |name: &str| match find(all, name) {
        Some(Value::Mapping(own)) => code_options(Some(own), all, name == "block"),
        None | Some(Value::Null | Value::Bool(false)) => code_options(None, all, name == "block"),
        _ => Err("must have lines of `name: value` under `block` and under `span`"),
    };
    Ok(HighlighterOptions { block: part("block")?, span: part("span")? })
}

/// The value of a name in a mapping, which may be written as a symbol of Ruby.
fn find<'m>(mapping: &'m Mapping, name: &str) -> Option<&'m Value> {
    mapping.iter().filter(|(key, _)| key.as_str().is_some_and(|key| symbol(key) == name)).map(|(_, value)| value).last()
}

fn code_options(own: Option<&Mapping>, all: &Mapping, block: bool) -> Result<CodeOptions, Expected> {
    let get = |name: &str| own.and_then(|own| find(own, name)).or_else(|| find(all, name));
    let is = |name: &str| get(name).is_some_and(is_true);
    let text = |name: &str, default: &str| get(name).map_or_else(|| default.to_owned(), display);
    let default_lang = match get("default_lang") {
        None | Some(Value::Null | Value::Bool(false)) => "",
        Some(Value::String(name)) => name,
        Some(_) => return Err("must have a name as its `default_lang`"),
    };
    let start_line = match get("start_line") {
        None => 1,
        Some(number) => number.as_i64().ok_or("must have a whole number, without quotes, as its `start_line`")?,
    };
    let classes = || {
        [("table_class", "rouge-table"), ("gutter_class", "rouge-gutter"), ("code_class", "rouge-code")]
            .map(|(name, default)| text(name, default))
    };
    Ok(CodeOptions {
        disable: is("disable"),
        guess_lang: is("guess_lang"),
        default_lang: default_lang.to_owned(),
        wrap: block && get("wrap").is_none_or(is_true),
        css_class: if is("css_class") { text("css_class", "") } else { "highlight".to_owned() },
        line_numbers: is("line_numbers").then(|| LineNumbers { start_line, classes: classes() }),
    })
}
