// Prints every file of the built page, raw and with brotli: `node size.mjs FOLDER [--max KB]`.
// In: the folder. Out: a table; exit code 1 when the first load with brotli is over --max (in KB of 1,000 bytes). What is
// called companion is loaded only when it is asked for.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const [folder, flag, limit] = process.argv.slice(2);
const files = (dir) => readdirSync(dir).flatMap((name) => {
  const path = join(dir, name);
  return statSync(path).isDirectory() ? files(path) : [path];
});
const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } }).length;
const row = (name, raw, small) => console.log(`${name.padEnd(44)} ${String(raw).padStart(9)} ${String(small).padStart(9)}`);
const sums = { "first load": [0, 0], "when asked for": [0, 0] };
row("file", "raw", "brotli");
for (const path of files(folder).sort()) {
  const name = relative(folder, path), bytes = readFileSync(path), compressed = brotli(bytes);
  row(name, bytes.length, compressed);
  const sum = sums[name.startsWith("companion") ? "when asked for" : "first load"];
  sum[0] += bytes.length;
  sum[1] += compressed;
}
for (const [name, sum] of Object.entries(sums)) row(name, ...sum);
const small = sums["first load"][1];
if (flag === "--max") {
  const ok = small <= Number(limit) * 1000;
  console.log(`${ok ? "within" : "OVER"} the budget of ${limit} KB`);
  process.exit(ok ? 0 : 1);
}
