// The last step of the build, run by Trunk on its staging folder: styles go into the two documents, the preview's
// document gets a hashed name, and the page's Content-Security-Policy is written with the hash of every inline
// script and style. In: TRUNK_STAGING_DIR, preview.html, styles/. Out: index.html and preview-HASH.html there.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = process.env.TRUNK_SOURCE_DIR ?? process.cwd();
const staging = process.env.TRUNK_STAGING_DIR;
const watching = process.env.TRUNK_PROFILE === "debug";
const read = (name) => readFileSync(join(root, name), "utf8");
const sha = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const once = (text, what, by) => {
  if (text.split(what).length !== 2) throw new Error(`expected exactly one ${what}`);
  return text.replace(what, () => by);
};

// Comments and indentation go; strings and values stay as they are.
const squeeze = (css) =>
  css.replace(/\/\*[^]*?\*\//g, "").replace(/^\s+/gm, "").replace(/\n+/g, "\n").trim();

const preview = once(read("preview.html"), "<!-- styles/preview.css -->", `<style>${squeeze(read("styles/preview.css"))}</style>`);
const previewName = `preview-${createHash("sha256").update(preview).digest("hex").slice(0, 16)}.html`;
writeFileSync(join(staging, previewName), preview);

let page = readFileSync(join(staging, "index.html"), "utf8");
page = once(page, "<!-- build: styles/page.css -->", `<style>${squeeze(read("styles/page.css"))}</style>`);
page = once(page, 'src="preview.html"', `src="${previewName}"`);

// `<script>` without `src`, and `<style>`: what stands between the tags is what the browser hashes.
const inline = (tag) => [...page.matchAll(new RegExp(`<${tag}(?![^>]*\\ssrc=)[^>]*>([^]*?)</${tag}>`, "g"))].map((m) => sha(m[1]));
const policy = [
  "default-src 'none'",
  `script-src 'self' 'wasm-unsafe-eval' ${inline("script").join(" ")}`,
  `style-src ${inline("style").join(" ")}`,
  "img-src 'self' data:",
  `connect-src 'self'${watching ? " ws://127.0.0.1:*" : ""}`,
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
page = once(page, "<!-- build: content-security-policy -->", `<meta http-equiv="Content-Security-Policy" content="${policy}">`);
writeFileSync(join(staging, "index.html"), page);
