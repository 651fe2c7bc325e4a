// What elements cost a page: from the start of the script to the first and the last element drawn, and a key, with 1, 10
// and 30 of them; in headless Chromium, beside a bare textarea as the floor. In: `node elements.mjs PKG`. Out: a table.
// Neighbours: scripts/bench.sh.
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { join, normalize } from "node:path";
import { launch } from "./chromium.mjs";
import { measuring, quantile } from "./measuring.mjs";

const [pkg] = process.argv.slice(2);
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
const page = (count, tag) => {
  const field = (n) => `<textarea name="t${n}" rows="8">${body(4_000)}</textarea>`;
  const fields = Array.from({ length: count }, (_, n) => (tag ? `<apercu-editor front-matter="off">${field(n)}</apercu-editor>` : field(n)));
  return `<!doctype html><meta charset="utf-8"><title>Elements</title>${tag ? '<script type="module" src="/start.js"></script>' : ""}<form>${fields.join("\n")}</form>`;
};
const START = `performance.mark("start"); window.ready = []; document.addEventListener("apercu:ready", () => window.ready.push(performance.now() - performance.getEntriesByName("start")[0].startTime));
import("/pkg/auto.js");`;

const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  const send = (type, bytes) => response.writeHead(200, { "Content-Type": type, "Content-Security-Policy": POLICY, "Cache-Control": "no-store" }).end(bytes);
  const wanted = path.match(/^\/(elements|fields)\/(\d+)$/);
  if (wanted) return send(KINDS.html, page(Number(wanted[2]), wanted[1] === "elements"));
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
await browser.close();
server.close();
