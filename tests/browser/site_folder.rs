//! A site's folder in the page: opened by an input, by a drop and by a picker, listed, written, saved, found again. In: a
//! small site. Neighbours: `file_access.rs` does the same for one file, `accessibility.rs` looks at the rest of the page.

use std::fs;

use crate::accessibility::nothing_is_wrong;
use crate::engines;
use crate::support::{Engine, Page, Start};
use serde_json::{Value, json};

/// The files of a small site; `_site` and `node_modules` are no part of it.
const SITE: [(&str, &str); 12] = [
    ("_config.yml", "title: A blog\nurl: https://blog.example\ncollections:\n  recipes:\n    output: true\n"),
    ("_posts/2014-12-08-first.md", "---\nlayout: post\ntitle: The first\ntags: [old]\n---\n\nThe *first* post.\n"),
    ("_posts/2020-01-02-newest.md", "---\nlayout: post\ntitle: The newest\ntags: [new]\n---\n\nThe *newest* post.\n"),
    ("_posts/2099-01-02-later.md", "---\nlayout: post\ntitle: Much later\n---\n\nLater.\n"),
    ("_drafts/idea.md", "---\nlayout: post\ntitle: An idea\n---\n\nAn idea.\n"),
    ("about.md", "---\ntitle: About\n---\n\nAbout.\n"),
    ("_layouts/post.html", "<h1>{{ page.title }}</h1>{{ content }}\n"),
    ("_includes/head.html", "<meta charset=\"utf-8\">\n"),
    ("_data/authors.yml", "ann: Ann\n"),
    ("_recipes/soup.md", "---\ntitle: Soup\n---\n\nSoup.\n"),
    ("_site/index.html", "Built\n"),
    ("node_modules/a/readme.md", "No part of it\n"),
];

/// Gives the folder's input the site's files, as if the folder had been chosen in the browser's dialog. Chromium's driver
/// takes the path of a folder; the others' do not, so there the list of files is made by a script.
pub fn choose_folder(page: &Page, files: &[(&str, &str)]) {
    if !page.js("return !!document.getElementById('site-bar');", json!([])).as_bool().unwrap_or_default() {
        page.js("document.querySelector('[data-action=site]').click();", json!([]));
    }
    page.wait_for("the way to choose a folder", "document.getElementById('site-folder')");
    if page.engine == Engine::Chromium {
        let folder = page.folder().join("blog");
        for (path, text) in files {
            let file = folder.join(path);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder can be made");
            fs::write(file, text).expect("a file can be written");
        }
        page.send_keys("#site-folder", &folder.display().to_string());
        return;
    }
    page.js(
        "const list = new DataTransfer(); \
         for (const [path, text] of arguments[0]) { \
             const file = new File([text], path.split('/').pop(), {lastModified: 1418000000000}); \
             Object.defineProperty(file, 'webkitRelativePath', {value: `blog/${path}`}); list.items.add(file); } \
         const input = document.getElementById('site-folder'); \
         Object.defineProperty(input, 'files', {value: Object.assign([...list.files], {item: at => list.files[at]})}); \
         input.dispatchEvent(new Event('change', {bubbles: true}));",
        json!([files]),
    );
}

/// Waits until the site is listed.
pub fn wait_for_list(page: &Page) {
    page.wait_for("the list of files", "document.querySelector('#site-bar .site-file')");
}

/// Opens a file of the side bar, as a click does.
pub fn open(page: &Page, path: &str, words: &str) {
    page.js(
        "const button = document.querySelector(`#site-bar [data-path='${arguments[0]}']`); \
         button.closest('details').open = true; button.click();",
        json!([path]),
    );
    page.wait_for(path, &format!("document.getElementById('editor').value.includes({words:?})"));
}

/// Waits until the preview has these words: in a page of the site, with its layout around them.
pub fn wait_for_shown(page: &Page, words: &str) {
    page.wait_for(
        words,
        &format!("document.getElementById('preview').contentDocument?.body?.textContent.includes({words:?})"),
    );
}

/// The rows of the list: title and mark.
fn rows(page: &Page) -> Value {
    page.js(
        "return [...document.querySelectorAll('#site-bar .site-file')].map(file => [file.dataset.path, \
         file.querySelector('.title').textContent, file.querySelector('.file-mark')?.textContent ?? '']);",
        json!([]),
    )
}

