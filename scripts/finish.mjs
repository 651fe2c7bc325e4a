// The last step of the build, run by Trunk on its staging folder: the program is parted and made small, styles go into the
// two documents, scripts and the preview's document get hashed names and integrity, and the page's Content-Security-Policy
// is written with the hash of its one inline style. In: TRUNK_STAGING_DIR, src/*.js, preview.html, site.html,
// with-scripts.html, styles/, the page's tree; APERCU_BIND is set where `apercu-bind` is there. Out: the files there.
// Neighbours: program.mjs.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { digest, linked, optimise, program, smallScript, smallStyles } from "./program.mjs";

const root = process.env.TRUNK_SOURCE_DIR ?? process.cwd();
const staging = process.env.TRUNK_STAGING_DIR;
const watching = process.env.TRUNK_PROFILE === "debug";
const read = (name) => readFileSync(join(root, name), "utf8");
const once = (text, what, by) => {
  if (text.split(what).length !== 2) throw new Error(`expected exactly one ${what}`);
  return text.replace(what, () => by);
};

// Writes `stem-HASH.extension` and tells its name and integrity. The hash is also of a file whose name follows from this one.
const hashed = (stem, extension, text, follower = "") => {
  const name = `${stem}-${createHash("sha256").update(text).update(follower).digest("hex").slice(0, 16)}.${extension}`;
  writeFileSync(join(staging, name), text);
  return { name, integrity: digest("sha256", text) };
};
const built = (pattern) => {
  const names = readdirSync(staging).filter((name) => pattern.test(name));
  if (names.length !== 1) throw new Error(`expected exactly one ${pattern}, found ${names.join(", ") || "none"}`);
  return { name: names[0], integrity: digest("sha256", readFileSync(join(staging, names[0]))) };
};

const preview = hashed("preview", "html",
  once(read("preview.html"), "<!-- styles/preview.css -->", smallStyles(read("styles/preview.css"))));
// The document that pages of a whole site are shown in: with styles of the site, and none of ours.
const site = hashed("site", "html", read("site.html"), read("with-scripts.html"));
// The document that they are shown in with their scripts. Its name follows from the other, which the page knows.
writeFileSync(join(staging, site.name.replace(/\.html$/, "-with-scripts.html")), read("with-scripts.html"));
const [GLUE, WASM] = [/^apercu-[0-9a-f]+\.js$/, /^apercu-[0-9a-f]+_bg\.wasm$/];
const bound = { glue: built(GLUE), wasm: built(WASM) };

/** The program as Trunk has bound it: one file. */
const whole = async () => {
  if (!watching) await optimise(join(staging, bound.wasm.name));
  return { glue: built(GLUE), wasm: built(WASM) };
};

// The parts; what stands after `@` is always loaded before.
const PARTS = ["page", "tools", "colours", "site", "sass@site", "emoji@site", "plugins@site", "archives@site", "writing", "drafts"];
// Its files call each other by names without a hash, so the folder that they lie in has one.
const inFolder = async () => {
  for (const { name } of Object.values(bound)) unlinkSync(join(staging, name));
  const input = linked(root);
  const folder = `program-${createHash("sha256").update(readFileSync(input)).digest("hex").slice(0, 16)}`;
  mkdirSync(join(staging, folder));
  const parts = await program(input, join(staging, folder), PARTS, "page");
  const file = (name) => ({ name: `${folder}/${name}`, integrity: digest("sha256", readFileSync(join(staging, folder, name))) });
  return { glue: file("apercu.js"), wasm: file("apercu_bg.wasm"), loader: parts.page && file("split.js") };
};
const { glue, wasm, loader } = process.env.APERCU_BIND && !watching ? await inFolder() : await whole();

// Without a network: the page's side of it has a hash in its name, the worker itself must keep its name.
const offline = hashed("offline-page", "js", smallScript(read("src/offline-page.js")));
const start = hashed("start", "js", Object.entries({ offline: offline.name, program: glue.name, wasm: wasm.name, integrity: wasm.integrity })
  .reduce((text, [name, value]) => text.replaceAll(`{{${name}}}`, value), smallScript(read("src/start.js"))));
