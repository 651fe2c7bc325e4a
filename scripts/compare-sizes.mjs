// What a page loads before one can edit and preview, here and with other editors: `node compare-sizes.mjs FOLDER`.
// In: pkg/, and FOLDER with the other editors and esbuild in node_modules. Out: a table of bytes with brotli.
// Neighbours: package.sh installs the editors at fixed versions and calls this.
//
// Of the others counts what their own instructions load, minified. Where a package has no such bundle, esbuild makes one
// of what they import. What they fetch later from other places (icon fonts, highlighters, diagrams) is not counted.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = resolve(process.argv[2]);
const esbuild = await import(pathToFileURL(createRequire(join(folder, "package.json")).resolve("esbuild")));
const brotli = (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } }).length;
const installed = (path) => join(folder, "node_modules", path);
const version = (name) => JSON.parse(readFileSync(installed(`${name}/package.json`), "utf8")).version;

// The pieces of a bundle that are loaded at once; what is imported only when it is needed is left out.
const bundle = async (contents, loader) => {
  const { outputFiles, metafile } = await esbuild.build({
    stdin: { contents, loader, resolveDir: folder }, absWorkingDir: folder, outdir: "out", bundle: true, minify: true, format: "esm",
    splitting: true, write: false, metafile: true, logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
    external: ["*.woff", "*.woff2", "*.ttf", "*.eot"],
  });
  const wanted = new Set();
  const follow = (path) => {
    if (wanted.has(path)) return;
    wanted.add(path);
    for (const { path: next, kind, external } of metafile.outputs[path].imports) if (kind === "import-statement" && !external) follow(next);
  };
  follow(Object.keys(metafile.outputs).find((path) => metafile.outputs[path].entryPoint === "<stdin>"));
  return outputFiles.filter(({ path }) => wanted.has(relative(folder, path))).map(({ contents }) => contents);
};
const script = (contents) => bundle(contents, "js");
const style = (contents) => bundle(contents, "css");
const file = (path) => readFileSync(installed(path));

const editors = [
  {
    name: `EasyMDE ${version("easymde")}`,
    code: [file("easymde/dist/easymde.min.js")],
    styles: [file("easymde/dist/easymde.min.css")],
    note: "both files of its README; its icons come from a font elsewhere",
  },
  {
    name: `TOAST UI Editor ${version("@toast-ui/editor")}`,
    code: await script('import Editor from "@toast-ui/editor"; new Editor({ el: document.body });'),
    styles: await style('@import "@toast-ui/editor/dist/toastui-editor.css";'),
    note: "bundled with esbuild",
  },
  {
    name: `Vditor ${version("vditor")}`,
    code: ["index.min.js", "js/lute/lute.min.js", "js/i18n/en_US.js", "js/icons/ant.js"].map((name) => file(`vditor/dist/${name}`)),
    styles: ["index.css", "css/content-theme/light.css"].map((name) => file(`vditor/dist/${name}`)),
    note: "with the engine, words and icons that it loads as it starts",
  },
  {
    name: `md-editor-v3 ${version("md-editor-v3")}`,
    code: await script('import { createApp } from "vue"; import { MdEditor } from "md-editor-v3"; createApp(MdEditor).mount(document.body);'),
    styles: await style('@import "md-editor-v3/lib/style.css";'),
    note: `bundled with esbuild, with Vue ${version("vue")}`,
  },
];

const sum = (all) => all.reduce((total, bytes) => total + brotli(bytes), 0);
const grouped = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");
const rows = [["", "loader", "code", "styles", "total", ""]];
const own = (name) => readFileSync(join(root, "pkg", name));
const loader = sum([own("auto.js"), own("index.js")]);
const parts = JSON.parse(readFileSync(join(root, "pkg/parts.json"), "utf8"));
const glue = ["apercu.js", "split.js", "apercu_bg.wasm"];
const row = (name, files, note) => {
  const code = sum([...glue, ...files].map(own));
  rows.push([name, grouped(loader), grouped(code), "in it", grouped(loader + code), note]);
};
row("apercu, the element", [...parts.element, "panes.js"], "what an element near the viewport loads");
row("apercu, render()", parts.tools, "the engine alone; with an element it loads what is not there yet");
for (const { name, code, styles, note } of editors) {
  rows.push([name, "", grouped(sum(code)), grouped(sum(styles)), grouped(sum([...code, ...styles])), note]);
}
const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
console.log("Bytes with brotli (quality 11), what a page loads before one can edit and preview:\n");
rows.forEach((cells, index) => {
  console.log(`| ${cells.map((cell, column) => (column > 0 && column < 5 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]))).join(" | ")} |`);
  if (index === 0) console.log(`|${widths.map((width, column) => (column > 0 && column < 5 ? `${"-".repeat(width + 1)}:` : "-".repeat(width + 2))).join("|")}|`);
});
