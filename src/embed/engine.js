// The engine without an element. In: a text and options. Out: a promise of what index.d.ts calls Rendered. Works in pages,
// workers and Node. Neighbours: src/embed/render.rs does the work; the build puts apercu.js and apercu_bg.wasm beside this
// file, and index.js loads the program by `load`, too.

let program;

const fetched = async () => {
  const url = new URL("./apercu_bg.wasm", import.meta.url);
  const module = await import("./apercu.js");
  // Node's fetch reads no files. The name is put together so that bundlers for browsers do not look for it.
  const bytes = url.protocol === "file:" && globalThis.process?.versions?.node
    ? (await import(/* webpackIgnore: true */ /* @vite-ignore */ ["node:fs", "promises"].join("/"))).readFile(url)
    : fetch(url);
  await module.default({ module_or_path: bytes });
  return module;
};

/** The program, once for all. What failed on its way (the network) is tried again by the next call. */
export const load = () => {
  program ??= fetched().catch((error) => {
    program = undefined;
    throw error;
  });
  return program;
};

export const render = async (text, options = {}) => {
  if (typeof text !== "string") throw new TypeError("apercu: render(text, options) wants a string");
  return (await load()).render(text, options);
};
