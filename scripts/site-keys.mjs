// What a key costs in the page of a whole site, in headless Chromium, beside the same post alone, and beside
// `jekyll build --watch --incremental` where Jekyll is installed. In: `node site-keys.mjs PORT SITE…`, this page served at
// 127.0.0.1:PORT, folders of sites. Out: a table of medians: milliseconds from keydown to the end of the frame that shows
// the key in the preview; with Jekyll from the writing of the file until the page on the disk has changed. The variable
// APERCU_CONFIGS names the settings that Jekyll reads, where they are not _config.yml. Neighbours: bench.sh, keystroke.mjs.
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { launch } from "./chromium.mjs";
import { measuring, quantile } from "./measuring.mjs";
import { body } from "./sample-text.mjs";

const [port, ...sites] = process.argv.slice(2);
const origin = `http://127.0.0.1:${port}/`;
const [KEYS, PERIOD] = [24, 100];
const SIZES = (process.env.APERCU_SIZES ?? "4000,40000,100000").split(",").map(Number);
const PATH = "_posts/2014-12-08-long-measured-post.md";

// A post of the site that has a layout gives ours its layout.
const layoutOf = (folder) => {
  const posts = join(folder, "_posts");
  try {
    for (const name of readdirSync(posts)) {
      const found = /^layout:\s*(\S+)/m.exec(readFileSync(join(posts, name), "utf8").slice(0, 2_000));
      if (found) return `layout: ${found[1]}\n`;
    }
  } catch { /* a site without posts */ }
  return "";
};

const withPost = (site, size) => {
  const folder = join(mkdtempSync(join(tmpdir(), "apercu-site-")), basename(site));
  cpSync(site, folder, { recursive: true, filter: (path) => !/\/(\.git|_site)$/.test(path) });
  mkdirSync(join(folder, "_posts"), { recursive: true });
  const text = `---\ntitle: A long post\n${layoutOf(site)}tags: [measured]\n---\n${body(size)}`;
  writeFileSync(join(folder, PATH), text);
  return { folder, text };
};

// Where the next letter goes: behind a word in the middle of the text, or of the title.
const caretTo = (page, at) => page.evaluate((at) => {
  const editor = document.getElementById("editor");
  editor.focus();
  editor.setSelectionRange(at, at);
}, at);

const watchPreview = async (page) => {
  await page.evaluate(measuring);
  await page.evaluate(() => {
    window.watch(document.getElementById("preview").contentDocument.documentElement);
    window.blocked = [];
    new PerformanceObserver((list) => window.blocked.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask" });
  });
};

const type = async (page, letters = "abcde") => {
  const shown = [];
  await page.evaluate(() => { window.blocked.length = 0; });
  for (let key = 0; key < KEYS; key += 1) {
    const count = await page.evaluate(() => window.times.length);
    await page.keyboard.press(letters[key % letters.length]);
    await page.waitForTimeout(PERIOD);
    await page.waitForFunction((count) => window.times.length > count, count, { timeout: 20_000 });
    if (key > 2) shown.push(await page.evaluate(() => window.times.at(-1)));
  }
  const blocked = await page.evaluate(() => Math.max(0, ...window.blocked));
  await page.waitForTimeout(1_500);
  return { median: quantile(shown, 0.5), p95: quantile(shown, 0.95), blocked };
};

const inSite = async (browser, folder, text) => {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.on("pageerror", (error) => console.error("page error:", String(error).slice(0, 200)));
  await page.goto(origin);
  await page.waitForSelector("body[data-ready=true]");
  await page.click("[data-action=site]");
  await page.waitForSelector("#site-folder", { state: "attached" });
  const opened = performance.now();
  await page.setInputFiles("#site-folder", folder);
  await page.waitForSelector("#site-bar .site-file", { timeout: 60_000 });
  const listed = performance.now() - opened;
  await page.evaluate((path) => {
    const row = document.querySelector(`#site-bar [data-path='${path}']`);
    row.closest("details").open = true;
    row.click();
  }, PATH);
  await page.waitForFunction((size) => document.getElementById("editor").value.length >= size, text.length, { timeout: 60_000 });
  await page.waitForFunction(() => document.getElementById("preview").contentDocument?.body?.innerText.length > 2_000);
  await page.waitForTimeout(4_000);
  await watchPreview(page);
  const middle = text.indexOf("garçon", text.length / 2);
  await caretTo(page, middle);
  await page.waitForTimeout(500);
  const inBody = await type(page);
  await caretTo(page, text.indexOf("long post"));
  await page.waitForTimeout(500);
  const inTitle = await type(page);
  await page.context().close();
  return { listed, inBody, inTitle };
};

const alone = async (browser, text) => {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  await page.addInitScript(() => { delete window.showOpenFilePicker; });
  await page.goto(origin);
  await page.waitForSelector("body[data-ready=true]");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.click("[data-action=open]")]);
  await chooser.setFiles({ name: basename(PATH), mimeType: "text/markdown", buffer: Buffer.from(text) });
  await page.waitForFunction((size) => document.getElementById("editor").value.length >= size, text.length, { timeout: 60_000 });
  await page.waitForTimeout(2_000);
  await watchPreview(page);
  await caretTo(page, text.indexOf("garçon", text.length / 2));
  const result = await type(page);
  await page.context().close();
  return result;
};

