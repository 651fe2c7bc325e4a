// The keystroke in headless Chromium, in one run beside a bare textarea as the floor and beside the least that any page
// with such a preview pays (a textarea, a frame with the same post, and a script that changes one text in it without
// reading or parsing anything); and the first load on a slow phone. In: `node keystroke.mjs PORT keystroke|load [POST]`, the page served at 127.0.0.1:PORT. Out: a table.
// Needs playwright-core, which only speaks to Debian's Chromium here. Neighbours: scripts/bench.sh.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { measuring, quantile } from "./measuring.mjs";

const require = createRequire(`${process.env.APERCU_PLAYWRIGHT}/`);
const { chromium } = require("playwright-core");
const [port, what, post] = process.argv.slice(2);
const url = `http://127.0.0.1:${port}/`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });

const words = "the post before one writes été où garçon a line with *some* emphasis and `code` in it, a [link](https://example.org/page) and no end of words to read".split(" ");
const text = (bytes) => {
  let out = "---\ntitle: A long post\ndate: 2014-12-08\n---\n", n = 0;
  while (out.length < bytes) {
    n += 1;
    const sentence = (k) => Array.from({ length: k }, (_, i) => words[(n * 7 + i * 3) % words.length]).join(" ") + ".";
    out += n % 9 === 0 ? `\n## Section ${n}\n` : n % 7 === 0 ? `\n- ${sentence(8)}\n- ${sentence(9)}\n- ${sentence(7)}\n` : n % 11 === 0 ? `\n\`\`\`ruby\nputs ${n}\n\`\`\`\n` : `\n${sentence(60)}\n`;
  }
  return out;
};

const FIELD = "<!doctype html><meta charset=utf-8><style>textarea{width:620px;height:700px;font:15px/1.65 monospace}iframe{position:absolute;top:0;left:640px;width:640px;height:770px;border:0}</style><textarea id=editor></textarea>";
const served = async (page, name, body) => {
  await page.route(`${url}${name}`, (route) => route.fulfill({ contentType: "text/html", body }));
  await page.goto(`${url}${name}`);
};

const open = async (kind, content, post) => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Performance.enable");
  if (kind === "floor") {
    await served(page, "floor", FIELD);
    await page.evaluate((content) => { document.getElementById("editor").value = content; }, content);
  } else if (kind === "least") {
    await served(page, "least", `${FIELD}<iframe id=preview sandbox="allow-same-origin" src="${post.frame}"></iframe>`);
    await page.evaluate(([content, body]) => {
      const editor = document.getElementById("editor"), frame = document.getElementById("preview").contentDocument;
      editor.value = content;
      frame.body.innerHTML = body;
      const walker = frame.createTreeWalker(frame.body, NodeFilter.SHOW_TEXT), texts = [];
      while (walker.nextNode()) if (walker.currentNode.data.length > 30) texts.push(walker.currentNode);
      const text = texts[texts.length >> 1];
      text.parentElement.scrollIntoView({ block: "center" });
      editor.addEventListener("input", () => requestAnimationFrame(() => { text.data = `x${text.data}`; }));
    }, [content, post.body]);
  } else {
    await page.addInitScript(() => { delete window.showOpenFilePicker; });
    await page.goto(url);
    await page.waitForSelector("body[data-ready=true]");
    const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.click("[data-action=open]")]);
    await chooser.setFiles({ name: "2014-12-08-long.md", mimeType: "text/markdown", buffer: Buffer.from(content) });
    await page.waitForFunction((size) => document.getElementById("editor").value.length >= size, content.length, { timeout: 60000 });
    await page.waitForTimeout(1500);
  }
  // The pointer lies over the text in every one of them: browsers ask after each layout what lies under it.
  await page.mouse.move(300, 400);
  await page.evaluate(measuring);
  await page.evaluate(() => {
    const editor = document.getElementById("editor");
    const half = editor.value.indexOf("garçon", editor.value.length / 2);
    editor.focus();
    editor.setSelectionRange(half, half);
  });
  await page.waitForTimeout(500);
  if (kind === "apercu") {
    await page.evaluate(() => {
      window.touched = 0;
      const frame = document.getElementById("preview").contentDocument;
      new MutationObserver((records) => records.forEach((r) => { window.touched += r.type === "characterData" ? 1 : r.addedNodes.length + r.removedNodes.length; }))
        .observe(frame.body, { childList: true, subtree: true, characterData: true });
    });
  }
  return { page, session };
};
const busy = async (session) => (await session.send("Performance.getMetrics")).metrics.find((m) => m.name === "TaskDuration").value * 1000;