const recovery = hashed("recovery", "js", smallScript(read("src/recovery.js"), "iife"));

// The page's tree as its components draw it natively (src/app/prerender.rs). The address of the preview's document is known
// here only; and set again, it would be loaded again.
const tree = () => {
  const html = execFileSync("cargo", ["run", "--quiet", "--features", "prerender", "--bin", "prerender"], { cwd: root, encoding: "utf8" });
  return once(html.trim(), '<iframe id="preview"', `<iframe src="${preview.name}" data-post="${preview.name}" data-site="${site.name}" id="preview"`);
};

// The tables for code in colours, if ./dev has made them (scripts/rouge-tables.rb). Their names have hashes; the page is
// told the name of their index, and loads that and a table when a post first needs them.
const tables = join(root, "target/rouge");
const languages = () => {
  if (!existsSync(join(tables, "index"))) return "";
  cpSync(tables, join(staging, "rouge"), { recursive: true });
  const name = `index-${createHash("sha256").update(readFileSync(join(tables, "index"))).digest("hex").slice(0, 12)}`;
  renameSync(join(staging, "rouge/index"), join(staging, "rouge", name));
  return `<meta name="languages" content="rouge/${name}">`;
};

// The theme of new sites, if ./dev has it, with its licence. Its name has its version; the page asks for it by that name when
// a site with that theme is opened.
const themes = join(root, "target/themes");
if (existsSync(themes)) cpSync(themes, join(staging, "themes"), { recursive: true });

const style = smallStyles(read("styles/workspace.css") + read("styles/page.css"));
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  `style-src '${digest("sha256", style)}'`,
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

let page = readFileSync(join(staging, "index.html"), "utf8");
// While watching, Trunk adds an inline script of its own to reload the page.
page = once(page, "<!-- build: content-security-policy -->",
  watching ? "" : `<meta http-equiv="Content-Security-Policy" content="${policy}">`);
page = once(page, "<!-- build: languages -->", languages());
page = once(page, "<!-- build: styles/page.css -->", `<style>${style}</style>`);
page = once(page, "<!-- build: scripts -->", [
  `<link rel="preload" href="${wasm.name}" as="fetch" type="application/wasm" crossorigin integrity="${wasm.integrity}">`,
  ...[glue, loader].filter(Boolean).map(({ name, integrity }) => `<link rel="modulepreload" href="${name}" crossorigin integrity="${integrity}">`),
  `<script defer src="${recovery.name}" integrity="${recovery.integrity}"></script>`,
  `<script type="module" src="${start.name}" integrity="${start.integrity}"></script>`,
].join("\n"));
page = once(page, "<!-- build: tree -->", tree());
page = page.replace(/<!--[^]*?-->\s*/g, "").replace(/^\s+/gm, "");

// The page and its service worker know each other by a version, which stands for everything that was built.
for (const [name, text] of [["manifest.json", read("src/manifest.json")], ["icon.svg", read("src/icon.svg")]]) writeFileSync(join(staging, name), text);
const names = readdirSync(staging, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .map((entry) => relative(staging, join(entry.parentPath, entry.name))).filter((name) => name !== "index.html" && !name.endsWith("parts.json")).sort();
const version = createHash("sha256").update([page, read("src/manifest.json"), read("src/icon.svg"), ...names].join("\n")).digest("hex").slice(0, 16);
page = once(page, '<meta name="referrer"', `<meta name="version" content="${version}">\n<link rel="manifest" href="manifest.json">\n<meta name="referrer"`);
writeFileSync(join(staging, "index.html"), page);
const isTable = (name) => name.startsWith("rouge/");
const listed = { version, files: names.filter((name) => !isTable(name)).join(" "), tables: names.filter(isTable).join(" ") };
if (!watching) writeFileSync(join(staging, "offline.js"), Object.entries(listed)
  .reduce((text, [name, value]) => text.replaceAll(`{{${name}}}`, value), smallScript(read("src/offline.js"))));
