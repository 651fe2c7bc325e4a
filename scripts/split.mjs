// Parts a WASM module in two: what is needed until a function has answered, and what is needed only from another one on. The
// second module shares memory and tables of the first and fills its gaps; until then a call into a gap is a trap. What the
// module and its glue call each other by gets short names. In: a module with names, its glue. Out: the bytes of both, the glue. Neighbours: finish.mjs calls it, start.js puts the two together, toolchain.sh brings wasm-dis and wasm-as.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FEATURES = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"].map((name) => `--enable-${name}`);

// What a module consists of, as far as it is known here.
const KINDS = ["type", "import", "func", "table", "memory", "global", "export", "elem", "data"];

// One item of the text that wasm-dis writes: its kind, its own name, and the names that stand in it.
const NAME = /\$(?:"(?:[^"\\]|\\.)*"|[^\s()"]+)/g;
const itemOf = (text) => {
  const [, kind] = /^ \((\w+)/.exec(text);
  const [head] = text.split("\n", 1);
  return { text, kind, head, name: kind === "import" || kind === "export" ? undefined : head.match(NAME)?.[0] };
};
const parse = (text) => {
  const items = [], starts = [];
  for (const match of text.matchAll(/^ \(/gm)) starts.push(match.index);
  starts.forEach((start, at) => items.push(itemOf(text.slice(start, starts[at + 1] ?? text.lastIndexOf(")")).trimEnd())));
  return items;
};

// Everything that a function speaks of by name, but for its own locals and labels, which are never names of items.
const named = (item) => new Set((item.text.slice(item.head.length).match(NAME) ?? []).concat(item.kind === "func" ? [] : item.head.match(NAME) ?? []));

/**
 * `later`: the exports that are not called before the second module is there. By the names of functions, `early` says whether
 * one that only a table leads to belongs to the first module, and `seldom` whether one goes to the second although the first
 * leads to it; `data` are bytes of the module's memory that only such functions read, unless a number
 * in the first says otherwise that is none of `characters`.
 */
export const split = (bytes, glue, { later, early, seldom, data, characters }) => {
  const folder = mkdtempSync(join(tmpdir(), "split-"));
  const path = (name) => join(folder, name);
  const run = (tool, from, to) => execFileSync(tool, [...FEATURES, path(from), "-o", path(to)], { stdio: ["ignore", "inherit", "inherit"] });
  try {
    writeFileSync(path("whole.wasm"), bytes);
    run("wasm-dis", "whole.wasm", "whole.wat");
    const items = parse(readFileSync(path("whole.wat"), "utf8"));
    const unknown = items.find(({ kind }) => !KINDS.includes(kind));
    if (unknown) throw new Error(`a ${unknown.kind} is not provided for`);
    const short = shorten(items, glue);
    for (const [name, text] of Object.entries(parts(items, { later, early, seldom, data, characters }))) writeFileSync(path(`${name}.wat`), text);
    run("wasm-as", "first.wat", "first.wasm");
    run("wasm-as", "rest.wat", "rest.wasm");
    return { first: readFileSync(path("first.wasm")), rest: readFileSync(path("rest.wasm")), glue: short };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

// Names with a hash are a tenth of what the glue and the first module take, and nobody else reads them.
const shorten = (items, glue) => {
  const names = new Map();
  for (const item of items) {
    const name = item.kind === "import" ? /^ \(import "[^"]*" "(\w+)"/.exec(item.head)?.[1] : item.kind === "export" ? /^ \(export "(\w+)"/.exec(item.head)[1] : "";
    if (!/[0-9a-f]{16}|^wasm_bindgen_/.test(name)) continue;
    names.set(name, `$${names.size.toString(36)}`);
    item.text = item.text.replace(`"${name}"`, () => `"${names.get(name)}"`);
    item.head = item.text.split("\n", 1)[0];
  }
  const found = new Set();
  const short = glue.replace(/\b\w+\b/g, (word) => {
    if (names.has(word)) found.add(word);
    return names.get(word) ?? word;
  });
  for (const name of names.keys()) if (!found.has(name)) throw new Error(`the glue knows no ${name}`);
  return short;
};

// A segment of memory as wasm-dis writes it, and as it is written again.
const ESCAPES = { t: 9, n: 10, r: 13, '"': 34, "'": 39, "\\": 92 };
const contentOf = (text) => Buffer.from(text.replace(/\\([0-9a-f]{2}|.)/gs, (_, code) => String.fromCharCode(code.length === 2 ? parseInt(code, 16) : ESCAPES[code])), "latin1");
const segment = (at, bytes) => ` (data (i32.const ${at}) "${[...bytes].map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("")}")`;

// Takes pieces of memory out of the segments that hold them, but for those that `isRead` finds read: these stay.
const taken = (segments, pieces, isRead) => {
  const moved = [];
  for (const piece of pieces) {
    const found = segments.flatMap((item, index) => {
      const [, address, content] = /^ \(data (?:\$\S+ )?\(i32\.const (\d+)\) "([^]*)"\)$/.exec(item.text ?? item);
      const bytes = contentOf(content), at = bytes.indexOf(piece);
      return at < 0 ? [] : [{ index, start: Number(address), bytes, at }];
    });
    if (found.length !== 1 || isRead(found[0].start + found[0].at, piece.length)) {
      console.warn(`data of ${piece.length} bytes stay in the first half, which is larger for it`);
      continue;
    }
    const [{ index, start, bytes, at }] = found, end = at + piece.length;
    moved.push(segment(start + at, piece));
    segments.splice(index, 1, segment(start, bytes.subarray(0, at)), segment(start + end, bytes.subarray(end)));
  }
  return moved;
};

const parts = (items, { later, early, seldom, data, characters }) => {
  const of = (kind) => items.filter((item) => item.kind === kind);
  const functions = new Map(of("func").map((item) => [item.name, { ...item, calls: named(item) }]));
  const exported = new Map(of("export").filter(({ head }) => head.includes("(func ")).map(({ head }) => [/"([^"]*)"/.exec(head)[1], head.match(NAME).at(-1)]));
  for (const name of later) if (!exported.has(name)) throw new Error(`the module exports no ${name}`);
  const inTables = of("elem").flatMap((item) => [...named(item)]).filter((name) => functions.has(name));

  const kept = new Set();
  const keep = (name) => {
    const queue = [name];
    while (queue.length) {
      const next = queue.pop();
      if (kept.has(next) || !functions.has(next) || seldom(next)) continue;
      kept.add(next);
      queue.push(...functions.get(next).calls);
    }
  };
  for (const [name, target] of exported) if (!later.includes(name)) keep(target);
  for (const name of inTables) if (early(name)) keep(name);

  // What the first module speaks of and does not hold is a gap: a function that leads through a table of its own.
  const gaps = new Set();
  const gap = (name) => { if (functions.has(name) && !kept.has(name)) gaps.add(name); };
  for (const name of kept) functions.get(name).calls.forEach(gap);
  inTables.forEach(gap);
  exported.forEach((target) => gap(target));
  const stubs = [...gaps].map((name, slot) => {
    const { head } = functions.get(name);
    const signature = (head.match(/\((?:type|param|result) [^)]*\)/g) ?? []);
    const parameters = signature.filter((part) => part.startsWith("(param"));
    const arguments_ = parameters.map((part) => `(local.get ${part.match(NAME)[0]})`);
    const type = signature.map((part) => part.replace(/\(param \S+/, "(param")).join(" ");
    return ` (func ${name} ${signature.join(" ")}\n  (call_indirect $gaps ${type} ${arguments_.join(" ")} (i32.const ${slot})))`;
  });

  // What the second module takes from the first, under short names.
  const wanted = new Set();
  for (const [name, { calls }] of functions) if (!kept.has(name)) calls.forEach((call) => wanted.add(call));
  const exports = [], imports = [];
  const share = (kind, name, type) => {
    const as = `${exports.length.toString(36)}`;
    exports.push(` (export "~${as}" (${kind} ${name}))`);
    imports.push(` (import "first" "~${as}" (${kind} ${name}${type ? ` ${type}` : ""}))`);
  };
  const typeOf = (head) => (head.match(/\((?:type|param|result) [^)]*\)/g) ?? []).join(" ");
  for (const { head } of of("import")) {
    const [, kind, name, type] = /\((func|global|table|memory) (\$(?:"(?:[^"\\]|\\.)*"|[^\s()"]+)) ?(.*)\)\)$/.exec(head);
    if (kind !== "func") throw new Error(`a host's ${kind} is not provided for`);
    if (wanted.has(name)) share(kind, name, type);
  }
  for (const [name, { head }] of functions) if (kept.has(name) && wanted.has(name)) share("func", name, typeOf(head));
  for (const { name, head } of of("global")) {
    if (wanted.has(name)) share("global", name, /\$\S+ (\(mut \w+\)|\w+)/.exec(head)[1]);
  }
  for (const kind of ["memory", "table"]) for (const { name, head } of of(kind)) share(kind, name, head.slice(head.indexOf(name) + name.length, -1).trim());
  share("table", "$gaps", `${gaps.size} funcref`);

  const segments = of("data");
  // Whatever number in code may be an address of theirs is taken for one.
  const isRead = (address, length) => [...kept].some((name) => [...functions.get(name).text.matchAll(/(?:i32\.const |offset=)(\d+)/g)]
    .some(([, number]) => address <= number && number < address + length && !characters.includes(Number(number))));
  const moved = taken(segments, data, isRead);
  const text = (list) => list.map((item) => item.text ?? item).join("\n");
  const order = [...functions.keys()];
  return {
    first: `(module\n${text([
      ...of("type"), ...of("import"), ...of("global"), ...of("memory"), ...segments, ...of("table"), ` (table $gaps ${gaps.size} ${gaps.size} funcref)`,
      ...of("elem"), ...of("export"), ...exports, ...order.filter((name) => kept.has(name)).map((name) => functions.get(name)), ...stubs,
    ])}\n)`,
    rest: `(module\n${text([
      ...of("type"), ...imports, ` (elem (table $gaps) (i32.const 0) func ${[...gaps].join(" ")})`, ...moved,
      ...order.filter((name) => !kept.has(name)).map((name) => functions.get(name)),
    ])}\n)`,
  };
};
