//! Sections of a text: which one the caret is in, and one moved with its body. In: the headings of a post and a place. Out:
//! a number, an edit. Neighbours: `markdown/outline.rs` gives the headings; `app/writing/outline_pane.rs` draws them.

use crate::text::{Edit, Span};

/// A heading in the whole text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// 1 to 6.
    pub level: u8,
    /// Its text without markup.
    pub title: String,
    /// Where its heading begins, in bytes of the whole text.
    pub start: usize,
}

impl Section {
    /// Whether its lines are lines of the text and nothing else: a heading in a quote or in a list is a part of that, and
    /// is not moved.
    fn is_whole(&self, text: &str) -> bool {
        text.get(..self.start).is_some_and(|before| before.is_empty() || before.ends_with('\n'))
    }
}

/// The section that byte `caret` is in: the last one whose heading begins at or before it.
pub fn section_at(sections: &[Section], caret: usize) -> Option<usize> {
    sections.iter().rposition(|section| section.start <= caret)
}

/// The bytes of a section: from its heading to the next heading that is not below it, or to the end. `None` where it
/// cannot be moved.
pub fn section_span(text: &str, sections: &[Section], index: usize) -> Option<Span> {
    let section = sections.get(index).filter(|section| section.is_whole(text))?;
    let mut after = sections.iter().skip(index + 1);
    let next = after.find(|next| next.level <= section.level && next.is_whole(text));
    let end = next.map_or(text.len(), |next| next.start);
    (section.start <= end).then(|| Span::new(section.start, end))
}

/// The edit that puts a section with its body before the section `before`, or at the end of the text. `None` where it
/// would stand as it stands, or within itself. The caret is at the heading afterwards.
pub fn move_section(text: &str, sections: &[Section], index: usize, before: Option<usize>) -> Option<Edit> {
    let moved = section_span(text, sections, index)?;
    let to = match before {
        Some(before) => section_span(text, sections, before)?.start,
        None => text.len(),
    };
    if (moved.start..=moved.end).contains(&to) {
        return None;
    }
    let mut body = moved.of(text).to_owned();
    // What stood at the end of the text may lack the empty line that parts it from what comes next, and so may what it
    // is put after.
    let (span, new, at) = if to < moved.start {
        end_with_empty_line(&mut body);
        let mut rest = text.get(to..moved.start)?.to_owned();
        if moved.end == text.len() {
            end_with_line(&mut rest);
        }
        (Span::new(to, moved.end), [body.as_str(), &rest].concat(), to)
    } else {
        let mut rest = text.get(moved.end..to)?.to_owned();
        end_with_empty_line(&mut rest);
        if to == text.len() {
            end_with_line(&mut body);
        }
        let at = moved.start + rest.len();
        (Span::new(moved.start, to), [rest.as_str(), &body].concat(), at)
    };
    Some(Edit { span, text: new, selection: Span::at(at) })
}

/// The section that stands before or after this one at its level, below the same heading.
pub fn neighbour(text: &str, sections: &[Section], index: usize, down: bool) -> Option<usize> {
    let level = sections.get(index).filter(|section| section.is_whole(text))?.level;
    let ends = |other: &usize| sections.get(*other).is_some_and(|other| other.level <= level && other.is_whole(text));
    let found = if down { (index + 1..sections.len()).find(ends) } else { (0..index).rev().find(ends) }?;
    (sections.get(found)?.level == level).then_some(found)
}

/// The edit that exchanges a section with its neighbour; `None` where it has none.
pub fn exchange(text: &str, sections: &[Section], index: usize, down: bool) -> Option<Edit> {
    let other = neighbour(text, sections, index, down)?;
    if !down {
        return move_section(text, sections, index, Some(other));
    }
    let end = section_span(text, sections, other)?.end;
    let after = sections.iter().position(|section| section.start == end);
    move_section(text, sections, index, after)
}

fn end_with_line(text: &mut String) {
    text.truncate(text.trim_end_matches('\n').len());
    text.push('\n');
}