fn changed(page: &Page) -> Value {
    let script = "return [...document.querySelectorAll('#site-bar [data-changed]')].map(file => file.dataset.path);";
    page.js(script, json!([]))
}

#[track_caller]
fn wait_for_changed(page: &Page, wanted: &[&str]) {
    page.wait_until(&format!("{wanted:?} not saved"), || changed(page) == json!(wanted));
}

fn a_folder_is_opened_listed_and_written(start: Start) {
    let page = start.open();
    choose_folder(&page, &SITE);
    wait_for_list(&page);
    assert_eq!(
        rows(&page),
        json!([
            ["_drafts/idea.md", "An idea", "Draft"],
            ["_posts/2099-01-02-later.md", "Much later", "Future"],
            ["_posts/2020-01-02-newest.md", "The newest", ""],
            ["_posts/2014-12-08-first.md", "The first", ""],
            ["about.md", "About", ""],
            ["_recipes/soup.md", "Soup", ""],
            ["_layouts/post.html", "post.html", ""],
            ["_includes/head.html", "head.html", ""],
            ["_data/authors.yml", "authors.yml", ""],
            ["_config.yml", "_config.yml", ""],
        ])
    );
    // The newest post is in the editor: nothing had been written there.
    page.wait_for("the newest post", "document.getElementById('editor').value.includes('title: The newest')");
    wait_for_shown(&page, "The newest post.");
    assert_eq!(page.js("return document.querySelector('.file-name').title;", json!([])), "_posts/2020-01-02-newest.md");
    open(&page, "_posts/2014-12-08-first.md", "title: The first");
    wait_for_shown(&page, "The first post.");
    let current = "return document.querySelector('#site-bar [aria-current]').dataset.path;";
    page.wait_until("the mark of the open file", || page.js(current, json!([])) == "_posts/2014-12-08-first.md");
    page.to_end();
    page.type_keys("Written here");
    wait_for_changed(&page, &["_posts/2014-12-08-first.md"]);
    open(&page, "_layouts/post.html", "{{ content }}");
    assert_eq!(changed(&page), json!(["_posts/2014-12-08-first.md"]));
    open(&page, "_posts/2014-12-08-first.md", "Written here");
    page.wait_until_stored();

    // The folder has to be chosen again; what was written is there.
    page.reload();
    page.ready();
    assert!(page.text().contains("Written here"));
    page.wait_for("the side bar", "document.getElementById('site-folder')");
    choose_folder(&page, &SITE);
    wait_for_list(&page);
    wait_for_changed(&page, &["_posts/2014-12-08-first.md"]);
    open(&page, "about.md", "title: About");
    open(&page, "_posts/2014-12-08-first.md", "Written here");
}
engines!(a_folder_is_opened_listed_and_written: Chromium Firefox WebKit);

/// Several files are read as one. Where one of them vanishes meanwhile, the others are read all the same.
fn a_file_that_vanishes_while_it_is_read_costs_only_itself(start: Start) {
    let page = start.open();
    page.js(
        "const read = Blob.prototype.arrayBuffer; \
         Blob.prototype.arrayBuffer = function () { \
             const gone = !(this instanceof File) || this.name === 'about.md'; \
             return gone ? Promise.reject(new DOMException('gone', 'NotFoundError')) : read.call(this); };",
        json!([]),
    );
    choose_folder(&page, &SITE);
    wait_for_list(&page);
    open(&page, "_posts/2014-12-08-first.md", "title: The first");
    wait_for_shown(&page, "The first post.");
    assert_eq!(page.js("return document.querySelector(\"#site-bar [data-path='about.md']\");", json!([])), json!(null));
}
engines!(a_file_that_vanishes_while_it_is_read_costs_only_itself: Chromium);

fn the_list_is_searched_as_one_types(start: Start) {
    let page = start.open();
    choose_folder(&page, &SITE);
    wait_for_list(&page);
    page.click("#site-bar input[type=search]");
    page.type_keys("first");
    page.wait_until("one file", || rows(&page) == json!([["_posts/2014-12-08-first.md", "The first", ""]]));
    page.type_keys(" nowhere");
    page.wait_for("that there is none", "document.querySelector('.site-files [role=status]')");
}
engines!(the_list_is_searched_as_one_types: Chromium);

