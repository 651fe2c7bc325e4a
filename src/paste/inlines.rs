//! White space as CSS collapses it, and formats that begin and end at words. In: the pieces of a line as they were read.
//! Out: the pieces to write. Neighbours: `reader.rs` ends each line with this.

use super::document::{InlineFormat, PRESERVED, PastedInline, STRONG, WRITTEN};

/// A piece of text of one format.
type FormattedText = (String, InlineFormat);

/// Collapses white space, drops breaks and spaces at the ends, takes spaces out of formats, joins equal neighbours.
pub(super) fn tidy(line: Vec<PastedInline>) -> Vec<PastedInline> {
    let mut out: Vec<PastedInline> = Vec::new();
    let mut run: Vec<FormattedText> = Vec::new();
    for inline in line {
        match inline {
            PastedInline::Text(text, format) => {
                let format = InlineFormat { formats: format.formats & WRITTEN, ..format };
                push_collapsed(&mut run, out.last(), &text, format);
            }
            PastedInline::Break => {
                end_run(&mut out, &mut run, true);
                if !out.is_empty() {
                    out.push(PastedInline::Break);
                }
            }
            other => {
                end_run(&mut out, &mut run, false);
                out.push(other);
            }
        }
    }
    end_run(&mut out, &mut run, true);
    while matches!(out.last(), Some(PastedInline::Break)) {
        out.pop();
        trim_last(&mut out);
    }
    out
}

/// Adds text to a run; a space after a space counts for nothing.
fn push_collapsed(run: &mut Vec<FormattedText>, before: Option<&PastedInline>, text: &str, format: InlineFormat) {
    let mut after_space = match run.last() {
        Some((last, _)) => last.ends_with([' ', '\u{A0}']),
        None => match before {
            None | Some(PastedInline::Break) => true,
            Some(PastedInline::Text(last, _)) => last.ends_with(' '),
            Some(_) => false,
        },
    };
    let mut kept = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            ' ' | '\t' | '\n' | '\r' | '\x0C' => {
                // A no-break space next to a space only kept the space from collapsing.
                if kept.ends_with('\u{A0}') {
                    kept.pop();
                    kept.push(' ');
                } else if kept.is_empty() && run.last().is_some_and(|(last, _)| last.ends_with('\u{A0}')) {
                    if let Some((last, _)) = run.last_mut() {
                        last.pop();
                        last.push(' ');
                    }
                } else if !after_space {
                    kept.push(' ');
                }
                after_space = true;
            }
            '\u{A0}' => {
                if !after_space {
                    kept.push(c);
                }
                after_space = true;
            }
            '\u{200B}' | '\u{FEFF}' | '\u{AD}' => {}
            c if c.is_control() => {}
            c => {
                kept.push(c);
                after_space = false;
            }
        }
    }
    if kept.is_empty() {
        return;
    }
    match run.last_mut() {
        Some((last, of_last)) if *of_last == format => last.push_str(&kept),
        _ => run.push((kept, format)),
    }
}

/// Writes a run of pieces: spaces between two formats have what both share.
fn end_run(out: &mut Vec<PastedInline>, run: &mut Vec<FormattedText>, ends_line: bool) {
    let is_space = |c: char| matches!(c, ' ' | '\u{A0}');
    let mut pieces: Vec<(String, Option<InlineFormat>)> = Vec::new();
    for (text, format) in run.drain(..) {
        let core = text.trim_matches(is_space);
        if core.is_empty() {
            pieces.push((text, None));
            continue;
        }
        let start = text.len() - text.trim_start_matches(is_space).len();
        let end = text.trim_end_matches(is_space).len();
        for (range, format) in [(0..start, None), (start..end, Some(format)), (end..text.len(), None)] {
            if let Some(piece) = text.get(range).filter(|piece| !piece.is_empty()) {
                pieces.push((piece.to_owned(), format));
            }
        }
    }
    let mut left = match out.last() {
        Some(PastedInline::Picture { format, .. }) => *format,
        _ => InlineFormat::default(),
    };
    let mut following = vec![InlineFormat::default(); pieces.len()];
    let mut right = InlineFormat::default();
    for (slot, (_, format)) in following.iter_mut().zip(&pieces).rev() {
        *slot = right;
        right = format.unwrap_or(right);
    }
    for ((text, format), right) in pieces.into_iter().zip(following) {
        let format = match format {
            Some(format) => {
                left = format;
                format
            }
            None => left.shared(right),
        };
        match out.last_mut() {
            Some(PastedInline::Text(last, of_last)) if *of_last == format => last.push_str(&text),
            _ => out.push(PastedInline::Text(text, format)),
        }
    }
    if ends_line {
        trim_last(out);
    }
}

/// Takes spaces from the end.
fn trim_last(out: &mut Vec<PastedInline>) {
    while let Some(PastedInline::Text(text, _)) = out.last_mut() {
        let length = text.trim_end_matches([' ', '\u{A0}']).len();
        text.truncate(length);
        if length > 0 {
            break;
        }
        out.pop();
    }
}

/// Cuts a line where it has two breaks or more: there the eye sees a paragraph.
pub(super) fn paragraphs(line: Vec<PastedInline>) -> Vec<Vec<PastedInline>> {
    let mut all = vec![Vec::new()];
    let mut breaks = 0;
    for inline in line {
        if inline == PastedInline::Break {
            breaks += 1;
            continue;
        }
        if breaks > 1 {
            all.push(Vec::new());
        } else if breaks == 1
            && let Some(last) = all.last_mut()
        {
            last.push(PastedInline::Break);
        }
        breaks = 0;
        if let Some(last) = all.last_mut() {
            last.push(inline);
        }
    }
    all.retain(|line| !line.is_empty());
    all
}

/// Removes bold where all of the line is bold, as in a heading.
pub(super) fn without_overall_bold(mut line: Vec<PastedInline>) -> Vec<PastedInline> {
    if is_all(&line, STRONG) {
        for inline in &mut line {
            if let PastedInline::Text(_, format) = inline {
                format.formats &= !STRONG;
            }
        }
    }
    line
}

/// Whether all text of the line has the format, and there is some.
pub(super) fn is_all(line: &[PastedInline], wanted: u16) -> bool {
    let mut texts = line.iter().filter_map(|inline| match inline {
        PastedInline::Text(text, format) if !text.trim().is_empty() => Some(format.has(wanted)),
        PastedInline::Picture { .. } => Some(false),
        _ => None,
    });
    texts.next() == Some(true) && texts.all(|has| has)
}

/// The line without formats, with its spaces as they are: for a line of code.
pub(super) fn as_code(line: &[PastedInline]) -> String {
    let mut code = String::new();
    for inline in line {
        match inline {
            PastedInline::Text(text, format) if format.has(PRESERVED) => code.push_str(text),
            PastedInline::Text(text, _) => {
                for c in text.chars() {
                    let space = c.is_ascii_whitespace();
                    if !space || !code.ends_with([' ', '\n']) && !code.is_empty() {
                        code.push(if space { ' ' } else { c });
                    }
                }
            }
            PastedInline::Break => code.push('\n'),
            _ => {}
        }
    }
    code.trim_end().replace('\u{A0}', " ")
}
