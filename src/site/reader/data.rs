//! Data files. In: the folder of data. Out: what `site.data` is made of. Neighbours: `csv.rs` reads tables, `mod.rs` asks. The rules are
//! those of Jekyll's `readers/data_reader.rb`, which reads JSON as YAML, too.

use std::rc::Rc;

use serde_yaml::{Mapping, Value};

use super::context::SiteReading;
use super::csv;
use super::remembered::DataFiles;
use super::tree::{extension, join};
use crate::post::yaml;
use crate::site::model::SourceFile;
use crate::text::{Severity, Span};

/// The extensions of data files, in the order in which Jekyll reads them: of two files for one key, the later wins.
const EXTENSIONS: [&str; 5] = [".yaml", ".yml", ".json", ".csv", ".tsv"];

/// How deep folders may be nested. A name of a file is not longer on any system.
const MAX_DEPTH: usize = 128;

/// An entry of the folder of data: its path there, and whether it is a folder.
pub(super) type DataEntries<'e> = dyn Fn(&str) -> Vec<(String, bool)> + 'e;

/// Files and folders of data, with their keys, in the order of their reading.
#[derive(Default)]
pub(super) struct DataFolder(Vec<(String, DataEntry)>);

enum DataEntry {
    File(Rc<Value>),
    Folder(DataFolder),
}

impl DataFolder {
    /// What stands in `site.data`. Of two entries with one key, the later wins.
    // Recursion is bounded by `MAX_DEPTH`.
    pub(super) fn mapping(&self) -> Mapping {
        let value = |entry: &DataEntry| match entry {
            DataEntry::File(value) => Value::clone(value),
            DataEntry::Folder(folder) => folder.mapping().into(),
        };
        self.0.iter().map(|(key, entry)| (key.as_str().into(), value(entry))).collect()
    }
}

/// The data below `folder`, whose entries `entries` gives. `files` gets what was read.
pub(super) fn read(
    context: &mut SiteReading<'_>,
    entries: &DataEntries<'_>,
    folder: &str,
    file: &dyn Fn(String) -> SourceFile,
    files: &mut DataFiles,
) -> DataFolder {
    below(context, entries, folder, (file, files), 0)
}

fn below(
    context: &mut SiteReading<'_>,
    entries: &DataEntries<'_>,
    folder: &str,
    (file, read): (&dyn Fn(String) -> SourceFile, &mut DataFiles),
    depth: usize,
) -> DataFolder {
    let mut data = DataFolder::default();
    let entries_here: Vec<(String, bool)> =
        entries(folder).into_iter().filter(|(name, _)| !name.starts_with('.')).collect();
    for wanted in EXTENSIONS {
        let files = entries_here.iter().filter(|(name, is_folder)| !is_folder && name.ends_with(wanted));
        for (name, _) in files {
            let stem = name.strip_suffix(extension(name)).unwrap_or(name);
            let source = file(join(folder, name));
            let value = context.remembered(&source, true, |context| data_file(context, &source, wanted));
            data.0.push((key_of(stem), DataEntry::File(Rc::clone(&value))));
            read.push((source.path, Some(value)));
        }
    }
    for (name, _) in entries_here.iter().filter(|(_, is_folder)| *is_folder) {
        let path = join(folder, name);
        read.push((path.clone(), None));
        let nested = if depth < MAX_DEPTH {
            below(context, entries, &path, (file, read), depth + 1)
        } else {
            DataFolder::default()
        };
        data.0.push((key_of(name), DataEntry::Folder(nested)));
    }
    data
}

fn data_file(context: &mut SiteReading<'_>, file: &SourceFile, extension: &str) -> Value {
    let (text, _) = context.text(file);
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    let separator = match extension {
        ".csv" => ',',
        ".tsv" => '\t',
        _ => {
            let document = yaml::read_data(text);
            // Jekyll reads what is only too large for us.
            let too_large = document.diagnostics.iter().any(|found| found.code == yaml::TOO_LARGE);
            context.add(file, document.diagnostics);
            if document.failed && !too_large {
                context.stop(file, "It cannot be read as YAML.");
            }
            return document.value;
        }
    };
    let headers = headers(context, if separator == ',' { "csv_reader" } else { "tsv_reader" });
    match csv::read(text, separator, headers) {
        Ok(table) => table,
        Err(at) => {
            let message = "Ruby cannot read the table here: a quote that is not closed, or one within a field.";
            context.report(file, Severity::Error, "site-table-syntax", Span::at(at), message);
            context.stop(file, "It is no table that Ruby can read.");
            Value::Sequence(Vec::new())
        }
    }
}

/// Whether the first row of a table names its columns.
fn headers(context: &SiteReading<'_>, section: &str) -> bool {
    let section = context.setting(section).and_then(Value::as_mapping);
    let headers = section.and_then(|section| section.get("headers"));
    !matches!(headers, Some(Value::Bool(false) | Value::Null))
}

/// `sanitize_filename`: letters, digits, `_`, hyphens and white space stay; white space at the ends and doubled goes, the
/// rest of it becomes `_`.
fn key_of(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0B' | '\x0C');
    // Where a word begins or ends, letters of every script count.
    let of_word = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_alphanumeric() || *c == '_');
    let boundary = |at: usize| of_word(at.checked_sub(1)) != of_word(Some(at));
    let space = |at: usize| chars.get(at).is_some_and(|&c| is_space(c));
    let mut kept = String::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        if !is_word(c) && !is_space(c) && c != '-' {
            at += 1;
            continue;
        }
        let before = at == 0 || at.checked_sub(1).is_some_and(|last| space(last) && boundary(last));
        if space(at) && before {
            let run = chars.iter().skip(at).take_while(|&&c| is_space(c)).count();
            // The longest run after which a line ends or a word begins or ends.
            let after = |end: usize| end == chars.len() || boundary(end) || space(end) && boundary(end + 1);
            if let Some(length) = (1..=run).rev().find(|length| after(at + length)) {
                at += length;
                continue;
            }
        }
        kept.push(c);
        at += 1;
    }
    let mut key = String::new();
    for c in kept.chars() {
        match (is_space(c), key.ends_with('\u{FDD0}')) {
            (true, true) => {}
            (true, false) => key.push('\u{FDD0}'),
            (false, _) => key.push(c),
        }
    }
    key.replace('\u{FDD0}', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_become_keys() {
        for (name, key) in [
            ("navigation", "navigation"),
            ("ui-text", "ui-text"),
            ("my.file", "myfile"),
            ("menu principal", "menu_principal"),
            ("été", "t"),
            (" a  b ", "a_b_"),
            ("a - b", "a_-_b"),
        ] {
            assert_eq!(key_of(name), key, "{name}");
        }
    }
}
