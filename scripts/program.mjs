// The program as files for a browser: bound to JavaScript, parted where it has split points, optimised, made small.
// In: what Cargo linked; a folder. Out: NAME.js, NAME_bg.wasm and the files of its parts there, and which part needs
// which. Neighbours: scripts/bind parts and binds, finish.mjs and package.mjs call this.
import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

// esbuild comes with the other tools of ./dev, which tells where it lies. Without it the files are larger, and work.
const require = createRequire(join(process.env.APERCU_NODE_TOOLS ?? process.cwd(), "package.json"));
const minified = (text, options) => {
  // What is said to bundlers in comments goes with white space.
  const minify = text.includes("webpackIgnore") ? { minifyIdentifiers: true, minifySyntax: true } : { minify: true };
  try {
    return require("esbuild").transformSync(text, { ...minify, ...options }).code.trim();
  } catch (error) {
    if (error.code === "MODULE_NOT_FOUND") return text;
    throw error;
  }
};

export const smallScript = (text, format = "esm") => minified(text, { loader: "js", target: "es2022", format });
export const smallStyles = (text) => minified(text, { loader: "css" });

const features = ["bulk-memory", "bulk-memory-opt", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];
// With APERCU_NAMES functions keep their names, for a profile.
const names = process.env.APERCU_NAMES ? ["--debuginfo"] : ["--strip-debug"];
// A function with one caller is put into it only if it is small: large ones are better compressed apart.
const forSpeed = ["-O3", "--one-caller-inline-max-function-size=50", ...features.map((name) => `--enable-${name}`),
  "--low-memory-unused", "--reorder-functions-by-name", ...names, "--strip-producers", "--strip-target-features"];
const forSize = ["-Os", "--skip-pass=local-cse", ...forSpeed.slice(1)];

const run = promisify(execFile);
// What came out of a module before: the page and the package have files in common, and most edits change few of them.
const optimised = fileURLToPath(new URL("../target/wasm-opt", import.meta.url));

let said;
const version = async () => (said ??= (await run("wasm-opt", ["--version"])).stdout);

// The page's part: what it does for a key is little, and its size counts at every visit.
const small = (path) => basename(path) === "split_page.wasm";

/** Makes a module smaller and faster, in its place. */
export const optimise = async (path) => {
  const flags = small(path) ? forSize : forSpeed;
  const key = createHash("sha256").update(JSON.stringify([await version(), flags])).update(readFileSync(path)).digest("hex");
  const known = join(optimised, `${key}.wasm`);
  if (!existsSync(known)) {
    mkdirSync(optimised, { recursive: true });
    // Under another name until it is whole.
    const made = `${known}.${process.pid}`;
    await run("wasm-opt", [...flags, path, "-o", made]);
    renameSync(made, known);
  }
  copyFileSync(known, path);
};

/** Makes modules smaller and faster, two at a time, the largest ones first. */
const optimiseAll = async (paths) => {
  const size = (path) => statSync(path).size;
  const waiting = [...paths].sort((one, other) => size(other) - size(one));
  const worker = async () => {
    for (let path = waiting.shift(); path; path = waiting.shift()) await optimise(path);
  };
  await Promise.all([worker(), worker()]);
};

export const digest = (kind, bytes) => `${kind}-${createHash(kind).update(bytes).digest("base64")}`;

/** What Cargo linked. */
export const linked = (root) => join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "wasm32-unknown-unknown/release/apercu.wasm");

/**
 * Writes the program into `folder`. Of a program in parts only the files of the `wanted` ones are there; what `first`
 * shares with others is one file with it. Gives the parts: for each name its files; nothing where the program is whole.
 */
export const program = async (input, folder, wanted, first) => {
  const flags = first ? ["--first", first] : [];
  execFileSync(process.env.APERCU_BIND, [input, folder, "apercu", ...wanted, ...flags], { stdio: ["ignore", "inherit", "inherit"] });
  const path = (name) => join(folder, name);
  const names = readdirSync(folder);
  const parts = names.includes("parts.json") ? JSON.parse(readFileSync(path("parts.json"), "utf8")) : {};
  await optimiseAll(names.filter((name) => name.endsWith(".wasm")).map(path));
  for (const name of names.filter((name) => name.endsWith(".js"))) {
    const text = readFileSync(path(name), "utf8");
    writeFileSync(path(name), smallScript(name === "split.js" ? loader(text, folder, parts) : text));
  }
  return parts;
};

// What loads the parts. Of the text that comes with them it keeps what waits for files and calls the program, and the
// names that the program imports. Each file is fetched with the hash of its content, and taken whatever type a server
// gives it. Its address is written out, so that bundlers find it.
const FIRST_LOADER = /^(\/\*|const __chunk_|export const __wasm_split_load_)/m;
const IMPORTED = /^export const (__wasm_split_load_(\w+)) =/gm;
const loader = (text, folder, parts) => {
  const start = text.search(FIRST_LOADER);
  if (start < 0) throw new Error("the loader of the parts reads otherwise than expected");
  const files = [...new Set(Object.values(parts).flat())];
  const list = (name) => `[${parts[name].map((file) => `files[${files.indexOf(file)}]`)}]`;
  const loaded = (name) => parts[name] ? `part(${list(name)})` : `() => Promise.reject(new Error("${name} is not a part of this"))`;
  return `${text.slice(0, start)}
${readFileSync(new URL("./part-loader.js", import.meta.url), "utf8")}
const files = [${files.map((file) => `[new URL("./${file}", import.meta.url), ${JSON.stringify(integrity(join(folder, file)))}]`)}].map(loadOf);
${[...text.matchAll(IMPORTED)].map(([, imported, name]) => `export const ${imported} = wrapAsyncCb(${loaded(name)});`).join("\n")}
/** Starts to fetch the files of a part before it is asked for. */
export const prefetch = (name) => ({ ${Object.keys(parts).map((name) => `${name}: ${list(name)}`)} })[name].forEach(({ fetchAhead }) => fetchAhead());
`;
};
const integrity = (path) => digest("sha256", readFileSync(path));