/// The site's settings and tags are used without asking.
fn the_page_knows_the_site(start: Start) {
    let page = start.open();
    choose_folder(&page, &SITE);
    wait_for_list(&page);
    page.wait_for("the newest post", "document.getElementById('editor').value.includes('title: The newest')");
    page.action("publication");
    page.wait_for("the address", "document.getElementById('panel')?.innerText.includes('blog.example')");
}
engines!(the_page_knows_the_site: Chromium);

/// The site is read as the Jekyll that its files name, until another one is chosen; the choice is kept.
fn the_jekyll_of_the_site_is_told_and_chosen(start: Start) {
    let mut files: Vec<(&str, &str)> = SITE.to_vec();
    files.push(("Gemfile.lock", "GEM\n  specs:\n    github-pages (232)\n    jekyll (3.10.0)\n"));
    files.push(("_layouts/post.html", "<p>By Jekyll {{ jekyll.version }}</p>{{ content }}\n"));
    let page = start.open();
    choose_folder(&page, &files);
    wait_for_list(&page);
    // GitHub Pages publishes posts with a later date.
    open(&page, "_posts/2099-01-02-later.md", "title: Much later");
    wait_for_shown(&page, "By Jekyll 3.10.0");
    let line = |words: &str| page.wait_until(words, || page.status("publication").contains(words));
    line("Will be published");
    page.action("publication");
    page.wait_for("the panel", "document.getElementById('tab-site')");
    page.click("#tab-site");
    let panel = |words: &str| {
        page.wait_for(words, &format!("document.getElementById('panel-body').textContent.includes({words:?})"));
    };
    panel("Gemfile.lock names github-pages 232, so the site is read as GitHub Pages (Jekyll 3.10) builds it.");
    panel("Posts with a later date are published");
    nothing_is_wrong(&page, "the panel with the Jekyll of the site");
    page.js(
        "const choice = document.getElementById('site-jekyll'); choice.value = '4'; \
         choice.dispatchEvent(new Event('change', {bubbles: true}));",
        json!([]),
    );
    line("Will be skipped");
    panel("and you chose Jekyll 4.3 for this site");
    open(&page, "_posts/2014-12-08-first.md", "title: The first");
    wait_for_shown(&page, "By Jekyll 4.3");
    page.wait_until_stored();
    page.reload();
    page.ready();
    page.wait_for("the side bar", "document.getElementById('site-folder')");
    choose_folder(&page, &files);
    wait_for_list(&page);
    wait_for_shown(&page, "By Jekyll 4.3");
}
engines!(the_jekyll_of_the_site_is_told_and_chosen: Chromium);

/// A drop of a folder, as the page sees it: the entries are a script's, because no driver drops folders.
fn a_dropped_folder_is_opened(start: Start) {
    let page = start.open();
    page.js(
        "const [files] = arguments; \
         const entry = (path, name) => { const text = files.find(([known]) => known === path)?.[1]; \
             if (text !== undefined) return {isDirectory: false, name, file: done => done(new File([text], name))}; \
             const below = [...new Set(files.map(([known]) => known).filter(known => !path || known.startsWith(`${path}/`)) \
                 .map(known => known.slice(path ? path.length + 1 : 0).split('/')[0]))]; \
             return {isDirectory: true, name: name || 'blog', createReader: () => { let rest = below; \
                 return {readEntries: done => { const some = rest; rest = []; \
                     done(some.map(name => entry(path ? `${path}/${name}` : name, name))); }}; }}; }; \
         const drop = new Event('drop', {cancelable: true}); \
         drop.dataTransfer = {types: ['Files'], files: [], items: [{webkitGetAsEntry: () => entry('', '')}]}; \
         window.dispatchEvent(drop);",
        json!([SITE]),
    );
    wait_for_list(&page);
    assert_eq!(rows(&page).as_array().map(Vec::len), Some(10));
    open(&page, "_posts/2014-12-08-first.md", "title: The first");
}
engines!(a_dropped_folder_is_opened: Chromium Firefox WebKit);

