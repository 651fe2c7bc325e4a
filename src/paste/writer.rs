//! Blocks → lines of Markdown. In: a document, and the text that it is pasted into. Out: Markdown. Neighbours:
//! `escapes.rs` writes what stands in a line.

use std::cell::Cell;

use super::document::{
    ColumnSide, PastedBlock, PastedDefinition, PastedDocument, PastedInline, PastedItem, PastedTable,
};
use super::escapes::{self, LinePlace};
use super::inline_writer::{InlineWriter, kept_from_liquid, longest_run, needs_raw};

struct BlockWriter<'d> {
    document: &'d PastedDocument,
    /// The label of each footnote.
    labels: Vec<String>,
    /// How many items the position is in.
    items: Cell<usize>,
}

/// Writes a document. Its footnotes get labels that `text` does not have.
pub(super) fn write(document: &PastedDocument, text: &str) -> String {
    let mut number = 0usize;
    let labels = document.footnotes.iter().map(|_| {
        loop {
            number += 1;
            if !text.contains(&format!("[^{number}]")) {
                return number.to_string();
            }
        }
    });
    let writer = BlockWriter { document, labels: labels.collect(), items: Cell::new(0) };
    let mut blocks = &document.blocks[..];
    // The rule between a text and its notes.
    while let ([rest @ .., PastedBlock::Rule], false) = (blocks, document.footnotes.is_empty()) {
        blocks = rest;
    }
    let mut lines = writer.blocks(blocks);
    for (label, note) in writer.labels.iter().zip(&document.footnotes) {
        let content = writer.blocks(note);
        if !lines.is_empty() {
            lines.push(String::new());
        }
        push_indented(&mut lines, &format!("[^{label}]: "), "    ", content);
    }
    lines.join("\n")
}

/// Adds lines: the first after a marker, the others indented.
fn push_indented(lines: &mut Vec<String>, marker: &str, indentation: &str, content: Vec<String>) {
    if content.is_empty() {
        return lines.push(marker.trim_end().to_owned());
    }
    for (number, line) in content.into_iter().enumerate() {
        lines.push(match (number, line.is_empty()) {
            (0, _) => [marker, &line].concat(),
            (_, true) => line,
            _ => [indentation, &line].concat(),
        });
    }
}

