// The pages that a key is measured in: a bare textarea; a textarea beside a frame in which a script changes one text
// without reading or parsing anything; TOAST UI's editor; this page. In: a browser, where this page is served, a text. Out:
// a page with that text and the caret in the middle of it. Neighbours: keystroke.mjs types there, key-profile.mjs looks into
// this page. APERCU_EDITORS is a folder with the npm packages.
import { createRequire } from "node:module";
import { join } from "node:path";
import { measuring } from "./measuring.mjs";

const TEXTAREA = "<!doctype html><meta charset=utf-8><style>textarea{width:620px;height:700px;font:15px/1.65 monospace}iframe{position:absolute;top:0;left:640px;width:640px;height:770px;border:0}</style><textarea id=editor></textarea>";
const TOAST = "<!doctype html><meta charset=utf-8><link rel=stylesheet href=/toast.css><body style='margin:0'><div id=editor></div><script src=/toast.js></script>";

const serve = async (page, origin, files) => {
  for (const [path, [contentType, body]] of Object.entries(files)) await page.route(`${origin}${path}`, (route) => route.fulfill({ contentType, body }));
  await page.goto(`${origin}${Object.keys(files)[0]}`);
};

// Where the next letter goes: behind a word in the middle of the text.
const middle = (text) => text.indexOf("garçon", text.length / 2);
const caretInTextarea = (page, text) => page.evaluate((at) => {
  const editor = document.getElementById("editor");
  editor.focus();
  editor.setSelectionRange(at, at);
}, middle(text));

const textarea = async (page, origin, text) => {
  await serve(page, origin, { "bare.html": ["text/html", TEXTAREA] });
  await page.evaluate((text) => { document.getElementById("editor").value = text; }, text);
  await page.evaluate(measuring);
  await caretInTextarea(page, text);
};

const patched = async (page, origin, text, post) => {
  await serve(page, origin, { "patched.html": ["text/html", `${TEXTAREA}<iframe id=preview sandbox="allow-same-origin" src="${post.frame}"></iframe>`] });
  await page.evaluate(measuring);
  await page.evaluate(([text, body]) => {
    const editor = document.getElementById("editor"), frame = document.getElementById("preview").contentDocument;
    editor.value = text;
    frame.body.innerHTML = body;
    const walker = frame.createTreeWalker(frame.body, NodeFilter.SHOW_TEXT), texts = [];
    while (walker.nextNode()) if (walker.currentNode.data.length > 30) texts.push(walker.currentNode);
    const one = texts[texts.length >> 1];
    one.parentElement.scrollIntoView({ block: "center" });
    editor.addEventListener("input", ({ data }) => requestAnimationFrame(() => { one.data = `${one.data}${data}`; }));
    window.watch(frame.body);
  }, [text, post.body]);
  await caretInTextarea(page, text);
};

// As compare-sizes.mjs bundles it.
const bundled = async (entry, loader) => {
  const editors = process.env.APERCU_EDITORS;
  const esbuild = createRequire(join(editors, "package.json"))("esbuild");
  const { outputFiles } = await esbuild.build({ stdin: { contents: entry, loader, resolveDir: editors }, bundle: true, minify: true, write: false, logLevel: "error" });
  return outputFiles[0].text;
};
const toast = async (page, origin, text) => {
  await serve(page, origin, {
    "toast.html": ["text/html", TOAST],
    "toast.js": ["text/javascript", await bundled('import Editor from "@toast-ui/editor"; window.Editor = Editor;', "js")],
    "toast.css": ["text/css", await bundled('@import "@toast-ui/editor/dist/toastui-editor.css";', "css")],
  });
  await page.evaluate(measuring);
  await page.evaluate(({ text, line, character }) => {
    const editor = new window.Editor({ el: document.getElementById("editor"), height: "800px", initialEditType: "markdown", previewStyle: "vertical", usageStatistics: false, frontMatter: true, initialValue: text });
    editor.setSelection([line, character], [line, character]);
    editor.focus();
    window.watch(document.querySelector(".toastui-editor-md-preview"));
  }, { text, line: text.slice(0, middle(text)).split("\n").length, character: middle(text) - text.lastIndexOf("\n", middle(text)) });
};

const apercu = async (page, origin, text) => {
  await page.addInitScript(() => { delete window.showOpenFilePicker; });
  await page.goto(origin);
  await page.waitForSelector("body[data-ready=true]");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.click("[data-action=open]")]);
  await chooser.setFiles({ name: "2014-12-08-long.md", mimeType: "text/markdown", buffer: Buffer.from(text) });
  await page.waitForFunction((size) => document.getElementById("editor").value.length >= size, text.length, { timeout: 60_000 });
  await page.waitForTimeout(1_500);
  await page.evaluate(measuring);
  await page.evaluate(() => window.watch(document.getElementById("preview").contentDocument.body));
  await caretInTextarea(page, text);
};

export const KINDS = { textarea, patched, toast, apercu };

/** A page of that kind with the text, ready to be typed into. `post` is what `shownPost` gives; only `patched` needs it. */
export const open = async (browser, origin, kind, text, post) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await KINDS[kind](page, origin, text, post);
  // The pointer lies over the text in every one of them: browsers ask after each layout what lies under it.
  await page.mouse.move(300, 400);
  await page.waitForTimeout(1_000);
  return page;
};

/** The post that this page shows: the address of the frame's document, and its body as HTML. */
export const shownPost = (page) => page.evaluate(() => {
  const frame = document.getElementById("preview");
  return { frame: frame.src, body: frame.contentDocument.body.innerHTML };
});
