// Loads the program in two halves, and the companion module when the program asks for it. The first half shows what stands
// in the textarea as soon as it is there, and follows it; the second is asked for when the first has come, so that the two
// do not share a slow line. The build puts names and hashes in. In: nothing. Out: the program runs. Neighbours:
// scripts/split.mjs makes the halves, scripts/finish.mjs writes the placeholders, src/main.rs has `first` and `start`,
// src/app/effects/companion.rs calls `companion`.
import init, { first, start } from "./{{program}}";

const { app, editor, preview } = Object.fromEntries(["app", "editor", "preview"].map((id) => [id, document.getElementById(id)]));

app.companion = async () => {
  preload("./{{companion}}", "{{companion-integrity}}");
  const companion = await import("./{{companion}}");
  await companion.default({ module_or_path: fetch("./{{companion-wasm}}", { integrity: "{{companion-wasm-integrity}}" }) });
  return companion;
};

const preload = (href, integrity) => document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href, integrity, crossOrigin: "" }));

// Where the first half lacks what is in the second, or stops for another reason, it goes, and the whole begins anew.
let stopped = false;
const show = () => {
  try {
    if (!stopped && first()) document.body.dataset.first = "shown";
  } catch (error) {
    stopped = true;
    document.body.dataset.first = "stopped";
    console.warn(error);
  }
};

const run = async () => {
  const load = async (name, integrity) => (await fetch(name, { integrity })).arrayBuffer();
  const half = await load("./{{wasm}}", "{{integrity}}");
  const rest = "{{rest}}" && load("./{{rest}}", "{{rest-integrity}}");
  let [exports, other] = await Promise.all([init({ module_or_path: half }).then((exports) => {
    show();
    editor.addEventListener("input", show);
    preview.addEventListener("load", show);
    return exports;
  }), rest]);
  editor.removeEventListener("input", show);
  preview.removeEventListener("load", show);
  let begin = start;
  if (stopped) {
    const again = "./{{program}}?again";
    preload(again, "{{program-integrity}}");
    const program = await import(again);
    exports = await program.default({ module_or_path: half });
    begin = program.start;
  }
  if (other) await WebAssembly.instantiate(other, { first: exports });
  begin();
};

// WebKit reports no error of a module that waits at its top level.
await run().catch((error) => {
  dispatchEvent(new Event("apercu-panic"));
  throw error;
});