// From the writing of the file until the built page has changed.
const withJekyll = async (folder) => {
  if (process.env.APERCU_NO_JEKYLL || spawnSync("jekyll", ["--version"]).status !== 0) return undefined;
  const out = mkdtempSync(join(tmpdir(), "apercu-built-"));
  const built = () => readdirSync(out, { recursive: true }).filter((path) => /long-measured-post(\/index)?\.html$/.test(path)).map((path) => join(out, path))[0];
  const configs = (process.env.APERCU_CONFIGS ?? "_config.yml").split(",").map((name) => join(folder, name));
  const env = { ...process.env, JEKYLL_ENV: "development", JEKYLL_NO_BUNDLER_REQUIRE: "1" };
  const jekyll = spawn("jekyll", ["build", "--watch", "--incremental", "-s", folder, "-d", out, "--config", configs.join(",")], { stdio: "ignore", env });
  const times = [];
  try {
    let page;
    for (let waited = 0; waited < 300 && !(page = built()); waited += 1) await new Promise((done) => setTimeout(done, 200));
    if (!page) return undefined;
    await new Promise((done) => setTimeout(done, 3_000));
    for (let n = 0; n < 5; n += 1) {
      const before = readFileSync(page, "utf8");
      const start = performance.now();
      appendFileSync(join(folder, PATH), `more${n} `);
      let waited = 0;
      while (readFileSync(page, "utf8") === before && waited < 2_000) {
        await new Promise((done) => setTimeout(done, 5));
        waited += 1;
      }
      times.push(performance.now() - start);
      await new Promise((done) => setTimeout(done, 1_500));
    }
  } finally {
    jekyll.kill();
    rmSync(out, { recursive: true, force: true });
  }
  return quantile(times, 0.5);
};

const browser = await launch();
const cell = ({ median, p95, blocked }) => `${median.toFixed(1).padStart(7)} ${p95.toFixed(1).padStart(7)} ${blocked.toFixed(0).padStart(6)}`;
console.log("site             KB   alone  | body: median  p95 longest | title: median p95 longest | listed | jekyll --incremental");
for (const site of sites) {
  for (const size of SIZES) {
    const { folder, text } = withPost(site, size);
    const post = await alone(browser, text);
    const { listed, inBody, inTitle } = await inSite(browser, folder, text);
    const jekyll = await withJekyll(folder);
    console.log(`${basename(site).padEnd(14)} ${String(size / 1000).padStart(4)} ${post.median.toFixed(1).padStart(7)}  | ${cell(inBody)} | ${cell(inTitle)} | ${listed.toFixed(0).padStart(6)} | ${jekyll?.toFixed(0) ?? "-"}`);
    rmSync(join(folder, ".."), { recursive: true, force: true });
  }
}
await browser.close();
