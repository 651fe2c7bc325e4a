// What an import of the side-effect-free entry does to a Node process: prints the names of new globals and the files that were read.
const before = new Set(Object.getOwnPropertyNames(globalThis));
const { define, preload, render, ApercuEditor, ApercuPreview } = await import("apercu");
const kinds = [define, preload, render, ApercuEditor, ApercuPreview].map((value) => typeof value);
const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
process.stdout.write(JSON.stringify({ kinds, added }));