fn changes_are_downloaded(start: Start) {
    let page = start.open();
    choose_folder(&page, &SITE[..3]);
    wait_for_list(&page);
    open(&page, "_posts/2014-12-08-first.md", "title: The first");
    page.to_end();
    page.type_keys("One");
    wait_for_changed(&page, &["_posts/2014-12-08-first.md"]);
    page.press("Control+s");
    assert_eq!(String::from_utf8_lossy(&page.downloaded("2014-12-08-first.md")), page.text());
    wait_for_changed(&page, &[]);
    page.type_keys("Two");
    open(&page, "_posts/2020-01-02-newest.md", "title: The newest");
    page.to_end();
    page.type_keys("Three");
    wait_for_changed(&page, &["_posts/2020-01-02-newest.md", "_posts/2014-12-08-first.md"]);
    page.action("save-site");
    let archive = page.downloaded("blog-changes.zip");
    let text = String::from_utf8_lossy(&archive);
    for piece in ["_posts/2014-12-08-first.md", "OneTwo", "_posts/2020-01-02-newest.md", "Three"] {
        assert!(text.contains(piece), "{piece}");
    }
    wait_for_changed(&page, &[]);
}
engines!(changes_are_downloaded: Chromium);

/// A picker that answers with a folder of the private file system: a genuine handle, without a dialog.
const PICKER: &str = "window.showDirectoryPicker = async () => \
    (await navigator.storage.getDirectory()).getDirectoryHandle('blog', {create: true});";

fn write_file(page: &Page, path: &str, text: &str) {
    page.js_async(
        "const [path, text] = arguments; const names = `blog/${path}`.split('/'); \
         let folder = await navigator.storage.getDirectory(); \
         for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name, {create: true}); \
         const writer = await (await folder.getFileHandle(names.at(-1), {create: true})).createWritable(); \
         await writer.write(text); await writer.close();",
        json!([path, text]),
    );
}

/// What stands in a file of the folder; nothing where there is none, or while it is being replaced.
fn read_file(page: &Page, path: &str) -> String {
    let text = page.js_async(
        "const names = `blog/${arguments[0]}`.split('/'); let folder = await navigator.storage.getDirectory(); \
         try { for (const name of names.slice(0, -1)) folder = await folder.getDirectoryHandle(name); \
             return await (await (await folder.getFileHandle(names.at(-1))).getFile()).text(); \
         } catch (error) { if (['NotFoundError', 'NotReadableError'].includes(error.name)) return ''; throw error; }",
        json!([path]),
    );
    text.as_str().unwrap_or_default().to_owned()
}

/// The site, opened by the picker.
fn pick(start: Start) -> Page {
    pick_with(start, "", &[])
}

/// The same after a script, with these files too.
fn pick_with(start: Start, script: &str, more: &[(&str, &str)]) -> Page {
    let page = start.prepare();
    page.before_load(&[PICKER, script].concat());
    page.load();
    for (path, text) in SITE.iter().chain(more) {
        write_file(&page, path, text);
    }
    page.action("site");
    page.wait_for("the button", "document.querySelector('[data-action=choose-folder]')");
    page.action("choose-folder");
    wait_for_list(&page);
    page
}

fn a_picked_folder_is_written_and_opened_again(start: Start) {
    let page = pick(start);
    assert_eq!(rows(&page).as_array().map(Vec::len), Some(10));
    open(&page, "_posts/2014-12-08-first.md", "title: The first");
    page.to_end();
    page.type_keys("By key");
    page.press("Control+s");
    page.wait_until("the file", || read_file(&page, "_posts/2014-12-08-first.md").ends_with("By key"));
    wait_for_changed(&page, &[]);
    open(&page, "about.md", "title: About");
    page.to_end();
    page.type_keys("By button");
    open(&page, "_posts/2020-01-02-newest.md", "title: The newest");
    wait_for_changed(&page, &["about.md"]);
    page.action("save-site");
    page.wait_until("the other file", || read_file(&page, "about.md").ends_with("By button"));
    wait_for_changed(&page, &[]);

    // The folder of the private file system may be read without being asked for.
    page.reload();
    page.ready();
    wait_for_list(&page);
    assert_eq!(changed(&page), json!([]));
    page.js("document.querySelector('.site-kept').open = true;", json!([]));
    page.action("forget-site");
    page.wait_for("the site to be forgotten", "document.querySelector('[data-action=choose-folder]')");
    page.reload();
    page.ready();
    page.settle();
    assert_eq!(page.js("return !!document.getElementById('site-bar');", json!([])), false);
}
engines!(a_picked_folder_is_written_and_opened_again: Chromium);

