// Where the time of a key goes in this page, or in another of key-pages.mjs: ten keys a second in the middle of a text. In:
// `node key-profile.mjs PORT [BYTES [KIND]]`, this page served at 127.0.0.1:PORT; built with APERCU_NAMES=1 its functions
// have their names. Out: two tables of milliseconds for each key. The first is of the browser's own steps on the main
// thread, without what they contain; the second is of the functions that ran, by samples. Neighbours: bench.sh.
import { launch } from "./chromium.mjs";
import { open, shownPost } from "./key-pages.mjs";
import { body, FRONT_MATTER } from "./sample-text.mjs";

const [port, bytes = "54000", kind = "apercu"] = process.argv.slice(2);
const KEYS = 60;
const browser = await launch();
const [origin, text] = [`http://127.0.0.1:${port}/`, FRONT_MATTER + body(Number(bytes))];
const post = kind === "patched" ? await shownPost(await open(browser, origin, "apercu", text)) : undefined;
const page = await open(browser, origin, kind, text, post);

const type = async () => {
  let next = performance.now();
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press("abcde"[key % 5]);
    next += 100;
    await page.waitForTimeout(Math.max(0, next - performance.now()));
  }
};
const table = (title, rows) => {
  console.log(`\n${title}`);
  for (const [name, time, count] of rows.filter(([, time]) => time >= 0.01).sort((a, b) => b[1] - a[1])) {
    console.log(`${time.toFixed(2).padStart(7)} ${(count === undefined ? "" : `× ${count.toFixed(1)}`).padEnd(8)} ${name}`);
  }
};

const SCRIPT = /^(FunctionCall|FireAnimationFrame|TimerFire|EventDispatch)/;
const LAYOUT = /^(Layout|UpdateLayoutTree|PrePaint)$/;

/** CPU time of each kind of event on the page's main thread, without that of the events inside it. */
const steps = (trace) => {
  const events = JSON.parse(trace).traceEvents;
  const thread = ({ pid, tid }) => `${pid}/${tid}`;
  const main = thread(events.find((event) => event.name === "EventDispatch" && event.args.data?.type === "input"));
  const sorted = events.filter((event) => event.ph === "X" && thread(event) === main).sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const open = [], sums = new Map();
  for (const { name, ts, dur, tdur = dur, args } of sorted) {
    while (open.length && open.at(-1).end <= ts) open.pop();
    if (open.length) open.at(-1).sum.time -= tdur;
    const isForced = LAYOUT.test(name) && open.some((outer) => SCRIPT.test(outer.name));
    const key = `${name}${name === "EventDispatch" ? ` ${args.data?.type}` : ""}${isForced ? " (asked for by a script)" : ""}`;
    const sum = sums.get(key) ?? { time: 0, count: 0 };
    sum.time += tdur;
    sum.count += 1;
    sums.set(key, sum);
    open.push({ name, end: ts + dur, sum });
  }
  return [...sums].map(([name, { time, count }]) => [name, time / 1000 / KEYS, count / KEYS]);
};
await type();
await browser.startTracing(page, { categories: ["toplevel", "blink", "cc", "devtools.timeline", "disabled-by-default-devtools.timeline", "v8", "devtools.timeline.frame"] });
await type();
table("ms    for each key: the browser's steps on the main thread, each without what it contains", steps((await browser.stopTracing()).toString()));

const session = await page.context().newCDPSession(page);
await session.send("Profiler.enable");
await session.send("Profiler.setSamplingInterval", { interval: 100 });
await session.send("Profiler.start");
await type();
const { profile } = await session.send("Profiler.stop");
const own = new Map(profile.nodes.map(({ id }) => [id, 0]));
profile.samples.forEach((id, at) => own.set(id, own.get(id) + profile.timeDeltas[at]));
const nodes = new Map(profile.nodes.map((node) => [node.id, node]));
const name = ({ callFrame }) => callFrame.functionName || `(in ${callFrame.url.split("/").at(-1)}:${callFrame.lineNumber + 1}:${callFrame.columnNumber + 1})`;
const selves = new Map(), totals = new Map();
const walk = (node, path) => {
  const key = name(node), inside = path.includes(key) ? path : [...path, key];
  const time = own.get(node.id);
  selves.set(key, (selves.get(key) ?? 0) + time);
  for (const each of inside) totals.set(each, (totals.get(each) ?? 0) + time);
  for (const child of node.children ?? []) walk(nodes.get(child), inside);
};
walk(profile.nodes[0], []);
const skipped = new Set(["(idle)", "(root)"]);
const rows = (sums) => [...sums].filter(([key]) => !skipped.has(key)).map(([key, time]) => [key, time / 1000 / KEYS]);
table("ms    for each key: functions, by themselves", rows(selves));
table("ms    for each key: functions, with what they call", rows(totals));
await browser.close();
