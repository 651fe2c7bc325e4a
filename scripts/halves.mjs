// Which functions belong to the half of the program that shows the first preview. In: names of functions, as Rust's compiler
// makes them. Out: what `split` asks for. Neighbours: finish.mjs; src/app/effects/first.rs is what the first
// half does. A name that leads to the wrong half costs speed and nothing else: the whole program begins anew then.

// What follows a name may tell in which crate: `name[hash]::`.
const crate = (names) => String.raw`(?:${names})\[\w+\]::`;
const any = (patterns) => new RegExp(patterns.join("|"));

// What only a table leads to comes first, unless it knows of something that comes later.
const comesLater = any([crate(String.raw`yew|gloo\w*`), `${crate("apercu")}(?:app|storage|commands|companion)`]);
export const early = (name) => !comesLater.test(name);

const rare = any([
  // The way to a panic.
  "panick", "panic_hook", "PanicAllocator", String.raw`_fail(?:ed)?"?$`, "handle_(?:alloc_)?error", "capacity_overflow", "escape_debug",
  `${crate("core")}fmt::Debug(?:>|$)`,
  // Another dialect; a frame in somebody else's page.
  String.raw`^\$"?<*${crate("apercu")}companion`, `${crate("apercu")}app::effects::furnish::adapt`,
  // Front matter with mistakes, anchors, tags of types, block scalars, mappings in braces.
  `${crate("apercu")}post::yaml::syntax_error::`, "yaml::build::Builder>::halt",
  `${crate("saphyr_parser")}.*::(?:register_anchor|fetch_anchor|scan_tag_\\w+|resolve_tag|scan_uri_escapes|fetch_block_scalar|skip_block_scalar_indent|flow_mapping_\\w+)\\b`,
  // Options of kramdown in the text; a character's name that hardly anybody writes.
  "KramdownOptions>::set", "raw_html::entity::in_table",
]);
export const seldom = (name) => rare.test(name);

// Data of theirs alone, by the files that it comes from.
export const seldomRead = ["src/markdown/raw_html/references.txt"];

// Numbers in code that are characters and no addresses: the ends of Unicode, and of the marks that Liquid leaves.
export const characters = [0x10f000, 0x10ffff, 0x110000];