fn end_with_empty_line(text: &mut String) {
    end_with_line(text);
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "intro\n\n# A\n\na\n\n## A1\n\na1\n\n# B\n\nb\n\n# C\nc";

    fn sections(text: &str) -> Vec<Section> {
        let mut at = 0;
        let mut sections = Vec::new();
        for line in text.split_inclusive('\n') {
            let level = line.bytes().take_while(|b| *b == b'#').count();
            if level > 0 {
                sections.push(Section { level: level as u8, title: line[level..].trim().into(), start: at });
            }
            at += line.len();
        }
        sections
    }

    fn titles(text: &str) -> Vec<String> {
        sections(text).into_iter().map(|section| section.title).collect()
    }

    #[test]
    fn the_caret_is_in_the_last_section_that_began() {
        let sections = sections(TEXT);
        assert_eq!(section_at(&sections, 2), None);
        assert_eq!(section_at(&sections, sections[1].start), Some(1));
        assert_eq!(section_at(&sections, TEXT.len()), Some(3));
    }

    #[test]
    fn a_section_takes_those_below_it_along() {
        let all = sections(TEXT);
        assert_eq!(section_span(TEXT, &all, 0).unwrap().of(TEXT), "# A\n\na\n\n## A1\n\na1\n\n");
        let down = exchange(TEXT, &all, 0, true).unwrap();
        assert_eq!(down.apply(TEXT), "intro\n\n# B\n\nb\n\n# A\n\na\n\n## A1\n\na1\n\n# C\nc");
        assert_eq!(&down.apply(TEXT)[down.selection.start..][..3], "# A");
        let up = exchange(TEXT, &all, 3, false).unwrap();
        assert_eq!(up.apply(TEXT), "intro\n\n# A\n\na\n\n## A1\n\na1\n\n# C\nc\n\n# B\n\nb\n");
    }

    #[test]
    fn at_the_end_the_last_lines_are_parted() {
        let all = sections(TEXT);
        let end = move_section(TEXT, &all, 0, None).unwrap();
        assert_eq!(end.apply(TEXT), "intro\n\n# B\n\nb\n\n# C\nc\n\n# A\n\na\n\n## A1\n\na1\n");
        assert_eq!(move_section(TEXT, &all, 3, None), None);
        assert_eq!(move_section(TEXT, &all, 0, Some(1)), None);
        assert_eq!(move_section(TEXT, &all, 0, Some(2)), None);
    }

    #[test]
    fn a_section_stays_below_its_heading() {
        let all = sections(TEXT);
        assert_eq!((neighbour(TEXT, &all, 1, true), neighbour(TEXT, &all, 1, false)), (None, None));
        assert_eq!((neighbour(TEXT, &all, 0, true), neighbour(TEXT, &all, 2, false)), (Some(2), Some(0)));
        assert_eq!(neighbour(TEXT, &all, 9, true), None);
    }

    #[test]
    fn what_is_moved_and_moved_back_has_the_same_sections() {
        let moved = exchange(TEXT, &sections(TEXT), 0, true).unwrap().apply(TEXT);
        assert_eq!(titles(&moved), ["B", "A", "A1", "C"]);
        let back = exchange(&moved, &sections(&moved), 1, false).unwrap().apply(&moved);
        assert_eq!(back, TEXT);
    }
    #[test]
    fn what_stands_in_a_quote_or_a_list_stays_there() {
        let text = "# A\n\n> # B\n\n# C\n";
        let sections: Vec<Section> = [("A", 0), ("B", 7), ("C", 12)]
            .map(|(title, start)| Section { level: 1, title: title.into(), start })
            .into();
        assert_eq!(section_span(text, &sections, 1), None);
        assert_eq!(exchange(text, &sections, 1, true), None);
        let down = exchange(text, &sections, 0, true).unwrap();
        assert_eq!(down.apply(text), "# C\n\n# A\n\n> # B\n");
    }
}
