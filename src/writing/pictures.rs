//! Pictures that a writer pastes or drops: which files are pictures, where they go, what they are called, what the text
//! gets. In: names, what a clipboard holds, the posts and files of a site. Out: paths, an edit. Neighbours:
//! `app/drafts/pictures.rs` keeps the bytes; `app/site_folder/site_pictures.rs` knows the site.

use std::collections::BTreeSet;

use crate::post::date::DateTime;
use crate::post::file_name::{FileDate, FileName};
use crate::post::permalink::percent_bytes;
use crate::post::slug::{Mode, SlugCase, slugify};
use crate::text::{Edit, Span};

/// Where pictures go where no site says otherwise.
pub const FOLDER: &str = "assets/images";
/// A name has at most so many letters before its extension.
const LONGEST_STEM: usize = 80;
/// What browsers call a picture that has no file, as one that was copied from the screen.
const NAMELESS: [&str; 6] = ["", "image", "unknown", "unnamed", "blob", "clipboard"];

/// A kind of picture that browsers show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureKind {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF, which may move.
    Gif,
    /// WebP.
    WebP,
    /// AVIF.
    Avif,
    /// A drawing in XML. It is text from people whom nobody trusts: it is shown by an `img` alone, in which nothing runs.
    Svg,
}

/// Each kind with the extensions of its files, the usual one first.
const KINDS: [(PictureKind, &str, &[&str]); 6] = [
    (PictureKind::Png, "image/png", &["png"]),
    (PictureKind::Jpeg, "image/jpeg", &["jpg", "jpeg"]),
    (PictureKind::Gif, "image/gif", &["gif"]),
    (PictureKind::WebP, "image/webp", &["webp"]),
    (PictureKind::Avif, "image/avif", &["avif"]),
    (PictureKind::Svg, "image/svg+xml", &["svg"]),
];

impl PictureKind {
    /// The kind of a file of that name and media type; `None` where it is no picture. The type counts, where the browser
    /// knows it.
    pub fn of(name: &str, media_type: &str) -> Option<Self> {
        let of_type = KINDS.iter().find(|(_, known, _)| *known == media_type);
        let kind = match of_type {
            Some(kind) => Some(kind),
            None if media_type.is_empty() => Self::entry_of_name(name),
            None => None,
        };
        kind.map(|(kind, ..)| *kind)
    }

    /// The kind of a file of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::entry_of_name(name).map(|(kind, ..)| *kind)
    }

    fn entry_of_name(name: &str) -> Option<&'static (Self, &'static str, &'static [&'static str])> {
        let extension = name.rsplit_once('.')?.1.to_ascii_lowercase();
        KINDS.iter().find(|(.., extensions)| extensions.contains(&extension.as_str()))
    }

    fn entry(self) -> (&'static str, &'static [&'static str]) {
        KINDS.iter().find(|(kind, ..)| *kind == self).map_or(("", &[]), |(_, known, extensions)| (known, extensions))
    }

    /// The media type of its files.
    pub fn media_type(self) -> &'static str {
        self.entry().0
    }

    /// Whether a browser can write it again, smaller. A drawing has no pixels, a GIF may move.
    pub fn may_be_smaller(self) -> bool {
        matches!(self, Self::Png | Self::Jpeg | Self::WebP)
    }
}

/// Whether the picture of a clipboard is meant, and not the text beside it. Office programs and spreadsheets copy a text
/// together with a picture of it: there the text is meant. A browser copies a picture with HTML that shows it and no text,
/// and a file manager copies a file with its name or path as text. `names`: those of the pictures.
pub fn means_picture(plain: &str, html: &str, names: &[String]) -> bool {
    let plain = plain.trim();
    let last = |text: &str| text.rsplit(['/', '\\']).next().unwrap_or(text).to_owned();
    let is_name = |line: &str| names.iter().any(|name| *name == last(line.trim()));
    if plain.is_empty() || plain.lines().all(is_name) {
        return true;
    }
    // The address of the picture, beside HTML that has the picture and no words.
    let is_address = !plain.contains(char::is_whitespace) && plain.contains("://");
    is_address && (html.is_empty() || is_picture_alone(html))
}

