// How long the opening of a site with many posts takes, in headless Chromium. In: `node site-open.mjs PORT [SITE…]`, this
// page served at 127.0.0.1:PORT, folders of sites that get posts added (APERCU_COUNT, 1,000); without one, a site of one
// layout. Out: a table of medians: milliseconds from the choice of the folder until its posts are listed, and until the page
// of the newest post stands with its styles; by folder input, and by a folder's handle. Neighbours: bench.sh, site-keys.mjs.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { launch } from "./chromium.mjs";
import { quantile } from "./measuring.mjs";
import { body } from "./sample-text.mjs";

const [port, ...sites] = process.argv.slice(2);
const origin = `http://127.0.0.1:${port}/`;
const COUNT = Number(process.env.APERCU_COUNT ?? 1_000);
const RUNS = 5;
const NEWEST = "The newest of many posts";

const LAYOUT = "<!DOCTYPE html>\n<html><head><title>{{ page.title }}</title></head><body><h1>{{ page.title }}</h1>{{ content }}</body></html>\n";

// A site with so many posts more, the newest of them known by its title.
const withPosts = (site) => {
  const folder = join(mkdtempSync(join(tmpdir(), "apercu-open-")), site ? basename(site) : "many");
  if (site) {
    cpSync(site, folder, { recursive: true, filter: (path) => !/\/(\.git|_site)$/.test(path) });
  } else {
    mkdirSync(join(folder, "_layouts"), { recursive: true });
    writeFileSync(join(folder, "_config.yml"), "title: Many posts\n");
    writeFileSync(join(folder, "_layouts/post.html"), LAYOUT);
  }
  mkdirSync(join(folder, "_posts"), { recursive: true });
  for (let number = 0; number < COUNT; number += 1) {
    const day = new Date(Date.UTC(2022, 0, 1 + number)).toISOString().slice(0, 10);
    const title = number === COUNT - 1 ? NEWEST : `Post ${number}`;
    writeFileSync(join(folder, `_posts/${day}-measured-${number}.md`), `---\nlayout: post\ntitle: ${title}\ntags: [t${number % 20}]\n---\n${body(3_000)}`);
  }
  return folder;
};

const filesOf = (folder) => readdirSync(folder).flatMap((name) => {
  const path = join(folder, name);
  return statSync(path).isDirectory() ? filesOf(path) : [path];
});

// Notes when the posts are listed and when the page stands, from the choice on.
const watch = (newest) => {
  const times = (window.opening = {});
  const look = () => {
    const now = performance.now() - window.chosen;
    if (!times.listed && document.querySelector("#site-bar .site-file")) times.listed = now;
    const frame = document.getElementById("preview");
    const shown = frame.getAttribute("src") === frame.dataset.site ? frame.contentDocument : undefined;
    if (!times.page && shown?.body?.textContent.includes(newest)) times.page = now;
    if (!times.listed || !times.page) requestAnimationFrame(look);
  };
  addEventListener("change", () => { window.chosen = performance.now(); look(); }, { capture: true, once: true });
  window.showDirectoryPicker = async () => {
    window.chosen = performance.now();
    look();
    return (await navigator.storage.getDirectory()).getDirectoryHandle("site");
  };
};

// The page of an empty browser, with the part of sites loaded.
const newPage = async (browser) => {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  page.on("pageerror", (error) => console.error("page error:", String(error).slice(0, 200)));
  await page.goto(origin);
  await page.waitForSelector("body[data-ready=true]");
  return page;
};

const taken = async (page, choose) => {
  await page.evaluate(watch, NEWEST);
  await page.click("[data-action=site]");
  await page.waitForSelector("#site-folder", { state: "attached" });
  await choose();
  await page.waitForFunction(() => window.opening.listed && window.opening.page, undefined, { timeout: 60_000 });
  const opening = await page.evaluate(() => window.opening);
  await page.context().close();
  return opening;
};

const byInput = async (browser, folder) => {
  const page = await newPage(browser);
  return taken(page, () => page.setInputFiles("#site-folder", folder));
};

// The browser's own file system stands for the disk: the tests cannot answer the dialog.
const byHandle = async (browser, folder) => {
  const page = await newPage(browser);
  const files = filesOf(folder).map((path) => [relative(folder, path), readFileSync(path).toString("base64")]);
  await page.evaluate(async (files) => {
    const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("site", { create: true });
    for (const [path, base64] of files) {
      const parts = path.split("/");
      let folder = root;
      for (const name of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(name, { create: true });
      const writable = await (await folder.getFileHandle(parts.at(-1), { create: true })).createWritable();
      await writable.write(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
      await writable.close();
    }
  }, files);
  return taken(page, () => page.click("#site-bar [data-action=choose-folder]"));
};

const browser = await launch();
console.log(`site with ${COUNT} posts | input: listed   page | handle: listed   page   (ms, medians of ${RUNS})`);
for (const site of sites.length > 0 ? sites : [undefined]) {
  const folder = withPosts(site);
  const times = {};
  for (const [name, open] of Object.entries({ byInput, byHandle })) {
    const all = [];
    for (let run = 0; run < RUNS; run += 1) all.push(await open(browser, folder));
    times[name] = ["listed", "page"].map((key) => quantile(all.map((one) => one[key]), 0.5).toFixed(0).padStart(7)).join("");
  }
  console.log(`${basename(folder).padEnd(20)} | ${times.byInput.padStart(20)} | ${times.byHandle.padStart(20)}`);
  rmSync(join(folder, ".."), { recursive: true, force: true });
}
await browser.close();
