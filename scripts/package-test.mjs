// Uses the package as people do: `node package-test.mjs TOOLS WORK`. In: pkg/ as it was laid out, TOOLS (a folder with
// typescript, vite, webpack, esbuild and parse5 in node_modules), tests/package/, tests/attacks.txt. Out: WORK, where the
// package is installed from its own archive and each bundler's output stands in a folder of its name that can be served;
// exit code 1 and words on what failed. Neighbours: package.sh, test.sh.
import { spawnSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync } from "node:zlib";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [tools, work] = process.argv.slice(2).map((path) => resolve(path));
const tool = createRequire(join(tools, "package.json"));
const load = async (name) => import(pathToFileURL(tool.resolve(name)));
// Budgets of an element's parts, in bytes with brotli.
const [MAX_ELEMENT, MAX_TOOLS] = [305_500, 382_000];
const failures = [];
const check = (ok, what) => {
  if (!ok) failures.push(what);
};
const run = (command, args, options = {}) => {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd: work, encoding: "utf8", ...options });
  if (error) throw error;
  return { ok: status === 0, output: `${stdout}${stderr}`, stdout };
};
const step = (name) => console.log(`  ${name}`);

// The package as npm would publish it, installed where the tests and fixtures find it.
const pkg = join(root, "pkg");
rmSync(work, { recursive: true, force: true });
cpSync(join(root, "tests/package"), work, { recursive: true });
const installed = join(work, "node_modules/apercu");
mkdirSync(installed, { recursive: true });
symlinkSync(join(tools, "node_modules/parse5"), join(work, "node_modules/parse5"));
symlinkSync(join(tools, "node_modules/entities"), join(work, "node_modules/entities"));
const packed = run("npm", ["pack", pkg, "--pack-destination", work, "--json"], { env: { ...process.env, npm_config_update_notifier: "false" } });
const archive = readdirSync(work).find((name) => name.endsWith(".tgz"));
if (!archive || !run("tar", ["-xzf", archive, "-C", installed, "--strip-components=1"]).ok) throw new Error(`npm pack: ${packed.output}`);
const wasm = readdirSync(installed).filter((name) => name.endsWith(".wasm"));
check(wasm.length > 0, "the archive has no WASM");
const tables = existsSync(join(installed, "rouge")) ? readdirSync(join(installed, "rouge")).filter((name) => name !== "NOTICES") : [];
check(tables.length > 190, "the archive has no tables for code in colours");

