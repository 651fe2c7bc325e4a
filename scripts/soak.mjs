// A writer's session at random, in headless Chromium: typing, deleting, pasting, commands, undo and redo, for so many
// minutes. In: `node soak.mjs PORT [--minutes N] [--seed N]`, this page served at 127.0.0.1:PORT. Out: what was done, what the
// page held in memory at first and at last; exit code 1 at the first thing that is wrong: an error in the page, a text
// that is not the model's, an undo that does not lead back, a preview that is not the one of a fresh page, a text that is
// not found again after a reload. The model of what is typed, deleted or pasted as plain text is the string itself; of a
// command and of a paste of HTML it is the text before and after, to which undo and redo have to lead. Neighbours: bench.sh.
import { launch } from "./chromium.mjs";
import { body, FRONT_MATTER } from "./sample-text.mjs";

const [port, ...flags] = process.argv.slice(2);
const flag = (name, otherwise) => flags.includes(name) ? Number(flags[flags.indexOf(name) + 1]) : otherwise;
const minutes = flag("--minutes", 30);
const seed = flag("--seed", Date.now() % 1_000_000);
const MOST_GROWTH = 10_000_000;
console.log(`seed ${seed}, ${minutes} minutes`);

// Mulberry32: small, and the same numbers for the same seed everywhere.
let state = seed;
const random = () => {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
};
const below = (count) => Math.floor(random() * count);
const one = (list) => list[below(list.length)];

const WORDS = ["word", "été", "日本", "👍", "a b", "x"];
const PIECES = ["## A heading", "- an item\n- another", "| a | b |\n|---|---|\n| 1 | 2 |", "```ruby\nputs 1\n```", "{% raw %}{{ x }}{% endraw %}",
  "[^1]\n\n[^1]: A note", "> quoted\n> twice", "**bold** and *slanted*", "<div>raw</div>", "1. one\n2. two", "{: .class}", "\n\n", "---", "{% if", "`code"];
const HTML = ["<p>some <b>bold</b> words</p>", "<ul><li>one<li>two</ul>", "<table><tr><td>a<td>b<tr><td>1<td>2</table>", "<h2>Title</h2><p>Text <a href='https://a.example/'>link</a></p>"];
const COMMANDS = ["Control+b", "Control+i", "Control+e", "Control+k", "Control+Shift+x", "Control+Alt+2", "Control+Shift+8", "Control+Shift+7",
  "Control+Shift+9", "Alt+ArrowUp", "Alt+ArrowDown", "Alt+Shift+ArrowDown", "Control+Alt+x", "Alt+PageUp", "Alt+PageDown", "Alt+Enter", "Control+Alt+f"];

const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
const page = await context.newPage();
// The memories of the page's programs, noted where they are made or come out of a module.
await page.addInitScript(() => {
  window.memories = [];
  const { Memory, instantiate, instantiateStreaming } = WebAssembly;
  WebAssembly.Memory = class extends Memory {
    constructor(...args) {
      super(...args);
      window.memories.push(this);
    }
  };
  const noted = (answer) => {
    const exports = Object.values((answer.instance ?? answer).exports);
    window.memories.push(...exports.filter((one) => one instanceof Memory && !window.memories.includes(one)));
    return answer;
  };
  WebAssembly.instantiate = (...args) => instantiate(...args).then(noted);
  WebAssembly.instantiateStreaming = (...args) => instantiateStreaming(...args).then(noted);
});
const fail = (what) => {
  console.error(`seed ${seed}, step ${steps}: ${what}`);
  process.exitCode = 1;
  throw new Error(what);
};
let steps = 0;
const errors = [];
page.on("pageerror", (error) => errors.push(String(error)));
page.on("console", (message) => message.type() === "error" && errors.push(message.text()));

const ready = async (page) => {
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.waitForSelector("body[data-ready=true]");
};
const text = () => page.evaluate(() => document.getElementById("editor").value);
const shown = (page) => page.evaluate(async () => {
  for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
  return document.getElementById("preview").contentDocument.querySelector("article.post-body")?.innerHTML;
});
const insert = (page, what) => page.evaluate((what) => {
  document.getElementById("editor").focus();
  document.execCommand("insertText", false, what);
}, what);
// Bytes of the page's own: what its scripts hold, and the memory of its program.
const session = await context.newCDPSession(page);
await session.send("Performance.enable");
const memory = async () => {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  const heap = metrics.find((metric) => metric.name === "JSHeapUsedSize").value;
  const program = await page.evaluate(() => window.memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0));
  return { heap, program };
};

const select = (from, to) => page.evaluate(([from, to]) => {
  const editor = document.getElementById("editor");
  editor.focus();
  // Never within a letter of two units.
  const whole = (at) => /[\udc00-\udfff]/.test(editor.value[at] ?? "") ? at + 1 : at;
  editor.setSelectionRange(whole(from), whole(Math.max(from, to)));
  return [editor.selectionStart, editor.selectionEnd];
}, [from, to]);

