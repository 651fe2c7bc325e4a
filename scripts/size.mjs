// Prints every file of the built page, raw and with brotli: `node size.mjs FOLDER [--max KB] [--max-PART KB]…`.
// In: the folder; `program-*/parts.json` in it says which part of the program needs which files. Out: a table; exit code 1
// when something with brotli is over its limit (in KB of 1,000 bytes): the first load, or what a part adds to it.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const [folder, ...flags] = process.argv.slice(2);
const files = (dir) => readdirSync(dir).flatMap((name) => {
  const path = join(dir, name);
  return statSync(path).isDirectory() ? files(path) : [path];
});
const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } }).length;
const row = (name, raw, small) => console.log(`${name.padEnd(52)} ${String(raw).padStart(9)} ${String(small).padStart(9)}`);

const program = readdirSync(folder).find((name) => name.startsWith("program-"));
const parts = program ? JSON.parse(readFileSync(join(folder, program, "parts.json"), "utf8")) : {};
// The page's part is a part of the first load.
const page = new Set(parts.page);
// A part may hold another: the files of both are the smaller one's.
const weight = ([, own]) => own.reduce((sum, file) => sum + statSync(join(folder, program, file)).size, 0);
const added = Object.entries(parts).filter(([name]) => name !== "page").sort((one, other) => weight(one) - weight(other));
// A table is loaded for each language that a post has code in, a theme for a site that has it.
const isTable = (name) => name.startsWith("rouge/");
// The documents of a site's pages are loaded when a site is open.
const ofSite = (name) => /^site-[^/]*\.html$/.test(name) && "site" in parts;
// What is there for use without a network, and for the systems that install the page.
const isOffline = (name) => /^(offline|manifest\.json$|icon\.svg$)/.test(name);
const partOf = (name) => isTable(name) ? "tables" : isOffline(name) ? "offline" : name.startsWith("themes/") ? "themes" : ofSite(name) ? "site" : added.find(([, own]) => own.some((file) => !page.has(file) && name === `${program}/${file}`))?.[0] ?? "first load";

const sums = {};
row("file", "raw", "brotli");
for (const path of files(folder).sort()) {
  const name = relative(folder, path);
  if (name.endsWith("/parts.json")) continue;
  const bytes = readFileSync(path), sizes = [bytes.length, brotli(bytes)];
  if (!isTable(name)) row(name, ...sizes);
  const sum = (sums[partOf(name)] ??= [0, 0]);
  sizes.forEach((size, index) => (sum[index] += size));
}
for (const [name, sum] of Object.entries(sums)) row(name, ...sum);
for (let at = 0; at < flags.length; at += 2) {
  const name = flags[at] === "--max" ? "first load" : flags[at].replace("--max-", "");
  const limit = Number(flags[at + 1]);
  const small = sums[name]?.[1] ?? Infinity;
  const ok = small <= limit * 1000;
  console.log(`${name}: ${ok ? "within" : "OVER"} the budget of ${limit} KB`);
  if (!ok) process.exitCode = 1;
}