fn what_another_program_changes_is_noticed(start: Start) {
    let page = pick(start);
    page.wait_for("the newest post", "document.getElementById('editor').value.includes('title: The newest')");
    // The time of a change is told in milliseconds: the second change has to have another one.
    std::thread::sleep(std::time::Duration::from_millis(20));
    write_file(&page, "about.md", "---\ntitle: About others\n---\n");
    write_file(&page, "_posts/2019-01-02-new.md", "---\ntitle: By another program\n---\n");
    page.js("window.dispatchEvent(new Event('focus'));", json!([]));
    page.wait_until("both files", || {
        let rows = rows(&page).to_string();
        rows.contains("About others") && rows.contains("By another program")
    });
    assert_eq!(changed(&page), json!([]));
    // What is not saved is not written over what another program wrote.
    open(&page, "about.md", "title: About others");
    page.to_end();
    page.type_keys("Mine");
    open(&page, "_posts/2020-01-02-newest.md", "title: The newest");
    std::thread::sleep(std::time::Duration::from_millis(20));
    write_file(&page, "about.md", "---\ntitle: Theirs\n---\n");
    page.action("save-site");
    page.wait_for_message("another program");
    assert_eq!(read_file(&page, "about.md"), "---\ntitle: Theirs\n---\n");
    page.js("document.querySelector(`#site-bar [data-path='about.md']`).click();", json!([]));
    page.wait_for("the choice", "document.querySelector('#conflict')");
}
engines!(what_another_program_changes_is_noticed: Chromium);

fn a_draft_is_begun_and_published(start: Start) {
    let page = pick(start);
    page.action("new-site-draft");
    page.wait_for("the question", "document.getElementById('new-site-title')");
    page.send_keys("#new-site-title", "A new thought");
    page.press("Enter");
    page.wait_for("the draft", "document.querySelector('.file-name').title === '_drafts/a-new-thought.md'");
    assert_eq!(page.text(), "---\nlayout: post\ntitle: A new thought\n---\n\n");
    page.type_keys("Words.");
    page.press("Control+s");
    page.wait_until("the file", || read_file(&page, "_drafts/a-new-thought.md").ends_with("Words."));
    page.action("publish");
    page.wait_for(
        "the post",
        "/^_posts.\\d{4}-\\d\\d-\\d\\d-a-new-thought.md$/.test(document.querySelector('.file-name').title)",
    );
    assert!(page.text().ends_with("Words."));
    let path = page.js("return document.querySelector('.file-name').title;", json!([]));
    let path = path.as_str().expect("a path");
    page.wait_for("the button", "document.querySelector('[data-action=save-site]')");
    page.action("save-site");
    page.wait_until("the post's file", || read_file(&page, path).ends_with("Words."));
    page.wait_until("the draft to be gone", || read_file(&page, "_drafts/a-new-thought.md").is_empty());
    page.reload();
    page.ready();
    wait_for_list(&page);
    assert!(page.text().ends_with("Words."));
    assert!(!rows(&page).to_string().contains("_drafts/a-new-thought.md"));
}
engines!(a_draft_is_begun_and_published: Chromium);

/// Lets no write of a file end before `window.endWrites` is called.
const HELD_WRITES: &str = "const close = FileSystemWritableFileStream.prototype.close; \
    window.holdWrites = () => { const held = new Promise(end => { window.endWrites = end; }); \
        FileSystemWritableFileStream.prototype.close = async function () { \
            await close.call(this); window.fileClosed = true; await held; }; };";

/// A disk may be slow: what is done while a file is being written waits until it is known to be saved.
fn another_file_is_opened_while_one_is_written(start: Start) {
    let page = pick_with(start, HELD_WRITES, &[]);
    open(&page, "_drafts/idea.md", "title: An idea");
    page.to_end();
    page.type_keys("Mine");
    page.js("holdWrites();", json!([]));
    page.press("Control+s");
    page.wait_for("the write to be under way", "window.fileClosed");
    page.click("#site-bar [data-path='_posts/2014-12-08-first.md']");
    page.js("endWrites(); holdWrites();", json!([]));
    page.wait_for("the other file", "document.getElementById('editor').value.includes('title: The first')");
    page.to_end();
    page.type_keys("Other");
    page.press("Control+s");
    page.wait_until("the other file to be written", || {
        read_file(&page, "_posts/2014-12-08-first.md").ends_with("Other")
    });
    page.js("endWrites(); holdWrites(); window.fileClosed = false;", json!([]));
    wait_for_changed(&page, &[]);
    assert!(read_file(&page, "_drafts/idea.md").ends_with("Mine"));

    open(&page, "_drafts/idea.md", "Mine");
    page.to_end();
    page.type_keys(" again");
    page.press("Control+s");
    page.wait_for("the write to be under way", "window.fileClosed");
    page.action("publish");
    page.js("endWrites(); holdWrites(); endWrites();", json!([]));
    page.wait_for("the post", "document.querySelector('.file-name').title.startsWith('_posts/')");
    page.action("save-site");
    page.wait_until("the draft to be gone", || read_file(&page, "_drafts/idea.md").is_empty());
    wait_for_changed(&page, &[]);
}
engines!(another_file_is_opened_while_one_is_written: Chromium);

