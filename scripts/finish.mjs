// The last step of the build, run by Trunk on its staging folder: styles go into the two documents, scripts and the
// preview's document get hashed names and integrity, and the page's Content-Security-Policy is written with the hash
// of its one inline style. In: TRUNK_STAGING_DIR, src/*.js, preview.html, styles/. Out: the files there.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { characters, early, seldom, seldomRead } from "./halves.mjs";
import { split } from "./split.mjs";
import { squeeze, squeezeScript } from "./squeeze.mjs";

const root = process.env.TRUNK_SOURCE_DIR ?? process.cwd();
const staging = process.env.TRUNK_STAGING_DIR;
const watching = process.env.TRUNK_PROFILE === "debug";
const read = (name) => readFileSync(join(root, name), "utf8");
const digest = (kind, bytes) => `${kind}-${createHash(kind).update(bytes).digest("base64")}`;
const once = (text, what, by) => {
  if (text.split(what).length !== 2) throw new Error(`expected exactly one ${what}`);
  return text.replace(what, () => by);
};

// Writes `stem-HASH.extension` and tells its name and integrity.
const hashed = (stem, extension, text) => {
  const name = `${stem}-${createHash("sha256").update(text).digest("hex").slice(0, 16)}.${extension}`;
  writeFileSync(join(staging, name), text);
  return { name, integrity: digest("sha384", text) };
};
const built = (pattern) => {
  const names = readdirSync(staging).filter((name) => pattern.test(name));
  if (names.length !== 1) throw new Error(`expected exactly one ${pattern}, found ${names.join(", ") || "none"}`);
  if (names[0].endsWith(".js")) {
    const path = join(staging, names[0]);
    writeFileSync(path, squeezeScript(readFileSync(path, "utf8")));
  }
  return { name: names[0], integrity: digest("sha384", readFileSync(join(staging, names[0]))) };
};

const preview = hashed("preview", "html",
  once(read("preview.html"), "<!-- styles/preview.css -->", squeeze(read("styles/preview.css"))));
const glue = built(/^apercu-[0-9a-f]+\.js$/);
const whole = built(/^apercu-[0-9a-f]+_bg\.wasm$/);
const halves = () => {
  const { first, rest, glue: short } = split(readFileSync(join(staging, whole.name)), readFileSync(join(staging, glue.name), "utf8"), { later: ["start"], early, seldom, characters, data: seldomRead.map((name) => readFileSync(join(root, name))) });
  for (const { name } of [whole, glue]) unlinkSync(join(staging, name));
  return [hashed("apercu", "js", short), hashed("apercu", "wasm", first), hashed("rest", "wasm", rest)];
};
const [program, wasm, rest] = watching ? [glue, whole, { name: "", integrity: "" }] : halves();
// Trunk gives the companion module no hash, as it takes it for a worker's.
const renamed = (name, stem, extension) => {
  const bytes = extension === "js" ? squeezeScript(readFileSync(join(staging, name), "utf8")) : readFileSync(join(staging, name));
  unlinkSync(join(staging, name));
  return hashed(stem, extension, bytes);
};
const companion = renamed("companion.js", "companion", "js");
const companionWasm = renamed("companion_bg.wasm", "companion", "wasm");
const start = hashed("start", "js", Object.entries({
  "program": program.name,
  "program-integrity": program.integrity,
  "wasm": wasm.name,
  "integrity": wasm.integrity,
  "rest": rest.name,
  "rest-integrity": rest.integrity,
  "companion": companion.name,
  "companion-integrity": companion.integrity,
  "companion-wasm": companionWasm.name,
  "companion-wasm-integrity": companionWasm.integrity,
}).reduce((text, [name, value]) => text.replaceAll(`{{${name}}}`, value), squeezeScript(read("src/start.js"))));
const recovery = hashed("recovery", "js", squeezeScript(read("src/recovery.js")));

const style = squeeze(read("styles/desk.css") + read("styles/page.css"));
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  `style-src '${digest("sha256", style)}'`,
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

let page = readFileSync(join(staging, "index.html"), "utf8");
// While watching, Trunk adds an inline script of its own to reload the page.
page = once(page, "<!-- build: content-security-policy -->",
  watching ? "" : `<meta http-equiv="Content-Security-Policy" content="${policy}">`);
page = once(page, "<!-- build: styles/page.css -->", `<style>${style}</style>`);
page = once(page, 'src="preview.html"', `src="${preview.name}"`);
page = once(page, "<!-- build: scripts -->", [
  `<link rel="preload" href="${wasm.name}" as="fetch" type="application/wasm" crossorigin integrity="${wasm.integrity}">`,
  `<link rel="modulepreload" href="${program.name}" crossorigin integrity="${program.integrity}">`,
  `<script defer src="${recovery.name}" integrity="${recovery.integrity}"></script>`,
  `<script type="module" src="${start.name}" integrity="${start.integrity}"></script>`,
].join("\n"));
page = page.replace(/<!--[^]*?-->\s*/g, "").replace(/^\s+/gm, "");
writeFileSync(join(staging, "index.html"), page);