/// Whether HTML has a picture and no words.
fn is_picture_alone(html: &str) -> bool {
    let mut words = String::new();
    let mut rest = html;
    while let Some((text, tag)) = rest.split_once('<') {
        words.push_str(text);
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    words.push_str(rest);
    html.to_ascii_lowercase().contains("<img") && words.trim().is_empty()
}

/// The post that pictures are named for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureOwner {
    /// The part of its file's name between date and extension.
    pub slug: String,
    /// The file's name without its extension.
    stem: String,
    /// The day in its file's name, else that of today.
    day: (i32, u8),
}

impl PictureOwner {
    /// The post of a file of that name or path; `today` counts where the name has no date.
    pub fn of(path: &str, today: &DateTime) -> Self {
        let name = FileName::read(path);
        let day = match name.date {
            FileDate::Day(day) => day,
            FileDate::None | FileDate::Invalid => *today,
        };
        Self { slug: name.slug, stem: name.stem, day: (day.year, day.month) }
    }

    /// A folder that belongs to `other`, as the same of this post: named by the post, its year, its month.
    fn folder_like(&self, folder: &str, other: &Self) -> String {
        let mut year_seen = false;
        let parts = folder.split('/').map(|part| {
            if part == other.stem {
                self.stem.clone()
            } else if !other.slug.is_empty() && part == other.slug {
                self.slug.clone()
            } else if part == other.day.0.to_string() {
                year_seen = true;
                self.day.0.to_string()
            } else if year_seen && part == format!("{:02}", other.day.1) {
                format!("{:02}", self.day.1)
            } else {
                part.to_owned()
            }
        });
        parts.collect::<Vec<_>>().join("/")
    }
}

/// Where the pictures of a post go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PicturePlace {
    /// The folder, below the site's source.
    pub folder: String,
    /// The paths that have a file already, in small letters: some systems take `A.png` and `a.png` for one file.
    pub taken: BTreeSet<String>,
}

impl Default for PicturePlace {
    /// Where no site is open.
    fn default() -> Self {
        Self { folder: FOLDER.to_owned(), taken: BTreeSet::new() }
    }
}

/// The folder that a post's pictures go to: that in which the newest post has its pictures, else `otherwise`. `posts`: paths
/// and texts, the newest first. `files`: the paths of the site's files, below its source.
pub fn picture_folder(
    posts: &[(String, String)],
    files: &BTreeSet<String>,
    owner: &PictureOwner,
    otherwise: &str,
) -> String {
    for (path, text) in posts {
        let found = addresses_of_pictures(text).find_map(|address| folder_of(&address, files));
        if let Some(folder) = found {
            return owner.folder_like(&folder, &PictureOwner::of(path, &DateTime::from_unix(0, 0)));
        }
    }
    otherwise.to_owned()
}

/// The folder that somebody named for pictures: without what leads out of the site, with one `/` between its parts;
/// `assets/images` where nothing is left.
pub fn folder_named(entered: &str) -> String {
    let shown = |part: &str| part.chars().filter(|c| !c.is_control()).collect::<String>().trim().to_owned();
    let parts = entered.split(['/', '\\']).map(shown).filter(|part| !part.trim_matches('.').is_empty());
    let folder = parts.collect::<Vec<_>>().join("/");
    if folder.is_empty() { FOLDER.to_owned() } else { folder }
}

/// The addresses in a text that end like a picture's.
fn addresses_of_pictures(text: &str) -> impl Iterator<Item = String> {
    let ends = |c: char| c.is_whitespace() || "\"'()<>|,;=[]{}".contains(c);
    text.split(ends).filter_map(|word| {
        let word = word.split(['#', '?']).next().unwrap_or(word);
        PictureKind::of_name(word)?;
        decoded(word)
    })
}

/// The folder of the file that an address leads to: as it stands, or without what stands before the path of the site.
fn folder_of(address: &str, files: &BTreeSet<String>) -> Option<String> {
    let mut rest = address.trim_start_matches('/');
    loop {
        if let Some((folder, _)) = rest.rsplit_once('/').filter(|_| files.contains(rest)) {
            return Some(folder.to_owned());
        }
        rest = rest.split_once('/')?.1;
    }
}

