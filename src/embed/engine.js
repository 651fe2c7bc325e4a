// The engine without an element. In: a text and options. Out: a promise of what index.d.ts calls Rendered. Works in pages,
// workers and Node. Neighbours: src/embed/render.rs does the work; the build puts apercu.js and apercu_bg.wasm beside this
// file, and index.js loads the program by `load`, too.

let program;

const fetched = async (part) => {
  const url = new URL("./apercu_bg.wasm", import.meta.url);
  // Node's fetch reads no files. The name is put together so that bundlers for browsers do not look for it.
  const bytes = url.protocol === "file:" && globalThis.process?.versions?.node
    ? import(/* webpackIgnore: true */ /* @vite-ignore */ ["node:fs", "promises"].join("/")).then(({ readFile }) => readFile(url))
    : fetch(url);
  // All files at once: on a slow line each step of its own costs the way there and back.
  const [module, { prefetch }] = await Promise.all([import("./apercu.js"), import("./split.js")]);
  prefetch(part);
  await module.default({ module_or_path: bytes });
  return module;
};

/**
 * The program, once for all; `part` of it is the next that is needed. What failed on its way (the network) is tried again
 * by the next call.
 */
export const load = (part) => {
  program ??= fetched(part).catch((error) => {
    program = undefined;
    throw error;
  });
  return program;
};

export const render = async (text, options = {}) => {
  if (typeof text !== "string") throw new TypeError("apercu: render(text, options) wants a string");
  return (await load("tools")).render(text, options);
};
