// Lays out the npm package: `node package.mjs OUT`. In: the release build of the program under target/, the scripts and
// texts of src/embed/, the version in Cargo.toml. Out: the folder, and a table of what npm would publish. Neighbours:
// package.sh builds the program and calls this, program.mjs parts it.
import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";
import { linked, program, smallScript, smallStyles } from "./program.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [out] = process.argv.slice(2);
const read = (name) => readFileSync(join(root, name), "utf8");
const fail = (text) => {
  throw new Error(text);
};
const cargo = (key) => read("Cargo.toml").match(new RegExp(`^${key} = "(.*)"`, "m"))?.[1] ?? fail(`Cargo.toml has no ${key}`);

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

await program(linked(root), out, ["element", "tools", "colours"]);
const built = readdirSync(out).filter((name) => name !== "parts.json");

// A small file in a script would need a host's policy to allow `data:`. Vite leaves out what is asked for so.
const ASIDE = "?no-inline", SMALL = 4096;
const loader = join(out, "split.js");
const isSmall = (name) => readFileSync(join(out, name)).length <= SMALL;
writeFileSync(loader, readFileSync(loader, "utf8").replace(/(new URL\("\.\/([^"]+\.wasm))"/g, (all, start, name) => isSmall(name) ? `${start}${ASIDE}"` : all));

// Tables for code in colours, if the build has made them: an element loads those of the languages that a text uses. Their
// addresses are written out, so that bundlers find them.
const tables = join(root, "target/rouge");
const hasTables = existsSync(join(tables, "index"));
if (hasTables) {
  cpSync(tables, join(out, "rouge"), { recursive: true });
  const names = readdirSync(tables).filter((name) => name !== "NOTICES").sort();
  const lines = names.map((name) => `${JSON.stringify(name)}:new URL("./rouge/${name}${ASIDE}",import.meta.url)`);
  writeFileSync(join(out, "tables.js"), `export default {${lines.join(",")}};\n`);
}

const scripts = ["index.js", "auto.js", "panes.js"];
const texts = ["index.d.ts", "auto.d.ts", "custom-elements.json", "README.md"];
const styles = { element: read("styles/workspace.css") + read("styles/help.css") + read("styles/element.css"), preview: read("styles/preview.css") };
const filled = (script) => script.replace(/"\{\{(\w+)\}\}"/g, (_, name) => JSON.stringify(name === "tables" ? hasTables : smallStyles(styles[name]).trim()));
for (const name of scripts) writeFileSync(join(out, name), smallScript(filled(read(`src/embed/${name}`))));
for (const name of texts) copyFileSync(join(root, "src/embed", name), join(out, name));
for (const name of ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"]) copyFileSync(join(root, name), join(out, name));

writeFileSync(join(out, "package.json"), JSON.stringify({
  name: cargo("name"),
  version: cargo("version"),
  description: "A Markdown editor with live preview as a custom element, and its engine: Jekyll's kramdown and GitHub's dialect, sanitized.",
  keywords: ["markdown", "editor", "preview", "custom-element", "web-component", "jekyll", "kramdown", "front-matter", "wasm", "csp"],
  license: cargo("license"),
  type: "module",
  exports: {
    ".": { types: "./index.d.ts", default: "./index.js" },
    "./auto": { types: "./auto.d.ts", default: "./auto.js" },
    "./custom-elements.json": "./custom-elements.json",
    "./package.json": "./package.json",
  },
  types: "./index.d.ts",
  sideEffects: ["./auto.js"],
  customElements: "custom-elements.json",
  files: [
    ...scripts,
    ...texts.filter((name) => name !== "README.md"),
    ...built,
    ...(hasTables ? ["tables.js", "rouge"] : []),
    "LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md",
  ],
}, null, 2) + "\n");

// What npm would publish.
const pack = JSON.parse(execFileSync("npm", ["pack", "--dry-run", "--json"], {
  cwd: out, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, npm_config_update_notifier: "false" },
}));
const [packed] = Array.isArray(pack) ? pack : Object.values(pack);
const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } }).length;
const row = (name, raw, small) => console.log(`${name.padEnd(28)} ${String(raw).padStart(9)} ${String(small).padStart(9)}`);
row(`${packed.name} ${packed.version}`, "raw", "brotli");
let [raw, small] = [0, 0];
const sum = { files: 0, raw: 0, small: 0 };
for (const { path } of packed.files) {
  const bytes = readFileSync(join(out, path)), compressed = brotli(bytes);
  if (path.startsWith("rouge/")) {
    sum.files += 1;
    sum.raw += bytes.length;
    sum.small += compressed;
  } else row(path, bytes.length, compressed);
  raw += bytes.length;
  small += compressed;
}
if (sum.files) row(`rouge/ (${sum.files} files)`, sum.raw, sum.small);
row("all", raw, small);
row("the archive (gzip)", packed.size, "");
for (const name of [...scripts, ...texts]) if (!packed.files.some(({ path }) => path === name)) fail(`npm would not publish ${name}`);