// Where two texts begin to differ, with what stands around it.
const difference = (wanted, found) => {
  let at = 0;
  while (at < wanted.length && wanted[at] === found[at]) at += 1;
  const around = (text) => JSON.stringify(text.slice(Math.max(0, at - 40), at + 60));
  return `at ${at}: ${around(wanted)} wanted, ${around(found)} found; ${wanted.length} and ${found.length} units`;
};

// Undo leads back in one step, redo forth.
const undone = async (before, after, what) => {
  if (before === after) return;
  await page.keyboard.press("Control+z");
  let now = await text();
  if (now !== before) fail(`undo of ${what} does not lead back ${difference(before, now)}`);
  await page.keyboard.press("Control+Shift+z");
  now = await text();
  if (now !== after) fail(`redo of ${what} does not lead forth ${difference(after, now)}`);
};

const step = async () => {
  const before = await text();
  const at = below(before.length + 1);
  const chance = random();
  if (chance < 0.45) {
    const [from, to] = await select(at, at + (random() < 0.2 ? below(40) : 0));
    // The first word of each burst waits for what belongs to the last one.
    const typed = Array.from({ length: 1 + below(6) }, () => one(WORDS)).join(" ");
    await page.keyboard.insertText(typed);
    const model = before.slice(0, from) + typed + before.slice(to);
    if (await text() !== model) fail(`typed ${JSON.stringify(typed)} at ${from}`);
  } else if (chance < 0.6) {
    const [from, to] = await select(at, at + 1 + below(200));
    await page.keyboard.press("Delete");
    if (from < to && await text() !== before.slice(0, from) + before.slice(to)) fail(`deleted ${from} to ${to}`);
  } else if (chance < 0.7) {
    const [from, to] = await select(at, at);
    const piece = `\n\n${one(PIECES)}\n\n`;
    await insert(page, piece);
    if (await text() !== before.slice(0, from) + piece + before.slice(to)) fail(`pasted ${JSON.stringify(piece)}`);
  } else if (chance < 0.75) {
    await select(at, at);
    const html = one(HTML);
    await page.evaluate((html) => {
      const data = new DataTransfer();
      data.setData("text/html", html);
      data.setData("text/plain", "plain");
      document.getElementById("editor").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }, html);
    await page.waitForTimeout(60);
    await undone(before, await text(), `the paste of ${html}`);
  } else if (chance < 0.95) {
    await select(at, at + (random() < 0.5 ? below(60) : 0));
    const command = one(COMMANDS);
    await page.keyboard.press(command);
    await page.waitForTimeout(30);
    await undone(before, await text(), command);
  } else {
    await page.evaluate(() => { document.getElementById("editor").scrollTop = Math.random() * 9_000; });
    await page.waitForTimeout(300);
  }
  // The text keeps about the size it began with.
  if ((await text()).length > 60_000) {
    await select(20_000, 45_000);
    await page.keyboard.press("Delete");
  }
  if (errors.length) fail(errors.join("\n"));
  if (await page.evaluate(() => document.getElementById("stopped")?.getClientRects().length > 0)) fail("the program stopped");
};

const compare = async () => {
  const other = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const fresh = await other.newPage();
  await ready(fresh);
  const now = await text();
  await fresh.evaluate(() => document.getElementById("editor").select());
  await insert(fresh, now);
  // Code gets its colours, and tools are there, a moment later.
  await fresh.waitForTimeout(1_500);
  await page.waitForTimeout(1_500);
  if (await shown(page) !== await shown(fresh)) fail("the preview is not the one of a fresh page");
  await other.close();
};

try {
  await ready(page);
  await page.evaluate(() => document.getElementById("editor").select());
  await insert(page, FRONT_MATTER + body(20_000));
  // What is loaded later is loaded before the memory is looked at.
  for (let n = 0; n < 150; n += 1, steps += 1) await step();
  const [first, end] = [await memory(), performance.now() + minutes * 60_000];
  while (performance.now() < end) {
    for (let n = 0; n < 200 && performance.now() < end; n += 1, steps += 1) await step();
    await compare();
  }
  const last = await memory();
  const mb = (bytes) => (bytes / 1e6).toFixed(1);
  console.log(`${steps} steps; scripts ${mb(first.heap)} MB, then ${mb(last.heap)}; program ${mb(first.program)} MB, then ${mb(last.program)}`);
  const growth = last.heap + last.program - first.heap - first.program;
  if (growth > MOST_GROWTH) fail(`the page holds ${mb(growth)} MB more than at first`);
  const written = await text();
  await page.waitForTimeout(1_000);
  await ready(page);
  if (await text() !== written) fail("the text is another one after a reload");
  console.log("nothing is wrong");
} catch (error) {
  if (!process.exitCode) throw error;
} finally {
  await browser.close();
}