impl BlockWriter<'_> {
    fn line(&self, line: &[PastedInline], place: LinePlace) -> String {
        escapes::write(InlineWriter::new(line, &self.document.links, &self.labels), place)
    }

    /// The lines of blocks, with an empty line between two.
    fn blocks(&self, blocks: &[PastedBlock]) -> Vec<String> {
        let mut lines = Vec::new();
        let mut before = None;
        for block in blocks {
            let written = self.block(block);
            if written.is_empty() {
                continue;
            }
            if !lines.is_empty() {
                lines.push(String::new());
            }
            if before.is_some_and(|before| runs_on(before, block)) {
                lines.extend(["<!-- -->".to_owned(), String::new()]);
            }
            lines.extend(written);
            before = Some(block);
        }
        lines
    }

    fn block(&self, block: &PastedBlock) -> Vec<String> {
        match block {
            PastedBlock::Paragraph(line) | PastedBlock::WordItem { line, .. } => {
                self.line(line, LinePlace::Paragraph).split('\n').map(str::to_owned).collect()
            }
            PastedBlock::Heading(level, line) => {
                vec![[&"#".repeat(usize::from(*level)), " ", &self.line(line, LinePlace::Heading(*level))].concat()]
            }
            PastedBlock::Code { language, code, .. } => code_lines(language, code),
            PastedBlock::Quote(blocks) => {
                let quoted = |line: String| if line.is_empty() { ">".to_owned() } else { ["> ", &line].concat() };
                self.blocks(blocks).into_iter().map(quoted).collect()
            }
            PastedBlock::List { start, items } => self.list(*start, items, true),
            PastedBlock::Definitions(entries) => self.definitions(entries),
            PastedBlock::Table(table) => self.table(table),
            // In an item, a rule of dashes would end the list.
            PastedBlock::Rule => vec![if self.items.get() > 0 { "<hr />" } else { "---" }.to_owned()],
        }
    }

    /// A list. `says_start`: a line of attributes may stand before it, where it is not taken for the paragraph above.
    fn list(&self, start: Option<usize>, items: &[PastedItem], says_start: bool) -> Vec<String> {
        let is_tight = items.iter().all(is_short);
        let mut lines = Vec::new();
        if let Some(start) = start.filter(|&start| says_start && start != 1) {
            // kramdown counts from one, whatever the first number is.
            lines.push(format!("{{:start=\"{start}\"}}"));
        }
        for (number, item) in items.iter().enumerate() {
            let mut marker = match start {
                Some(start) => format!("{}. ", start.saturating_add(number)),
                None => "- ".to_owned(),
            };
            let indentation = " ".repeat(marker.len());
            if let Some(done) = item.done {
                marker.push_str(if done { "[x] " } else { "[ ] " });
            }
            self.items.set(self.items.get() + 1);
            let content = if is_tight { self.tight_item(item) } else { self.item(item) };
            self.items.set(self.items.get() - 1);
            if content.is_empty() {
                continue;
            }
            if !is_tight && number > 0 && !lines.is_empty() {
                lines.push(String::new());
            }
            push_indented(&mut lines, &marker, &indentation, content);
        }
        lines
    }

    /// An item whose blocks follow each other without an empty line.
    fn tight_item(&self, item: &PastedItem) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for block in &item.blocks {
            match block {
                PastedBlock::Paragraph(line) => {
                    lines.extend(self.line(line, LinePlace::Item).split('\n').map(str::to_owned));
                }
                PastedBlock::List { start, items } => lines.extend(self.list(*start, items, false)),
                block => lines.extend(self.block(block)),
            }
        }
        lines
    }

    fn item(&self, item: &PastedItem) -> Vec<String> {
        match &item.blocks[..] {
            [PastedBlock::Paragraph(line), rest @ ..] => {
                let mut lines: Vec<String> = self.line(line, LinePlace::Item).split('\n').map(str::to_owned).collect();
                let rest = self.blocks(rest);
                if !rest.is_empty() {
                    lines.push(String::new());
                    lines.extend(rest);
                }
                lines
            }
            // A fence after the marker of an item opens no code where a line of the code begins as an item does.
            blocks @ [PastedBlock::Code { .. }, ..] => {
                let mut lines = vec!["<!-- -->".to_owned(), String::new()];
                lines.extend(self.blocks(blocks));
                lines
            }
            blocks => self.blocks(blocks),
        }
    }

    /// Terms and what they mean. A term without a meaning, and a meaning without a term, are paragraphs.
    fn definitions(&self, entries: &[PastedDefinition]) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut terms: Vec<&[PastedInline]> = Vec::new();
        let mut has_term = false;
        let start_block = |lines: &mut Vec<String>| {
            if !lines.is_empty() {
                lines.push(String::new());
            }
        };
        for entry in entries {
            match entry {
                PastedDefinition::Term(line) => {
                    terms.push(line);
                    has_term = false;
                }
                PastedDefinition::Meaning(blocks) => {
                    if !terms.is_empty() {
                        start_block(&mut lines);
                        lines.extend(terms.drain(..).map(|line| self.line(line, LinePlace::Term)));
                        has_term = true;
                    }
                    if has_term {
                        push_indented(&mut lines, ": ", "  ", self.blocks(blocks));
                    } else {
                        start_block(&mut lines);
                        lines.extend(self.blocks(blocks));
                    }
                }
            }
        }
        for line in terms {
            start_block(&mut lines);
            lines.extend(self.block(&PastedBlock::Paragraph(line.to_vec())));
        }
        lines
    }

    fn table(&self, table: &PastedTable) -> Vec<String> {
        let row = |cells: &[Vec<PastedInline>]| {
            let mut line = String::from("|");
            for cell in cells {
                line.push(' ');
                line.push_str(&self.line(cell, LinePlace::Cell));
                line.push_str(if line.ends_with(' ') { "|" } else { " |" });
            }
            line
        };
        let mut lines = Vec::new();
        if let Some(header) = &table.header {
            lines.push(row(header));
            let sides = table.sides.iter().map(|side| match side {
                ColumnSide::Start => " --- |",
                ColumnSide::Middle => " :-: |",
                ColumnSide::End => " --: |",
            });
            lines.push(["|"].into_iter().chain(sides).collect());
        }
        lines.extend(table.rows.iter().map(|cells| row(cells)));
        lines
    }
}

/// Whether nothing in the item needs an empty line.
fn is_short(item: &PastedItem) -> bool {
    let is_list = |block: &PastedBlock| match block {
        PastedBlock::List { items, .. } => items.iter().all(is_short),
        _ => false,
    };
    match &item.blocks[..] {
        [PastedBlock::Paragraph(_), rest @ ..] => rest.iter().all(is_list),
        blocks => blocks.is_empty(),
    }
}

/// Whether the parser would take the second block as a part of the first.
fn runs_on(before: &PastedBlock, block: &PastedBlock) -> bool {
    match (before, block) {
        (PastedBlock::List { start: first, .. }, PastedBlock::List { start: second, .. }) => {
            first.is_some() == second.is_some()
        }
        (PastedBlock::Definitions(_), PastedBlock::Definitions(_)) => true,
        _ => false,
    }
}

/// Code between fences that are longer than what is in it.
fn code_lines(language: &str, code: &str) -> Vec<String> {
    let fence = "`".repeat(longest_run(code, '`').max(2) + 1);
    let raw = needs_raw(code);
    let code = if raw { kept_from_liquid(code) } else { code.to_owned() };
    let mut lines = Vec::new();
    lines.extend(raw.then(|| "{% raw %}".to_owned()));
    lines.push([&fence, language].concat());
    lines.extend(code.split('\n').map(|line| line.trim_end_matches('\r').to_owned()));
    lines.push(fence);
    lines.extend(raw.then(|| "{% endraw %}".to_owned()));
    lines
}
