// The engine without an element: one function over the companion module. In: a text and options. Out: a promise of what
// index.d.ts calls Rendered. Works in pages, workers and Node. Neighbours: src/companion/render.rs does the work,
// scripts/package.mjs puts companion.js and companion_bg.wasm beside this file.

let module;

const fetched = async () => {
  const url = new URL("./companion_bg.wasm", import.meta.url);
  const glue = await import("./companion.js");
  // Node's fetch reads no files. The name is put together so that bundlers for browsers do not look for it.
  const bytes = url.protocol === "file:" && globalThis.process?.versions?.node
    ? (await import(/* webpackIgnore: true */ /* @vite-ignore */ ["node:fs", "promises"].join("/"))).readFile(url)
    : fetch(url);
  await glue.default({ module_or_path: bytes });
  return glue;
};

/** The companion module, once for all: the elements share it. */
export const load = () => {
  // What failed on its way (the network) is tried again by the next call.
  module ??= fetched().catch((error) => {
    module = undefined;
    throw error;
  });
  return module;
};

export const render = async (text, options = {}) => {
  if (typeof text !== "string") throw new TypeError("apercu: render(text, options) wants a string");
  return (await load()).render(text, options);
};
