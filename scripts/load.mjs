// The first load on a slow phone, as measuring.mjs has it. In: `node load.mjs PORT POST`, the page served at
// 127.0.0.1:PORT. Out: milliseconds until the textarea can be typed into, holds a text, the post stands in the preview, and
// the page is whole. Neighbours: bench.sh.
import { readFileSync } from "node:fs";
import { launch } from "./chromium.mjs";
import { SLOW_PHONE, quantile, slowPhone } from "./measuring.mjs";

const [port, post] = process.argv.slice(2);
const url = `http://127.0.0.1:${port}/`;
const seed = readFileSync(post, "utf8");
const browser = await launch();

// When the textarea can be typed into and holds a text, when a post stands in the preview, and when the page is whole.
const looking = (pasted) => {
  if (window !== top) return;
  const look = () => {
    const editor = document.getElementById("editor");
    if (!window.editable && editor) {
      window.editable = performance.now();
      // As if it were pasted at the first moment: nothing could have been known of it.
      if (pasted) {
        editor.value = pasted;
        editor.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
    if (!window.filled && editor?.value) window.filled = performance.now();
    const post = document.getElementById("preview")?.contentDocument?.querySelector(".post-body p");
    if (!window.shown && post) window.shown = performance.now();
    if (post && document.body.dataset.ready === "true") window.whole = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};
const load = async (visit) => {
  const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
  const page = await context.newPage();
  if (visit === "on a return") {
    await page.goto(url);
    await page.waitForSelector("body[data-ready=true]");
    await page.evaluate((seed) => { const e = document.getElementById("editor"); e.value = seed; e.dispatchEvent(new Event("input", { bubbles: true })); }, seed);
    await page.waitForFunction(() => document.body.saved === "saved");
    await page.waitForTimeout(500);
    await page.goto("about:blank");
  }
  await slowPhone(page);
  await page.addInitScript(looking, visit === "pasted at once" ? seed : "");
  await page.goto(url, { waitUntil: "commit" });
  await page.waitForFunction(() => window.whole, null, { timeout: 60000 });
  const times = await page.evaluate(() => [window.editable, window.filled, window.shown, window.whole]);
  await context.close();
  return times;
};
for (const visit of ["a first visit", "pasted at once", "on a return"]) {
  const runs = [];
  for (let run = 0; run < 5; run += 1) runs.push(await load(visit));
  const [editable, filled, shown, whole] = [0, 1, 2, 3].map((at) => quantile(runs.map((run) => run[at]), 0.5).toFixed(0));
  console.log(`${visit}: textarea ${editable} ms, text ${filled}, post ${shown}, whole page ${whole}`);
}
console.log(`medians of 5; ${SLOW_PHONE}`);
await browser.close();