step("the files of the package");
const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8"));
const text = (name) => readFileSync(join(installed, name), "utf8");
const named = [...Object.values(manifest.exports).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry))), manifest.types, manifest.customElements];
for (const name of [...named, "README.md", "LICENSE-MIT", "LICENSE-APACHE"]) check(existsSync(join(installed, name)), `${name} is not in the archive`);
const scripts = readdirSync(installed).filter((name) => name.endsWith(".js"));
const glue = new Set(wasm.map((name) => name.replace("_bg.wasm", ".js")));
for (const name of scripts) {
  const dangers = [/\beval\(/, /\bnew Function\b/, /\bdocument\.write\b/, /["'`](https?:)?\/\/[a-z]/];
  // The glue exports all functions that the libraries import, also those that are never called.
  if (!glue.has(name)) dangers.push(/\bFunction\(/, /\b(inner|outer)HTML\b/, /\binsertAdjacentHTML\b/, /\bcssText\b/);
  for (const danger of dangers) {
    check(!danger.test(text(name)), `${name} has ${danger.exec(text(name))?.[0]}`);
  }
}
// What runs before an element is near: the entry and what it imports at once.
const eager = new Set();
const follow = (name) => {
  if (eager.has(name)) return;
  eager.add(name);
  for (const [, next] of text(name).matchAll(/^(?:import|export)\b[^;]*?["']\.\/([^"']+)["']/gm)) follow(next);
};
follow("auto.js");
const loader = [...eager].reduce((sum, name) => sum + brotliCompressSync(readFileSync(join(installed, name))).length, 0);
// What an element needs to be whole, and what is loaded after that. A number rises only with a commit that says why.
const weigh = (names) => [...new Set(names)].reduce((sum, name) => sum + brotliCompressSync(readFileSync(join(installed, name))).length, 0);
const parts = JSON.parse(readFileSync(join(pkg, "parts.json"), "utf8"));
const whole = [...eager, "panes.js", "apercu.js", "split.js", "apercu_bg.wasm", ...parts.element];
const [element, later] = [weigh(whole), weigh(parts.tools.filter((name) => !whole.includes(name)))];
check(element <= MAX_ELEMENT, `an element needs ${element} bytes with brotli, more than ${MAX_ELEMENT}`);
check(later <= MAX_TOOLS, `what is loaded later has ${later} bytes with brotli, more than ${MAX_TOOLS}`);
check(loader <= 5000, `the loader (${[...eager].join(", ")}) has ${loader} bytes with brotli, more than 5,000`);

step("types");
const types = [tool.resolve("typescript/bin/tsc"), "--noEmit", "--strict", "--exactOptionalPropertyTypes", "--noUncheckedIndexedAccess", "--target", "es2022"];
const settings = [["bundler", "esnext", "es2022,dom"], ["node16", "node16", "es2022,dom"], ["bundler", "esnext", "es2022"]];
writeFileSync(join(work, "package.json"), JSON.stringify({ private: true, type: "module" }));
const typed = (files, [resolution, modules, lib]) => run(process.execPath, [...types, "--moduleResolution", resolution, "--module", modules, "--lib", lib, ...files]);
for (const setting of settings) {
  const { ok, output } = typed(["usage.ts", "misuse.ts"], setting);
  check(ok, `tsc (${setting.join(", ")}):\n${output}`);
}
// The compiler reports the misuse: every line that is to fail does so for itself.
const misuse = readFileSync(join(work, "misuse.ts"), "utf8");
const expected = misuse.match(/@ts-expect-error/g).length;
writeFileSync(join(work, "unguarded.ts"), misuse.replaceAll("@ts-expect-error", "-"));
const errors = new Set([...typed(["unguarded.ts"], settings[0]).output.matchAll(/^unguarded\.ts\((\d+),/gm)].map(([, line]) => line));
check(errors.size === expected, `of ${expected} lines of misuse, ${errors.size} fail`);

step("the manifest beside the types");
const ts = tool("typescript");
const program = ts.createProgram([join(installed, "auto.d.ts")], { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler });
const checker = program.getTypeChecker();
const index = checker.getSymbolAtLocation(program.getSourceFile(join(installed, "index.d.ts")));
const exported = new Map(checker.getExportsOfModule(index).map((symbol) => [symbol.name, symbol]));
const own = (name) => exported.get(name).declarations.flatMap((node) => [...node.members]);
const same = (what, one, other) => {
  const [left, right] = [new Set(one), new Set(other)];
  for (const name of left) check(right.has(name), `${what}: ${name} is in the manifest alone`);
  for (const name of right) check(left.has(name), `${what}: ${name} is in the types alone`);
};
const elements = JSON.parse(text("custom-elements.json"));
check(elements.schemaVersion === "1.0.0", "the manifest's schema");
const declarations = new Map(elements.modules.flatMap(({ declarations }) => declarations.map((declaration) => [declaration.name, declaration])));
for (const element of ["ApercuEditor", "ApercuPreview"]) {
  const { members, attributes, tagName } = declarations.get(element);
  const listeners = new Set(["addEventListener", "removeEventListener"]);
  const typedMembers = own(element).filter((member) => !listeners.has(member.name.text));
  const kinds = [["field", ts.SyntaxKind.PropertyDeclaration], ["method", ts.SyntaxKind.MethodDeclaration]];
  for (const [kind, syntax] of kinds) {
    same(`${element}, ${kind}s`, members.filter((member) => member.kind === kind).map(({ name }) => name), typedMembers.filter((member) => member.kind === syntax).map((member) => member.name.text));
  }
  for (const { name, readonly = false } of members.filter(({ kind }) => kind === "field")) {
    const declared = typedMembers.find((member) => member.name.text === name)?.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) ?? false;
    check(declared === readonly, `${element}.${name}: readonly here and not there`);
  }
  const fields = new Set(members.map(({ name }) => name));
  for (const { name, fieldName } of attributes) check(!fieldName || fields.has(fieldName), `${element}: the attribute ${name} names a field ${fieldName}`);
  const names = new Set(attributes.map(({ name }) => name));
  for (const { name, attribute } of members) check(!attribute || names.has(attribute), `${element}: the field ${name} names an attribute ${attribute}`);
  check(text("auto.d.ts").includes(`"${tagName}": ${element}`), `auto.d.ts has no ${tagName}`);
  check(elements.modules.some(({ exports }) => exports.some(({ kind, name }) => kind === "custom-element-definition" && name === tagName)), `no definition of ${tagName}`);
}
same("events", declarations.get("ApercuEditor").events.map(({ name }) => name).filter((name) => !["input", "change"].includes(name)), own("ApercuEventMap").map((member) => member.name.text));
for (const { name } of declarations.get("ApercuPreview").events) check(own("ApercuEventMap").some((member) => member.name.text === name), `the preview's event ${name} has no type`);
// Classes, functions and constants are what JavaScript exports; the rest is types.
const values = [...exported.values()].filter(({ flags }) => flags & ts.SymbolFlags.Value).map(({ name }) => name);
same("exports", elements.modules[0].exports.map(({ name }) => name), values);
// And both beside the program: in Node the classes are there, but cannot be made.
const shipped = await import(pathToFileURL(join(installed, "index.js")));
same("exports of index.js", Object.keys(shipped), values);
const bytes = wasm.map((name) => readFileSync(join(installed, name)));
for (const element of ["ApercuEditor", "ApercuPreview"]) {
  const { members, attributes, events } = declarations.get(element);
  const type = shipped[element];
  for (const { name, static: fixed } of members) {
    // `ready` is each element's own.
    check(fixed ? name in type : name === "ready" || name in type.prototype, `${element} has no ${name}`);
  }
  const names = new Set([...attributes.map(({ name }) => name), "aria-label"]);
  for (const name of type.observedAttributes) check(names.has(name), `${element} observes ${name}, of which the manifest says nothing`);
  for (const { name } of events) {
    check(name.startsWith("apercu:") ? text("index.js").includes(name) || bytes.some((module) => module.includes(name)) : true, `nothing fires ${name}`);
  }
}
// The README tells of every attribute, event, custom property and part.
const readme = text("README.md");
for (const { attributes, events, members, cssProperties, cssParts } of ["ApercuEditor", "ApercuPreview"].map((name) => declarations.get(name))) {
  for (const { name } of [...attributes, ...events, ...members.filter(({ static: fixed }) => !fixed), ...cssProperties, ...cssParts]) {
    check(new RegExp(`\`${name}[\`(]`).test(readme), `the README does not tell of ${name}`);
  }
}

const listed = (folder) => readdirSync(folder, { recursive: true }).map(String).filter((name) => statSync(join(folder, name)).isFile());
const built = async (bundler, build) => {
  step(bundler);
  const out = join(work, bundler);
  try {
    await build(out);
  } catch (error) {
    check(false, `${bundler}: ${error.message}`);
    return;
  }
  const files = listed(out).filter((name) => name.endsWith(".wasm"));
  for (const name of wasm) {
    const bytes = readFileSync(join(installed, name));
    check(files.some((file) => readFileSync(join(out, file)).equals(bytes)), `${bundler}: ${name} is not in the output`);
  }
  check(files.length === wasm.length, `${bundler}: ${files.length} WASM files for ${wasm.length} modules: ${files.join(", ")}`);
  // A table in a script would need a host's policy to allow `data:`.
  check(listed(out).length > wasm.length + tables.length, `${bundler}: not all of the ${tables.length} tables are in the output`);
  check(existsSync(join(out, "index.html")), `${bundler}: no page`);
};
const ran = (bundler, entry) => {
  const code = `const { html } = await (await import(${JSON.stringify(String(pathToFileURL(entry)))})).rendered; process.stdout.write(html);`;
  const { ok, stdout, output } = run(process.execPath, ["--input-type=module", "-e", code]);
  check(ok && stdout.startsWith("<p>Text with <em>words</em>.</p>") && stdout.includes('<span class="k">end</span>'), `${bundler}: the engine of its output answers ${output}`);
};
const app = join(work, "app");

await built("vite", async (out) => {
  const { build } = await load("vite");
  const common = { root: app, base: "./", configFile: false, logLevel: "warn", cacheDir: join(work, ".vite") };
  await build({ ...common, build: { outDir: out, emptyOutDir: false } });
  await build({ ...common, build: { outDir: join(work, "vite-engine"), emptyOutDir: false, rollupOptions: { input: join(app, "engine.js"), output: { entryFileNames: "engine.js" }, preserveEntrySignatures: "strict" }, modulePreload: false } });
  ran("vite", join(work, "vite-engine/engine.js"));
});

await built("webpack", async (out) => {
  const { default: webpack } = await load("webpack");
  const build = (entry, folder, more) =>
    new Promise((resolve, reject) => {
      webpack({ mode: "production", context: app, entry: `./${entry}`, output: { path: folder, filename: entry, ...more.output }, performance: false, ...more.options }, (error, stats) => {
        if (error) reject(error);
        else if (stats.hasErrors() || stats.hasWarnings()) reject(new Error(stats.toString({ all: false, errors: true, warnings: true })));
        else resolve();
      });
    });
  await build("main.js", out, { output: {} });
  // Its output is no module unless one asks for that.
  writeFileSync(join(out, "index.html"), readFileSync(join(app, "index.html"), "utf8").replace('type="module"', "defer"));
  await build("engine.js", join(work, "webpack-engine"), { output: { module: true, library: { type: "module" }, publicPath: "auto", chunkFormat: "module" }, options: { target: "node20", experiments: { outputModule: true } } });
  ran("webpack", join(work, "webpack-engine/engine.js"));
});

await built("esbuild", async (out) => {
  const { build } = await load("esbuild");
  const common = { absWorkingDir: app, bundle: true, format: "esm", splitting: true, minify: true, outdir: out, logLevel: "silent" };
  const { warnings } = await build({ ...common, entryPoints: ["main.js", "engine.js"] });
  check(warnings.length === 0, `esbuild warns: ${warnings.map(({ text }) => text).join("; ")}`);
  copyFileSync(join(app, "index.html"), join(out, "index.html"));
  // As the README says: esbuild leaves `new URL(…, import.meta.url)` alone.
  for (const name of wasm) copyFileSync(join(installed, name), join(out, name));
  cpSync(join(installed, "rouge"), join(out, "rouge"), { recursive: true });
  ran("esbuild", join(out, "engine.js"));
  // The entry "." alone leaves nothing in a bundle, "./auto" does.
  const size = async (contents) => {
    const { outputFiles } = await build({ ...common, splitting: false, outdir: undefined, write: false, stdin: { contents, resolveDir: app } });
    return outputFiles[0].contents.length;
  };
  check((await size('import "apercu";')) < 20, "an import of the entry . for its side effects is not empty");
  check((await size('import "apercu/auto";')) > 20, "an import of the entry ./auto is empty");
});

step("the engine in Node");
const engine = run(process.execPath, ["--test", "--test-reporter=spec", "engine.test.mjs"], { env: { ...process.env, ATTACKS: join(root, "tests/attacks.txt") } });
check(engine.ok, `the engine in Node:\n${engine.output}`);

for (const failure of failures) console.error(`✗ ${failure}`);
console.log(failures.length ? `${failures.length} failures` : `the package holds: ${wasm.join(" and ")}; loader ${loader} bytes with brotli`);
process.exit(failures.length ? 1 : 0);