/// An address without its percent signs.
fn decoded(address: &str) -> Option<String> {
    String::from_utf8(percent_bytes(address)).ok()
}

/// The path that a picture gets: its own name as a slug, or for one without a name the post's and a number. No file has
/// it (`is_taken`).
pub fn picture_path(
    folder: &str,
    name: &str,
    kind: PictureKind,
    owner: &PictureOwner,
    is_taken: &dyn Fn(&str) -> bool,
) -> String {
    let (stem, known) = name.rsplit_once('.').unwrap_or((name, ""));
    let known = known.to_ascii_lowercase();
    let extensions = kind.entry().1;
    let extension = extensions.iter().find(|extension| **extension == known).or(extensions.first()).unwrap_or(&"png");
    let stem = slugify(stem, Mode::Latin, SlugCase::Lower);
    let is_nameless = NAMELESS.contains(&stem.as_str());
    let own = slugify(&owner.slug, Mode::Latin, SlugCase::Lower);
    let stem = match (is_nameless, own.is_empty()) {
        (false, _) => stem,
        (true, false) => own,
        (true, true) => "picture".to_owned(),
    };
    let stem: String = stem.chars().take(LONGEST_STEM).collect();
    let path = |end: &str| [folder, if folder.is_empty() { "" } else { "/" }, &stem, end, ".", extension].concat();
    let numbered = (if is_nameless { 1 } else { 2 }..).map(|number: u32| path(&["-", &number.to_string()].concat()));
    let first = (!is_nameless).then(|| path(""));
    first.into_iter().chain(numbered).find(|path| !is_taken(path)).unwrap_or_default()
}

/// The longest side of a picture that is made smaller, in pixels.
const LONGEST_SIDE: f64 = 1_600.0;

/// The size to which a picture of that width and height is made smaller, in pixels.
pub fn smaller_size(width: f64, height: f64) -> (f64, f64) {
    let scale = (LONGEST_SIDE / width.max(height).max(1.0)).min(1.0);
    ((width * scale).round().max(1.0), (height * scale).round().max(1.0))
}

/// The address of a file of the site in a text. `base`: what stands before all addresses of the site, or nothing.
pub fn picture_address(base: &str, path: &str) -> String {
    let mut address = [base, "/"].concat();
    for c in path.chars() {
        if c.is_ascii() && !c.is_ascii_alphanumeric() && !"-._~!$&'+,;=@/:*".contains(c) {
            address.push_str(&format!("%{:02X}", c as u32));
        } else {
            address.push(c);
        }
    }
    address
}

/// The path of the file that an address of the site names.
pub fn picture_at(address: &str, base: &str) -> Option<String> {
    let address = address.split(['#', '?']).next().unwrap_or(address);
    let below = address.strip_prefix(base).filter(|rest| rest.starts_with('/')).unwrap_or(address);
    decoded(below.strip_prefix('/')?)
}

/// Whether a text names the file at a path.
pub fn names_picture(text: &str, path: &str) -> bool {
    let address = picture_address("", path);
    text.contains(&address) || text.contains(path)
}

