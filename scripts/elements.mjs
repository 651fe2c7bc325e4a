// What elements cost a page: from the start of the script to the first and the last element drawn, and a key, with 1, 10
// and 30 of them; in headless Chromium, beside a bare textarea as the floor. And one element on a slow phone: from the
// start of the navigation to the first preview, and to the whole element. In: `node elements.mjs PKG POST`. Out: a table.
// Neighbours: scripts/bench.sh.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { launch } from "./chromium.mjs";
import { SLOW_PHONE, measuring, quantile, slowPhone } from "./measuring.mjs";

const [pkg, post] = process.argv.slice(2);
const KINDS = { js: "text/javascript", wasm: "application/wasm", html: "text/html" };
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; style-src 'self'; img-src 'self'; require-trusted-types-for 'script'";
const COUNTS = [1, 10, 30];
const KEYS = 50;

const sentence = "The post before one writes été où garçon a line with *some* emphasis and `code` in it, a [link](https://example.org/page).";
const body = (bytes) => {
  let text = "";
  for (let n = 1; text.length < bytes; n += 1) text += n % 5 === 0 ? `## Section ${n}\n\n` : `${sentence} ${sentence}\n\n`;
  return text;
};
const PRELOADED = '<link rel="modulepreload" href="/pkg/index.js"><link rel="preload" as="fetch" href="/pkg/apercu_bg.wasm" crossorigin>';
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const page = (count, tag, text = body(4_000), attributes = 'front-matter="off"', script = "/start.js", head = "") => {
  const field = (n) => `<textarea name="t${n}" rows="8">${escaped(text)}</textarea>`;
  const fields = Array.from({ length: count }, (_, n) => (tag ? `<apercu-editor ${attributes}>${field(n)}</apercu-editor>` : field(n)));
  return `<!doctype html><meta charset="utf-8"><title>Elements</title>${head}${tag ? `<script type="module" src="${script}"></script>` : ""}<form>${fields.join("\n")}</form>`;
};
const START = `performance.mark("start"); window.ready = []; document.addEventListener("apercu:ready", () => window.ready.push(performance.now() - performance.getEntriesByName("start")[0].startTime));
import("/pkg/auto.js");`;

const compressed = new Map();
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  const send = (type, bytes) => {
    if (!compressed.has(path)) compressed.set(path, brotliCompressSync(bytes));
    const headers = { "Content-Type": type, "Content-Encoding": "br", "Content-Security-Policy": POLICY, "Cache-Control": "no-store" };
    response.writeHead(200, headers).end(compressed.get(path));
  };
  const wanted = path.match(/^\/(elements|fields)\/(\d+)$/);
  if (wanted) return send(KINDS.html, page(Number(wanted[2]), wanted[1] === "elements"));
  // As the package's README has it: the tag alone, or with its lines for slow lines.
  if (path === "/post") return send(KINDS.html, page(1, true, readFileSync(post, "utf8"), "", "/pkg/auto.js"));
  if (path === "/preloaded") return send(KINDS.html, page(1, true, readFileSync(post, "utf8"), "", "/pkg/auto.js", PRELOADED));
  if (path === "/start.js") return send(KINDS.js, START);
  try {
    const name = normalize(path.replace(/^\/pkg\//, ""));
    send(KINDS[name.split(".").pop()] ?? "text/plain", readFileSync(join(pkg, name)));
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}`;

const browser = await launch();
const type = async (tab) => {
  await tab.evaluate(measuring);
  await tab.evaluate(() => {
    scrollTo(0, 0);
    const field = document.querySelector("textarea");
    const half = field.value.indexOf("garçon", field.value.length / 2);
    field.focus();
    field.setSelectionRange(half, half);
  });
  await tab.waitForTimeout(500);
  for (let key = 0; key < KEYS; key += 1) {
    await tab.keyboard.press("abcde"[key % 5]);
    await tab.waitForTimeout(100);
  }
  return tab.evaluate(() => window.times);
};

console.log("elements  ready ms: first    all    key→frame ms: median   p95    fields alone: median   p95");
for (const count of COUNTS) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const runs = [];
  let tab;
  for (let run = 0; run < 5; run += 1) {
    await tab?.close();
    tab = await context.newPage();
    await tab.goto(`${origin}/elements/${count}`);
    await tab.waitForFunction(() => window.ready?.length);
    const first = await tab.evaluate(() => window.ready[0]);
    // They are drawn as they come near the view: all of them, one screen after the other.
    await tab.evaluate(async () => {
      for (const element of document.querySelectorAll("apercu-editor")) {
        element.scrollIntoView();
        if (!element.hasAttribute("data-ready")) await new Promise((done) => element.addEventListener("apercu:ready", done, { once: true }));
      }
    });
    runs.push([first, await tab.evaluate(() => window.ready.at(-1))]);
  }
  const ours = await type(tab);
  await tab.close();
  const bare = await context.newPage();
  await bare.goto(`${origin}/fields/${count}`);
  const floor = await type(bare);
  await context.close();
  const cells = [quantile(runs.map((r) => r[0]), 0.5), quantile(runs.map((r) => r[1]), 0.5), quantile(ours, 0.5), quantile(ours, 0.95), quantile(floor, 0.5), quantile(floor, 0.95)].map((v) => v.toFixed(1));
  console.log(`${String(count).padEnd(9)} ${cells[0].padStart(15)} ${cells[1].padStart(6)} ${cells[2].padStart(23)} ${cells[3].padStart(5)} ${cells[4].padStart(23)} ${cells[5].padStart(5)}`);
}

// When something of the post is seen, and when the element is whole.
const looking = () => {
  if (window !== top) return;
  const look = () => {
    const element = document.querySelector("apercu-editor");
    const frame = element?.shadowRoot?.getElementById("preview");
    const shown = frame?.clientHeight && frame.contentDocument?.querySelector(".post-body p");
    if (!window.shown && shown) window.shown = performance.now();
    if (shown && element.hasAttribute("data-ready")) window.whole = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};
for (const path of ["post", "preloaded"]) {
  const runs = [];
  // The first is there for the server, which compresses each file once.
  for (let run = -1; run < 5; run += 1) {
    // Held across: upright it shows one of its two panes.
    const context = await browser.newContext({ viewport: { width: 800, height: 390 } });
    const tab = await context.newPage();
    await slowPhone(tab);
    await tab.addInitScript(looking);
    await tab.goto(`${origin}/${path}`, { waitUntil: "commit" });
    await tab.waitForFunction(() => window.whole, null, { timeout: 60000 });
    if (run >= 0) runs.push(await tab.evaluate(() => [window.shown, window.whole]));
    await context.close();
  }
  const [shown, whole] = [0, 1].map((at) => quantile(runs.map((run) => run[at]), 0.5).toFixed(0));
  console.log(`one element on a slow phone (${path === "post" ? "the tag alone" : "with preloads"}): post ${shown} ms, whole element ${whole}; medians of 5; ${SLOW_PHONE}`);
}
await browser.close();
server.close();
