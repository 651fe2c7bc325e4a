// Loads the program, and the companion module when the program asks for it. The build puts names and hashes in.
// In: nothing. Out: the WASM module runs. Neighbours: scripts/finish.mjs writes the placeholders, src/main.rs is what
// starts, src/app/effects/companion.rs calls `companion`.
import init from "./{{program}}";

document.getElementById("app").companion = async () => {
  const link = document.createElement("link");
  Object.assign(link, { rel: "modulepreload", href: "./{{companion}}", integrity: "{{companion-integrity}}", crossOrigin: "" });
  document.head.append(link);
  const companion = await import("./{{companion}}");
  await companion.default({ module_or_path: fetch("./{{companion-wasm}}", { integrity: "{{companion-wasm-integrity}}" }) });
  return companion;
};

// WebKit reports no error of a module that waits at its top level.
await init({ module_or_path: fetch("./{{wasm}}", { integrity: "{{integrity}}" }) }).catch((error) => {
  dispatchEvent(new Event("apercu-panic"));
  throw error;
});