/// What the text gets for pictures at these addresses, in place of the selection: one edit, with the caret where the
/// description of the first one goes. A selection within a line becomes that description. Where no Markdown can stand
/// (the front matter, code), the addresses alone are written.
pub fn picture_edit(text: &str, selection: Span, addresses: &[String], takes_markdown: bool) -> Edit {
    if !takes_markdown {
        let written = addresses.join("\n");
        let end = selection.start + written.len();
        return Edit { span: selection, text: written, selection: Span::at(end) };
    }
    let selected = text.get(selection.start..selection.end).unwrap_or("");
    let is_description = addresses.len() == 1 && !selected.contains(['\n', '[', ']', '\\']);
    let description = if is_description { selected } else { "" };
    let pictures: Vec<String> =
        addresses.iter().map(|address| ["![", description, "](", address, ")"].concat()).collect();
    let caret = selection.start + 2 + description.len();
    Edit { span: selection, text: pictures.join("\n"), selection: Span::at(caret) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn owner(path: &str) -> PictureOwner {
        PictureOwner::of(path, &DateTime::from_unix(1_764_523_200, 0))
    }

    fn folder(posts: &[(&str, &str)], files: &[&str], path: &str) -> String {
        let posts: Vec<_> = posts.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        picture_folder(&posts, &files.iter().map(|file| (*file).to_owned()).collect(), &owner(path), FOLDER)
    }

    #[test]
    fn what_is_a_picture_is_told_by_type_or_name() {
        assert_eq!(PictureKind::of("a", "image/png"), Some(PictureKind::Png));
        assert_eq!(PictureKind::of("A.JPEG", ""), Some(PictureKind::Jpeg));
        assert_eq!(PictureKind::of("a.png", "text/plain"), None);
        assert_eq!(PictureKind::of("a.md", ""), None);
        assert_eq!(PictureKind::of("a.tiff", "image/tiff"), None);
        assert_eq!(PictureKind::of_name("a.b.svg").map(PictureKind::media_type), Some("image/svg+xml"));
        let smaller = [PictureKind::Svg, PictureKind::Gif, PictureKind::Avif].map(PictureKind::may_be_smaller);
        assert_eq!(smaller, [false; 3]);
    }

    #[test]
    fn a_text_with_a_picture_of_itself_is_a_text() {
        let names = ["image.png".to_owned()];
        let means = |plain, html| means_picture(plain, html, &names);
        assert!(means("", ""), "the screen");
        assert!(means("", "<meta charset='utf-8'><img src=\"https://a.example/b.png\" alt=\"B\"/>"), "a browser");
        assert!(means("https://a.example/b.png", "<img src=\"https://a.example/b.png\">"), "another browser");
        assert!(means("/home/ann/image.png", ""), "a file");
        assert!(means("image.png\n", ""), "a file");
        assert!(!means("Words", "<p>Words</p>"), "an office program");
        assert!(!means("1\t2", "<table><tr><td>1<td>2</table>"), "a spreadsheet");
        assert!(!means("https://a.example/", "<a href=\"https://a.example/\">A page</a>"), "a link");
        assert!(!means("Words", ""), "an editor");
    }

    #[test]
    fn a_folder_is_named_by_a_person() {
        for (entered, expected) in [
            ("", FOLDER),
            ("/", FOLDER),
            ("..", FOLDER),
            ("images", "images"),
            ("/images/posts/", "images/posts"),
            ("  a b / c ", "a b/c"),
            ("../../etc/./x", "etc/x"),
            ("a\\b//c\u{7}", "a/b/c"),
            (".well-known", ".well-known"),
        ] {
            assert_eq!(folder_named(entered), expected, "{entered}");
        }
    }

    #[test]
    fn pictures_go_where_those_of_the_newest_post_are() {
        let files = ["img/a.png", "assets/posts/2020-01-02-newest/b.jpg", "pics/2020/01/c d.webp", "x.png"];
        let of = |text: &str| folder(&[("_posts/2020-01-02-newest.md", text)], &files, "_posts/2025-11-30-mine.md");
        assert_eq!(of("![a](/img/a.png)"), "img");
        assert_eq!(of("![a]({{ site.baseurl }}/img/a.png \"A\")"), "img");
        assert_eq!(of("<img src='https://a.example/blog/img/a.png?x=1'>"), "img");
        assert_eq!(of("image: ../img/a.png"), "img");
        assert_eq!(of("![](/assets/posts/2020-01-02-newest/b.jpg)"), "assets/posts/2025-11-30-mine");
        assert_eq!(of("![](/pics/2020/01/c%20d.webp)"), "pics/2025/11");
        assert_eq!(of("![](/img/none.png) ![](/x.png) a.png"), FOLDER);
        assert_eq!(folder(&[], &[], "a.md"), FOLDER);
        let posts = [("_posts/2021-01-01-b.md", "no picture"), ("_posts/2020-01-01-a.md", "![](/img/a.png)")];
        assert_eq!(folder(&posts, &files, "a.md"), "img");
    }

    #[test]
    fn a_name_is_a_slug_that_no_file_has() {
        let taken = ["a/photo.jpg", "a/photo-2.jpg", "a/my-post-1.png"];
        let path = |folder: &str, name: &str, kind| {
            picture_path(folder, name, kind, &owner("2024-05-01-my-post.md"), &|path| taken.contains(&path))
        };
        assert_eq!(path("a", "Été à la mer (1).PNG", PictureKind::Png), "a/ete-a-la-mer-1.png");
        assert_eq!(path("a", "photo.JPG", PictureKind::Jpeg), "a/photo-3.jpg");
        assert_eq!(path("a", "photo.jpeg", PictureKind::Jpeg), "a/photo.jpeg");
        assert_eq!(path("a", "image.png", PictureKind::Png), "a/my-post-2.png");
        assert_eq!(path("b", "image.png", PictureKind::Png), "b/my-post-1.png");
        assert_eq!(path("", "猫", PictureKind::WebP), "my-post-1.webp");
        let nobody = picture_path("a", "", PictureKind::Gif, &owner(""), &|_| false);
        assert_eq!(nobody, "a/picture-1.gif");
    }

    #[test]
    fn a_large_picture_fits_and_a_small_one_stays() {
        assert_eq!(smaller_size(4000.0, 3000.0), (1600.0, 1200.0));
        assert_eq!(smaller_size(3.0, 9000.0), (1.0, 1600.0));
        assert_eq!(smaller_size(800.0, 600.0), (800.0, 600.0));
        assert_eq!(smaller_size(0.0, 0.0), (1.0, 1.0));
    }

    #[test]
    fn an_address_leads_back_to_its_path() {
        assert_eq!(picture_address("/blog", "assets/a b/(é).png"), "/blog/assets/a%20b/%28é%29.png");
        assert_eq!(picture_at("/blog/assets/a%20b/%28é%29.png", "/blog").as_deref(), Some("assets/a b/(é).png"));
        assert_eq!(picture_at("/assets/a.png?x#y", "/blog").as_deref(), Some("assets/a.png"));
        assert_eq!(picture_at("/blogs/a.png", "/blog").as_deref(), Some("blogs/a.png"));
        assert_eq!(picture_at("a.png", ""), None);
        assert!(names_picture("![](/assets/a%20b.png)", "assets/a b.png"));
        assert!(!names_picture("![](/assets/b.png)", "assets/a.png"));
    }

    #[test]
    fn the_caret_goes_to_the_description() {
        let edit = |text: &str, span, addresses: &[&str], takes| {
            let addresses: Vec<String> = addresses.iter().map(|address| (*address).to_owned()).collect();
            let edit = picture_edit(text, span, &addresses, takes);
            let mut after = edit.apply(text);
            after.insert(edit.selection.start, '|');
            after
        };
        assert_eq!(edit("a  b", Span::at(2), &["/x.png"], true), "a ![|](/x.png) b");
        assert_eq!(edit("a é b", Span::new(2, 4), &["/x.png"], true), "a ![é|](/x.png) b");
        assert_eq!(edit("a\nb", Span::new(0, 3), &["/x.png"], true), "![|](/x.png)");
        assert_eq!(edit("", Span::at(0), &["/x.png", "/y.png"], true), "![|](/x.png)\n![](/y.png)");
        assert_eq!(edit("image: ", Span::at(7), &["/x.png"], false), "image: /x.png|");
    }

    proptest! {
        #[test]
        fn any_text_gives_some_folder_and_path(text in "\\PC{0,60}", name in "\\PC{0,12}", base in "(/[a-z]{1,3})?") {
            let files = BTreeSet::from(["a/b.png".to_owned()]);
            let owner = owner(&name);
            let folder = picture_folder(&[(name.clone(), text.clone())], &files, &owner, &folder_named(&name));
            let path = picture_path(&folder, &name, PictureKind::Png, &owner, &|_| false);
            prop_assert!(path.ends_with(".png"));
            prop_assert_eq!(picture_at(&picture_address(&base, &path), &base), Some(path));
            means_picture(&text, &name, std::slice::from_ref(&name));
        }
    }
}
