// Loads the program. Its main part shows what stands in the textarea as soon as it is there, and follows it; `start` then
// loads the part with the whole page, so that the two do not share a slow line. In: nothing. Out: the program runs.
// Neighbours: src/main.rs has `InitialPreview` and `start`; scripts/finish.mjs writes the names and hashes.
import init, { InitialPreview, readTablesWith, start } from "./{{program}}";

const [editor, preview] = ["editor", "preview"].map((id) => document.getElementById(id));
let initial;
const show = () => {
  try {
    // What stopped in the middle of this does not go on with it: the whole page shows the text, or stops in its turn.
    if (initial) document.body.dataset.first = initial.show() ? "shown" : document.body.dataset.first ?? "waiting";
  } catch (error) {
    initial = undefined;
    document.body.dataset.first = "stopped";
    console.warn(error);
  }
};
// The tables for code in colours, where the build has some: the name of their index stands in the page, the others lie
// beside it.
const index = document.querySelector('meta[name="languages"]')?.content;
const readTable = async (name) => {
  const url = new URL(index, document.baseURI);
  const response = await fetch(name === "index" ? url : new URL(name, url));
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
  return response.arrayBuffer();
};
const run = async () => {
  await init({ module_or_path: fetch(new URL("./{{wasm}}", import.meta.url), { integrity: "{{integrity}}" }) });
  if (index) readTablesWith(readTable);
  initial = new InitialPreview(editor, preview);
  show();
  editor.addEventListener("input", show);
  preview.addEventListener("load", show);
  await start();
  editor.removeEventListener("input", show);
  preview.removeEventListener("load", show);
  initial?.free();
};

// WebKit reports no error of a module that waits at its top level.
await run().catch((error) => {
  dispatchEvent(new Event("apercu-panic"));
  throw error;
// What only a page that stands can need: not before somebody can write, but soon where a text was shared. A page that has
// failed needs its next version, too.
}).finally(() => setTimeout(() => import("./{{offline}}").catch(() => {}), location.search ? 0 : 4_000));
