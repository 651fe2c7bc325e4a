// The program as files for a browser: bound to JavaScript, parted where it has split points, optimised, made small.
// In: what Cargo linked; a folder. Out: NAME.js, NAME_bg.wasm and the files of its parts there, and which part needs
// which. Neighbours: scripts/bind parts and binds, finish.mjs and package.mjs call this.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

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
const flags = ["-O3", "--one-caller-inline-max-function-size=50", ...features.map((name) => `--enable-${name}`),
  "--low-memory-unused", "--reorder-functions-by-name", ...names, "--strip-producers", "--strip-target-features"];

/** Makes a module smaller and faster, in its place. */
export const optimise = (path) => void execFileSync("wasm-opt", [...flags, path, "-o", path], { stdio: ["ignore", "inherit", "ignore"] });

export const digest = (kind, bytes) => `${kind}-${createHash(kind).update(bytes).digest("base64")}`;

/** What Cargo linked. */
export const linked = (root) => join(process.env.CARGO_TARGET_DIR ?? join(root, "target"), "wasm32-unknown-unknown/release/apercu.wasm");

/**
 * Writes the program into `folder`. Of a program in parts only the files that one of `wanted` needs stay. Gives the
 * parts: for each name its files; nothing where the program is whole.
 */
export const program = (input, folder, wanted) => {
  execFileSync(process.env.APERCU_BIND, [input, folder, "apercu"], { stdio: ["ignore", "inherit", "inherit"] });
  const path = (name) => join(folder, name);
  const names = readdirSync(folder);
  const parts = names.includes("parts.json") ? JSON.parse(readFileSync(path("parts.json"), "utf8")) : {};
  for (const name of Object.keys(parts)) if (!wanted.includes(name)) delete parts[name];
  writeFileSync(path("parts.json"), JSON.stringify(parts));
  const kept = new Set(["apercu_bg.wasm", ...Object.values(parts).flat()]);
  for (const name of names.filter((name) => name.endsWith(".wasm"))) kept.has(name) ? optimise(path(name)) : rmSync(path(name));
  for (const name of names.filter((name) => name.endsWith(".js"))) {
    const text = readFileSync(path(name), "utf8");
    writeFileSync(path(name), smallScript(name === "split.js" ? sealed(text, folder, parts, kept) : text));
  }
  return parts;
};

// The loader of the parts fetches each with the hash of its content, and takes it whatever type a server gives it.
const FETCH = /fetch\((new URL\("\.\/([^"]+)", import\.meta\.url\))\)/g;
const STREAM = "WebAssembly.instantiateStreaming(src, imports)";
const sealed = (text, folder, parts, kept) => {
  if (!text.includes(STREAM)) throw new Error("the loader of the parts reads otherwise than expected");
  // Written out for each file, so that bundlers find the addresses.
  const at = (name) => `(new URL("./${name}", import.meta.url), ${JSON.stringify(integrity(join(folder, name)))})`;
  const loaded = (name) => kept.has(name) ? `part${at(name)}` : `Promise.reject(new Error("${name} is not a part of this"))`;
  const lists = Object.entries(parts).map(([name, files]) => `${name}: () => { ${files.map((file) => `fetchAhead${at(file)};`).join(" ")} }`);
  return `${text.replaceAll(STREAM, "instantiate(await src, imports)").replace(FETCH, (_, _url, name) => loaded(name))}
${readFileSync(new URL("./part-loader.js", import.meta.url), "utf8")}
/** Starts to fetch the files of a part before it is asked for. */
export const prefetch = (name) => ({ ${lists.join(", ")} })[name]();
`;
};
const integrity = (path) => digest("sha384", readFileSync(path));