if (what === "keystroke") {
  console.log("KB      who     key→frame ms: median  p95   busy ms: median  p95   nodes/key");
  for (const size of [4_000, 40_000, 100_000, 1_000_000]) {
    const content = text(size);
    const apercu = await open("apercu", content);
    const post = await apercu.page.evaluate(() => {
      const frame = document.getElementById("preview");
      return { frame: frame.src, body: frame.contentDocument.body.innerHTML };
    });
    const sides = { floor: await open("floor", content), least: await open("least", content, post), apercu };
    const results = { floor: [], least: [], apercu: [] };
    for (let key = 0; key < 50; key += 1) {
      for (const [name, { page, session }] of Object.entries(sides)) {
        await page.bringToFront();
        await page.focus("#editor");
        const before = await busy(session);
        await page.keyboard.press("abcde"[key % 5]);
        await page.waitForTimeout(size > 500_000 ? 400 : 100);
        results[name].push((await busy(session)) - before);
      }
    }
    for (const [name, { page }] of Object.entries(sides)) {
      const times = await page.evaluate(() => window.times);
      const nodes = { floor: 0, least: 1 }[name] ?? (await page.evaluate(() => window.touched)) / 50;
      const row = [quantile(times, 0.5), quantile(times, 0.95), quantile(results[name], 0.5), quantile(results[name], 0.95)].map((v) => v.toFixed(1).padStart(8));
      console.log(`${String(size / 1000).padEnd(7)} ${name.padEnd(8)} ${row[0]} ${row[1]}   ${row[2]} ${row[3]}   ${nodes.toFixed(1)}`);
      await page.context().close();
    }
  }
} else {
  const seed = readFileSync(post, "utf8");
  const slow = async (page) => {
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.clearBrowserCache");
    await session.send("Network.setCacheDisabled", { cacheDisabled: false });
    await session.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 });
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  };
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
  const load = async (way) => {
    const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
    const page = await context.newPage();
    if (way === "on a return") {
      await page.goto(url);
      await page.waitForSelector("body[data-ready=true]");
      await page.evaluate((seed) => { const e = document.getElementById("editor"); e.value = seed; e.dispatchEvent(new Event("input", { bubbles: true })); }, seed);
      await page.waitForFunction(() => document.body.saved === "saved");
      await page.waitForTimeout(500);
      await page.goto("about:blank");
    }
    await slow(page);
    await page.addInitScript(looking, way === "pasted at once" ? seed : "");
    await page.goto(url, { waitUntil: "commit" });
    await page.waitForFunction(() => window.whole, null, { timeout: 60000 });
    const times = await page.evaluate(() => [window.editable, window.filled, window.shown, window.whole]);
    await context.close();
    return times;
  };
  for (const way of ["a first visit", "pasted at once", "on a return"]) {
    const runs = [];
    for (let run = 0; run < 5; run += 1) runs.push(await load(way));
    const [editable, filled, shown, whole] = [0, 1, 2, 3].map((at) => quantile(runs.map((run) => run[at]), 0.5).toFixed(0));
    console.log(`${way}: textarea ${editable} ms, text ${filled}, post ${shown}, whole page ${whole}`);
  }
  console.log("medians of 5; 1.6 Mbit/s, 150 ms, CPU ÷ 4, an empty cache");
}
await browser.close();
