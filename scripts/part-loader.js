// What the loader of the program's parts reads them with; scripts/program.mjs adds it to `split.js`, with a `prefetch` that
// knows which files each part consists of. In: an address, the hash of the content. Out: the bytes, an instance. Works in
// a page, in a worker, and in Node, whose `fetch` reads no files.
const ahead = new Map();
function part(url, integrity) {
  const bytes = ahead.get(url.href) ?? read(url, integrity);
  // Used once: the loader keeps what it has loaded, and asks again for what has failed.
  ahead.delete(url.href);
  return bytes;
}
function fetchAhead(url, integrity) {
  const bytes = read(url, integrity);
  ahead.set(url.href, bytes);
  bytes.catch(() => ahead.delete(url.href));
}
/** The bytes at an address. */
export async function read(url, integrity) {
  if (url.protocol === "file:" && globalThis.process?.versions?.node) {
    // The name is put together so that bundlers for browsers do not look for it.
    const { readFile } = await import(/* webpackIgnore: true */ /* @vite-ignore */ ["node:fs", "promises"].join("/"));
    return readFile(url);
  }
  const response = await fetch(url, integrity ? { integrity } : {});
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.arrayBuffer();
}
const instantiate = (bytes, imports) => WebAssembly.instantiate(bytes, imports);
