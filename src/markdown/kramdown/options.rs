//! The options of kramdown: those of the `kramdown:` section of `_config.yml`, and those of `{::options /}`.
//! In: names and values as text. Out: `KramdownOptions`. Neighbours: `extension_tag.rs` sets them from the text,
//! `markdown/mod.rs` from the site; the parser and the HTML writer read them.
//! Rules: <https://kramdown.gettalong.org/options.html>; the defaults are those of Jekyll's `configuration.rb`.

use crate::markdown::kramdown::char_reference;

/// The options of kramdown, with Jekyll's defaults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KramdownOptions {
    /// Whether headers get ids made from their text.
    pub auto_ids: bool,
    /// The start of those ids.
    pub auto_id_prefix: String,
    /// Whether every line break in a paragraph is a line break in the page.
    pub hard_wrap: bool,
    /// The characters for `'` opening and closing, `"` opening and closing.
    pub smart_quotes: [char; 4],
    /// Whether headers of level 1 to 6 are listed in the table of contents.
    pub toc_levels: [bool; 6],
    /// The number of the first footnote.
    pub footnote_nr: u32,
    /// The text of the link from a footnote back to its reference; empty for no link. Its entities are decoded.
    pub footnote_backlink: String,
    /// Whether Markdown is parsed inside block elements of HTML.
    pub parse_block_html: bool,
    /// Whether Markdown is parsed inside span elements of HTML.
    pub parse_span_html: bool,
    /// Added to the level of each header.
    pub header_offset: i32,
    /// Whether ids of headers are made of ASCII only. The ids of GFM headers do not follow it.
    pub transliterated_header_ids: bool,
    /// Whether formulas are written for MathJax. Otherwise they stay between dollars.
    pub math_engine: bool,
}

impl Default for KramdownOptions {
    fn default() -> Self {
        Self {
            auto_ids: true,
            auto_id_prefix: String::new(),
            hard_wrap: false,
            smart_quotes: ['‘', '’', '“', '”'],
            toc_levels: [true; 6],
            footnote_nr: 1,
            footnote_backlink: "\u{21a9}".to_owned(),
            parse_block_html: false,
            parse_span_html: true,
            header_offset: 0,
            transliterated_header_ids: false,
            math_engine: true,
        }
    }
}

impl KramdownOptions {
    /// Sets the option `name`. Returns `false` if there is no such option or the value is not of its type.
    pub fn set(&mut self, name: &str, value: &str) -> bool {
        let value = value.trim();
        let target = match name {
            "auto_ids" => &mut self.auto_ids,
            "hard_wrap" => &mut self.hard_wrap,
            "parse_block_html" => &mut self.parse_block_html,
            "parse_span_html" => &mut self.parse_span_html,
            "transliterated_header_ids" => &mut self.transliterated_header_ids,
            "auto_id_prefix" => {
                value.clone_into(&mut self.auto_id_prefix);
                return true;
            }
            "footnote_backlink" => {
                self.footnote_backlink = char_reference::decode_references(value).into_owned();
                return true;
            }
            "footnote_nr" => return value.parse().map(|number| self.footnote_nr = number).is_ok(),
            "header_offset" => return value.parse().map(|number| self.header_offset = number).is_ok(),
            "math_engine" => {
                self.math_engine = value == "mathjax";
                return true;
            }
            "toc_levels" => return self.set_toc_levels(value),
            "smart_quotes" => return self.set_smart_quotes(value),
            _ => return false,
        };
        *target = match value {
            "true" => true,
            "false" => false,
            _ => return false,
        };
        true
    }

    /// Sets `toc_levels` from `1..3` or `1,2,3`.
    fn set_toc_levels(&mut self, value: &str) -> bool {
        let bounds = value
            .split_once("..")
            .and_then(|(first, last)| Some((first.trim().parse::<usize>().ok()?, last.trim().parse::<usize>().ok()?)));
        let mut levels = [false; 6];
        if let Some((first, last)) = bounds {
            for (index, level) in levels.iter_mut().enumerate() {
                *level = first <= index + 1 && index < last;
            }
        } else {
            for part in value.split(',') {
                let Some(level) =
                    part.trim().parse::<usize>().ok().and_then(|level| levels.get_mut(level.wrapping_sub(1)))
                else {
                    return false;
                };
                *level = true;
            }
        }
        self.toc_levels = levels;
        true
    }

    /// Sets `smart_quotes` from four names of entities or code points, with commas between them.
    fn set_smart_quotes(&mut self, value: &str) -> bool {
        let mut quotes = ['\0'; 4];
        let mut parts = value.split(',').map(str::trim);
        for quote in &mut quotes {
            let Some(part) = parts.next() else { return false };
            let found = match part.parse::<u32>() {
                Ok(number) => char::from_u32(number),
                Err(_) => char_reference::named(part),
            };
            let Some(found) = found else { return false };
            *quote = found;
        }
        self.smart_quotes = quotes;
        parts.next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_the_configuration_writes_them() {
        let mut options = KramdownOptions::default();
        assert!(options.set("toc_levels", "2..3"));
        assert_eq!(options.toc_levels, [false, true, true, false, false, false]);
        assert!(options.set("toc_levels", "1, 6"));
        assert_eq!(options.toc_levels, [true, false, false, false, false, true]);
        assert!(options.set("smart_quotes", "apos,apos,quot,quot"));
        assert_eq!(options.smart_quotes, ['\'', '\'', '"', '"']);
        assert!(options.set("header_offset", "-1"));
        assert_eq!(options.header_offset, -1);
        assert!(!options.set("hard_wrap", "perhaps"));
        assert!(!options.set("no_such_option", "true"));
    }
}