/// A post gets the name that its title and its date give it; the page is left before the site is saved.
fn a_post_is_renamed(start: Start) {
    let (old, new) = ("_posts/2014-12-08-first.md", "_posts/2015-01-02-second-thought.md");
    let page =
        pick_with(start, "", &[("index.md", "---\ntitle: Index\n---\n\n[One]({% post_url 2014-12-08-first %})\n")]);
    open(&page, old, "title: The first");
    page.write("---\nlayout: post\ntitle: Second thought\ndate: 2015-01-02\n---\n\nWords.\n");
    wait_for_changed(&page, &[old]);
    page.action("rename-site-file");
    page.wait_for("the suggestion", &format!("document.querySelector('[data-suggested=\"{new}\"]')"));
    nothing_is_wrong(&page, "the question for a name");
    // Never over another file.
    page.js("document.getElementById('new-file-name').select();", json!([]));
    page.send_keys("#new-file-name", "_posts/2020-01-02-newest.md");
    page.press("Enter");
    page.wait_for_message("already");
    page.action("rename-site-file");
    page.click(&format!("[data-suggested='{new}']"));
    page.click(".site-new [type=submit]");
    page.wait_for("the new name", &format!("document.querySelector('.file-name').title === '{new}'"));
    page.wait_for("the question about links", "document.querySelector('[data-action=change-links]')");
    page.action("change-links");
    wait_for_changed(&page, &[new, "index.md"]);
    page.wait_until_stored();
    assert!(read_file(&page, old).contains("The first"), "nothing is moved before it is saved");

    page.reload();
    page.ready();
    wait_for_list(&page);
    wait_for_changed(&page, &[new, "index.md"]);
    assert!(page.text().ends_with("Words.\n"));
    assert!(!rows(&page).to_string().contains(old));
    page.action("save-site");
    page.wait_until("the new file", || read_file(&page, new).ends_with("Words.\n"));
    page.wait_until("the old file to be gone", || read_file(&page, old).is_empty());
    assert!(read_file(&page, "index.md").contains("{% post_url 2015-01-02-second-thought %}"));
    wait_for_changed(&page, &[]);
}
engines!(a_post_is_renamed: Chromium);

/// A picture goes where the newest post has its pictures, and comes into the folder when the post is saved.
fn a_picture_comes_into_the_folder_with_its_post(start: Start) {
    let more = [
        ("_posts/2021-01-02-pictured.md", "---\ntitle: Pictured\n---\n\n![](/img/posts/old.png)\n"),
        ("img/posts/old.png", "no picture"),
    ];
    let page = pick_with(start, "", &more);
    let (post, picture) = ("_posts/2014-12-08-first.md", "img/posts/first-1.png");
    let shown =
        "[...document.getElementById('preview').contentDocument?.images ?? []].some(i => i.naturalWidth === 40)";
    open(&page, post, "title: The first");
    wait_for_shown(&page, "The first post.");
    page.to_end();
    page.js_async(
        "const canvas = Object.assign(document.createElement('canvas'), {width: 40, height: 30}); \
         const blob = await new Promise(done => canvas.toBlob(done)); const data = new DataTransfer(); \
         data.items.add(new File([blob], 'image.png', {type: 'image/png'})); \
         document.getElementById('editor').dispatchEvent( \
             new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));",
        json!([]),
    );
    page.wait_until("the address", || page.text().ends_with(&format!("![](/{picture})")));
    page.wait_for("the picture in the page", shown);
    wait_for_changed(&page, &[post]);
    assert_eq!(read_file(&page, picture), "", "nothing is written before the post is saved");
    page.wait_until_stored();

    page.reload();
    page.ready();
    wait_for_list(&page);
    page.wait_for("the picture after a return", shown);
    wait_for_changed(&page, &[post]);
    page.press("Control+s");
    page.wait_until("the post", || read_file(&page, post).contains(picture));
    page.wait_until("the picture in the folder", || read_file(&page, picture).contains("PNG"));
    wait_for_changed(&page, &[]);
    page.wait_for("nothing to save", "!document.querySelector('[data-action=save-site]')");

    page.reload();
    page.ready();
    wait_for_list(&page);
    page.wait_for("the picture of the folder", shown);
    assert_eq!(changed(&page), json!([]));
}
engines!(a_picture_comes_into_the_folder_with_its_post: Chromium);

