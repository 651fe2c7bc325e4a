// What the loader of the program's parts reads them with; scripts/program.mjs puts it into `split.js`, with the files and
// the parts that consist of them. In: an address, the hash of the content. Out: the bytes, an instance. Works in a page, in
// a worker, and in Node, whose `fetch` reads no files.
/** Loads a file once, and fetches it before if that is asked for. */
const loadOf = ([url, integrity]) => {
  let ahead;
  const fetchAhead = () => {
    const bytes = (ahead = read(url, integrity));
    bytes.catch(() => (ahead = undefined));
  };
  const load = makeLoad(() => {
    const bytes = ahead ?? read(url, integrity);
    // Used once: the loader keeps what it has loaded, and asks again for what has failed.
    ahead = undefined;
    bytes.catch(() => {});
    return async (imports) => WebAssembly.instantiate(await bytes, imports);
  }, []);
  return { load, fetchAhead };
};
/** Loads all files of a part. */
const part = (files) => () => Promise.all(files.map(({ load }) => load()));
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
