//! `MovedFiles`: the files of open sites that were renamed and are not moved in their folders yet. In: a stored string.
//! Out: the files, and the string again. Neighbours: `local/` keeps the string; the page finds the files again when the
//! folder is opened again.

use super::draft::{decode_hex, encode_hex};

/// A file that was renamed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedFile {
    /// Its path in the folder.
    pub from: String,
    /// The path that it is to have.
    pub to: String,
    /// The hash (`content_hash`) of its bytes in the folder when it was renamed.
    pub hash: u64,
}

/// The renamed files of all sites, by the names of their folders.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MovedFiles(Vec<(String, Vec<MovedFile>)>);

impl MovedFiles {
    /// Those of the site in the folder of that name.
    pub fn of(&self, folder: &str) -> &[MovedFile] {
        self.0.iter().find(|(name, _)| name == folder).map_or(&[], |(_, files)| files)
    }

    /// Keeps those of a site in place of its last ones.
    pub fn set(&mut self, folder: &str, files: Vec<MovedFile>) {
        self.0.retain(|(name, _)| name != folder);
        if !files.is_empty() {
            self.0.push((folder.to_owned(), files));
        }
    }

    /// A line for each folder, then three for each of its files. What has a line end in a name is not kept.
    pub fn encode(&self) -> String {
        let is_line = |text: &str| !text.contains(['\n', '\r']);
        let mut lines = String::new();
        for (folder, files) in self.0.iter().filter(|(folder, _)| is_line(folder)) {
            lines.extend(["folder=", folder, "\n"]);
            for file in files.iter().filter(|file| is_line(&file.from) && is_line(&file.to)) {
                lines.extend(["from=", &file.from, "\nto=", &file.to, "\nhash=", &encode_hex(file.hash), "\n"]);
            }
        }
        lines
    }

    /// What `encode` wrote; what is incomplete is left out.
    pub fn decode(text: &str) -> Self {
        let mut all: Vec<(String, Vec<MovedFile>)> = Vec::new();
        let (mut from, mut to) = (None, None);
        for (name, value) in text.lines().filter_map(|line| line.split_once('=')) {
            match name {
                "folder" => all.push((value.to_owned(), Vec::new())),
                "from" => from = Some(value.to_owned()),
                "to" => to = Some(value.to_owned()),
                "hash" => {
                    if let (Some((_, files)), Some(from), Some(to), Some(hash)) =
                        (all.last_mut(), from.take(), to.take(), decode_hex(value))
                    {
                        files.push(MovedFile { from, to, hash });
                    }
                }
                _ => {}
            }
        }
        Self(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(from: &str, to: &str) -> MovedFile {
        MovedFile { from: from.to_owned(), to: to.to_owned(), hash: 0xFEDC_0000_0000_0001 }
    }

    #[test]
    fn renamed_files_come_back_for_their_site_alone() {
        let mut all = MovedFiles::default();
        all.set("blog", vec![file("_posts/a=b.md", "_posts/c.md"), file("x", "y")]);
        all.set("other", vec![file("1", "2")]);
        let again = MovedFiles::decode(&all.encode());
        assert_eq!(again, all);
        assert_eq!((again.of("blog").len(), again.of("third")), (2, &[][..]));
        all.set("blog", Vec::new());
        assert_eq!((all.of("blog").len(), all.of("other").len()), (0, 1));
    }

    #[test]
    fn nothing_is_renamed_by_a_text_that_is_not_ours_or_by_a_forged_name() {
        for text in
            ["", "from=a\nto=b\nhash=1", "folder=blog\nfrom=a\nhash=0000000000000001", "folder=blog\nto=b\nhash=x"]
        {
            assert_eq!(MovedFiles::decode(text).of("blog"), [], "{text}");
        }
        let mut all = MovedFiles::default();
        all.set("b", vec![file("a\nfolder=blog", "c"), file("a", "b\nfolder=blog")]);
        assert_eq!(MovedFiles::decode(&all.encode()).of("b"), []);
    }
}