/// Where the browser cannot write into the folder, the picture is in the archive of what is changed.
fn a_picture_is_downloaded_with_its_post(start: Start) {
    let page = start.open();
    choose_folder(&page, &SITE[..3]);
    wait_for_list(&page);
    open(&page, "_posts/2014-12-08-first.md", "title: The first");
    page.to_end();
    page.js(
        "const data = new DataTransfer(); \
         data.items.add(new File(['<svg xmlns=\"http://www.w3.org/2000/svg\"/>'], 'Plan.svg', {type: 'image/svg+xml'})); \
         window.dispatchEvent(new DragEvent('drop', {dataTransfer: data, cancelable: true}));",
        json!([]),
    );
    page.wait_until("the address", || page.text().ends_with("![](/assets/images/plan.svg)"));
    page.press("Control+s");
    let archive = page.downloaded("blog-changes.zip");
    let text = String::from_utf8_lossy(&archive);
    for piece in ["_posts/2014-12-08-first.md", "![](/assets/images/plan.svg)", "assets/images/plan.svg", "<svg "] {
        assert!(text.contains(piece), "{piece}");
    }
    wait_for_changed(&page, &[]);
}
engines!(a_picture_is_downloaded_with_its_post: Chromium);

fn look(start: Start) {
    let narrow = start.open();
    narrow.js("document.querySelector('[data-action=site]').click();", json!([]));
    narrow.wait_for("the side bar", "document.getElementById('site-folder')");
    nothing_is_wrong(&narrow, "before a folder is open");
    choose_folder(&narrow, &SITE);
    wait_for_list(&narrow);
    narrow.js("for (const group of document.querySelectorAll('#site-bar details')) group.open = true;", json!([]));
    nothing_is_wrong(&narrow, "an open site");
}

fn axe_finds_nothing_in_the_side_bar(start: Start) {
    look(start);
}
engines!(axe_finds_nothing_in_the_side_bar: Chromium);

fn axe_finds_nothing_in_the_dark_side_bar(start: Start) {
    look(start.dark());
}
engines!(axe_finds_nothing_in_the_dark_side_bar: Chromium);

/// On a phone the side bar lies over the text: a file that is chosen there is seen at once.
fn on_a_phone_the_list_lies_over_the_text(start: Start) {
    let page = start.size(390, 844).open();
    page.action("drafts");
    page.wait_for("the dialog", "document.querySelector('[data-action=show-site]')");
    page.action("show-site");
    page.wait_for("the side bar", "document.getElementById('site-bar')");
    choose_folder(&page, &SITE);
    page.wait_for("the newest post", "document.getElementById('editor').value.includes('title: The newest')");
    assert_eq!(page.js("return !!document.getElementById('site-bar');", json!([])), false);
    page.action("site");
    wait_for_list(&page);
    let small = "return [...document.querySelectorAll('#site-bar :is(button, summary, input[type=search])')] \
        .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML);";
    assert_eq!(page.js(small, json!([])), json!([]));
    let wide = "return document.documentElement.scrollWidth;";
    assert_eq!(page.js(wide, json!([])), 390);
    page.click("#site-bar [data-path='_posts/2014-12-08-first.md']");
    page.wait_for("the post", "document.getElementById('editor').value.includes('title: The first')");
    assert_eq!(page.js("return !!document.getElementById('site-bar');", json!([])), false);
}
engines!(on_a_phone_the_list_lies_over_the_text: Chromium);

/// Nothing of all this is loaded before it is asked for.
fn nothing_is_loaded_before_a_site_is_opened(start: Start) {
    let page = start.open();
    page.settle();
    let before = page.server.log().len();
    let part = "return performance.getEntriesByType('resource').map(r => r.name).filter(n => /site|chunk|split/.test(n)).length;";
    let known = page.js(part, json!([]));
    page.action("site");
    page.wait_for("the side bar", "document.getElementById('site-folder')");
    assert!(page.server.log().len() > before, "the part was there already: {known}");
}
engines!(nothing_is_loaded_before_a_site_is_opened: Chromium);
