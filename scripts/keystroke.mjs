// What a key costs in headless Chromium, in one run beside others, which take turns; see key-pages.mjs for them. Ten keys a
// second are typed in the middle of the text. In: `node keystroke.mjs PORT [BYTES…]`, this page served at 127.0.0.1:PORT.
// Out: a table of medians for each key: milliseconds from keydown to the end of the frame that shows it in the preview,
// and of the main thread's CPU time. Neighbours: bench.sh.
import { launch } from "./chromium.mjs";
import { KINDS, open, shownPost } from "./key-pages.mjs";
import { quantile } from "./measuring.mjs";
import { body, FRONT_MATTER } from "./sample-text.mjs";

const [port, ...sizes] = process.argv.slice(2);
const origin = `http://127.0.0.1:${port}/`;
// Each has so many turns of so many keys; the first of a turn is not counted.
const [TURNS, KEYS, PERIOD] = [4, 16, 100];

const TIMES = { busy: "TaskDuration", script: "ScriptDuration", style: "RecalcStyleDuration", layout: "LayoutDuration" };
const cpu = async (session) => {
  const { metrics } = await session.send("Performance.getMetrics");
  return Object.fromEntries(Object.entries(TIMES).map(([name, metric]) => [name, metrics.find((m) => m.name === metric).value * 1000]));
};

const turn = async ({ page, session, keys }) => {
  await page.bringToFront();
  let next = performance.now();
  for (let key = 0; key < KEYS; key += 1) {
    const count = await page.evaluate(() => window.times.length);
    const before = await cpu(session);
    await page.keyboard.press("abcde"[key % 5]);
    next = Math.max(next + PERIOD, performance.now());
    await page.waitForTimeout(next - performance.now());
    // A key that takes longer than a tenth of a second is waited for.
    let after = await cpu(session);
    for (let waited = 0; (await page.evaluate(() => window.times.length)) === count; waited += 1) {
      if (waited === 400) throw new Error("what was typed was not shown");
      await page.waitForTimeout(25);
      after = await cpu(session);
    }
    if (key === 0) continue;
    keys.push(Object.fromEntries(Object.keys(TIMES).map((name) => [name, after[name] - before[name]])));
    keys.at(-1).shown = await page.evaluate(() => window.times.at(-1));
  }
  await page.waitForTimeout(600);
};

const browser = await launch();
console.log("KB     editor     key→frame: median   p95   busy: median   p95   script  style  layout  nodes");
for (const size of sizes.length ? sizes.map(Number) : [4_000, 54_000, 1_000_000]) {
  const text = FRONT_MATTER + body(size);
  const sides = {};
  for (const kind of Object.keys(KINDS).reverse()) {
    const post = kind === "patched" ? await shownPost(sides.apercu.page) : undefined;
    const page = await open(browser, origin, kind, text, post);
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    sides[kind] = { page, session, keys: [] };
  }
  for (let n = 0; n < TURNS; n += 1) for (const kind of Object.keys(KINDS)) await turn(sides[kind]);
  for (const kind of Object.keys(KINDS)) {
    const { page, keys } = sides[kind];
    const value = (name, q = 0.5, width = 6) => quantile(keys.map((key) => key[name]), q).toFixed(1).padStart(width);
    const nodes = ((await page.evaluate(() => window.touched)) / (TURNS * KEYS)).toFixed(1);
    console.log(`${String(size / 1000).padEnd(6)} ${kind.padEnd(10)} ${value("shown", 0.5, 17)} ${value("shown", 0.95)} ${value("busy", 0.5, 13)} ${value("busy", 0.95)} ${value("script", 0.5, 8)} ${value("style")} ${value("layout", 0.5, 7)} ${nodes.padStart(6)}`);
    await page.context().close();
  }
}
await browser.close();
