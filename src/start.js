// Loads the program. The build puts names and hashes in. In: nothing. Out: the WASM module runs.
// Neighbours: scripts/finish.mjs writes the placeholders, src/main.rs is what starts.
import init from "./{{program}}";

await init({ module_or_path: fetch("./{{wasm}}", { integrity: "{{integrity}}" }) });
