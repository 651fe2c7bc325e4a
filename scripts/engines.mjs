// Source to HTML in headless Chromium: `render` of the package beside JavaScript's engines, in one page, in turn.
// In: `node engines.mjs PKG`, APERCU_ENGINES (a folder with the npm packages). Out: a table of MB of source a second,
// medians; ours also reads the front matter, sanitizes, and makes an object of the answer. Neighbours: scripts/bench.sh.
import { readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { launch } from "./chromium.mjs";
import { body } from "./sample-text.mjs";

const pkg = process.argv[2];
const engines = join(process.env.APERCU_ENGINES, "node_modules");
const kinds = { ".js": "text/javascript", ".wasm": "application/wasm" };
const files = {
  "/": ["text/html", "<!doctype html><meta charset=utf-8><title>engines</title>"],
  "/markdown-it.js": ["text/javascript", readFileSync(join(engines, "markdown-it/dist/markdown-it.min.js"))],
  "/marked.js": ["text/javascript", readFileSync(join(engines, "marked/lib/marked.umd.js"))],
  "/commonmark.js": ["text/javascript", readFileSync(join(engines, "commonmark/dist/commonmark.min.js"))],
};
for (const name of readdirSync(pkg)) if (kinds[extname(name)]) files[`/pkg/${name}`] = [kinds[extname(name)], readFileSync(join(pkg, name))];
const browser = await launch();
const page = await browser.newPage();
await page.route("**/*", (route) => {
  const file = files[new URL(route.request().url()).pathname];
  return file ? route.fulfill({ contentType: file[0], body: file[1] }) : route.fulfill({ status: 404, body: "" });
});
await page.goto("http://localhost/");
for (const name of ["markdown-it", "marked", "commonmark"]) await page.addScriptTag({ url: `/${name}.js` });
await page.evaluate(async () => {
  const apercu = await import("/pkg/index.js");
  const it = window.markdownit({ html: true });
  const reader = new window.commonmark.Parser(), writer = new window.commonmark.HtmlRenderer();
  window.engines = {
    "apercu (kramdown)": (text) => apercu.render(text, { frontMatter: false, checks: false }),
    "markdown-it": (text) => it.render(text),
    marked: (text) => window.marked.parse(text),
    "commonmark.js": (text) => writer.render(reader.parse(text)),
  };
});
console.log("MB of source a second: median of the runs");
console.log("KB       " + Object.keys(await page.evaluate(() => Object.fromEntries(Object.keys(window.engines).map((n) => [n, 0])))).map((n) => n.padStart(20)).join(""));
for (const [size, runs] of [[4_000, 61], [54_000, 61], [1_000_000, 11]]) {
  const speeds = await page.evaluate(async ({ text, runs }) => {
    const bytes = new TextEncoder().encode(text).length;
    const times = Object.fromEntries(Object.keys(window.engines).map((name) => [name, []]));
    for (const render of Object.values(window.engines)) for (let i = 0; i < Math.min(runs, 30); i += 1) await render(text);
    // In turn, so that a busy moment of the machine slows all of them alike.
    // The clock counts tenths of a millisecond, so each batch takes about ten milliseconds.
    const batch = Math.max(1, Math.round(400_000 / text.length));
    for (let run = 0; run < runs; run += 1) {
      for (const [name, render] of Object.entries(window.engines)) {
        const start = performance.now();
        for (let i = 0; i < batch; i += 1) await render(text);
        times[name].push((performance.now() - start) / batch);
      }
    }
    return Object.values(times).map((list) => bytes / 1000 / list.sort((a, b) => a - b)[list.length >> 1]);
  }, { text: body(size), runs });
  console.log(String(size / 1000).padEnd(9) + speeds.map((speed) => speed.toFixed(1).padStart(20)).join(""));
}
await browser.close();
