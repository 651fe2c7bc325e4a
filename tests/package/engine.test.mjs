// The engine in Node: what `render` says of a text, held against what the texts below say by themselves.
// In: the packed package under node_modules, ATTACKS (the file of attacks). Out: a report of node:test.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { render } from "apercu";
import { parse } from "parse5";

const POST = [
  "---",
  "title: Été 😀",
  "date: 2014-12-08",
  "tags: [un, deux]",
  "count: 12",
  "ratio: 1.5",
  "draft: no",
  "nothing:",
  "huge: 9007199254740993",
  "nested: {a: [1, {b: c}]}",
  "__proto__: taken",
  "---",
  "",
  "# Tête 😀 *haute*",
  "",
  "Déjà 😀 {{ page.title }} vu.",
  "",
  "😀 ![](https://example.org/a.png)",
  "",
  "## Suite",
  "",
  "Fin.",
  "",
].join("\n");
const NAME = { fileName: "_posts/2014-12-08-ete.md" };
const at = (text, part) => {
  const start = text.indexOf(part);
  assert.notEqual(start, -1, part);
  return { start, end: start + part.length };
};
const codes = ({ diagnostics }) => diagnostics.map(({ code }) => code);

test("code has the spans that Jekyll gives it, once its tables are read", async () => {
  const { html } = await render("```ruby\ndef a\nend\n```\n\n{% highlight html %}\n<i style=\"color:red\">\n{% endhighlight %}\n");
  assert.match(html, /<span class="k">def<\/span> <span class="nf">a<\/span>\n<span class="k">end<\/span>/);
  assert.match(html, /<span class="nt">&lt;i<\/span> <span class="na">style=/);
  assert.doesNotMatch((await render("```ruby\na\n```\n", { config: "highlighter: none" })).html, /<span/);
});

test("the front matter is a plain object with Jekyll's values", async () => {
  const { frontMatter } = await render(POST, NAME);
  assert.deepEqual(Object.entries(frontMatter), [
    ["title", "Été 😀"],
    ["date", "2014-12-08"],
    ["tags", ["un", "deux"]],
    ["count", 12],
    ["ratio", 1.5],
    ["draft", false],
    ["nothing", null],
    ["huge", "9007199254740993"],
    ["nested", { a: [1, { b: "c" }] }],
    ["__proto__", "taken"],
  ]);
  assert.equal(Object.getPrototypeOf(frontMatter), Object.prototype);
  assert.equal({}.taken, undefined);
});

test("a text without front matter has null, one with an empty one an empty object", async () => {
  assert.equal((await render("# Title")).frontMatter, null);
  assert.equal((await render("---\ntitle: \"open\n---\nx")).frontMatter, null);
  assert.deepEqual((await render("---\n---\nx")).frontMatter, {});
});

test("blocks are the page, each with its source", async () => {
  const { html, blocks, body } = await render(POST, NAME);
  assert.equal(blocks.map((block) => block.html).join(""), html);
  assert.deepEqual(body, { start: at(POST, "# Tête").start, end: POST.length });
  assert.deepEqual(blocks.map(({ start, end }) => POST.slice(start, end).trim()), [
    "# Tête 😀 *haute*",
    "Déjà 😀 {{ page.title }} vu.",
    "😀 ![](https://example.org/a.png)",
    "## Suite",
    "Fin.",
  ]);
  assert.equal(blocks[1].html, "<p>Déjà 😀 Été 😀 vu.</p>");
  assert.match(blocks[2].html, /^<p>😀 <img src="https:\/\/example\.org\/a\.png"/);
});

test("relative addresses lead to the host's own site", async () => {
  for (const dialect of ["jekyll", "github"]) {
    const { html } = await render("![Map](/media/map.png) [next](../next/) [bad](javascript:alert)", { dialect });
    assert.match(html, /<img src="\/media\/map\.png" alt="Map"/);
    assert.match(html, /<a href="\.\.\/next\/"/);
    assert.ok(!html.includes("javascript:alert\""), html);
  }
});

test("headers are an outline with the ids of the page", async () => {
  const { html, outline } = await render(POST, NAME);
  assert.deepEqual(outline.map(({ level, text, start }) => [level, text, start]), [
    [1, "Tête 😀 haute", at(POST, "# Tête").start],
    [2, "Suite", at(POST, "## Suite").start],
  ]);
  for (const { level, id } of outline) assert.ok(html.includes(`<h${level} id="${id}">`), id);
});

test("diagnostics point at their text in UTF-16 units, and fixes mend it", async () => {
  const site = { ...NAME, config: "title: Un site\n" };
  const found = await render(POST, site);
  const image = found.diagnostics.find(({ code }) => code === "image-no-alt");
  assert.equal(POST.slice(image.start, image.end), "![](https://example.org/a.png)");
  // The line begins with an emoji, two units but one character, and a space.
  assert.deepEqual([image.line, image.column, image.severity, image.fix], [18, 3, "note", null]);
  const layout = found.diagnostics.find(({ code }) => code === "layout-missing");
  const mended = POST.slice(0, layout.fix.start) + layout.fix.text + POST.slice(layout.fix.end);
  assert.ok(!codes(await render(mended, site)).includes("layout-missing"));
  const starts = found.diagnostics.map(({ start }) => start);
  assert.deepEqual(starts, starts.toSorted((a, b) => a - b));
});

test("errors of front matter and of Liquid are told without the checks, too", async () => {
  const broken = "---\ntitle: a: b\n---\n\n😀 {% nonsense %}\n\n![](https://example.org/a.png)\n";
  const { diagnostics } = await render(broken, { ...NAME, checks: false });
  assert.ok(diagnostics.length > 0);
  assert.ok(!diagnostics.some(({ code }) => code === "image-no-alt"));
  const [yaml] = diagnostics;
  assert.deepEqual([yaml.code, yaml.severity, yaml.line], ["yaml-syntax", "error", 2]);
});

test("the publication is Jekyll's for that name, site and time", async () => {
  const config = "url: https://example.org\nbaseurl: /blog\npermalink: pretty\ntimezone: Europe/Paris\n";
  const { publication } = await render(POST, { ...NAME, config });
  assert.deepEqual(
    [publication.published, publication.url, publication.absoluteUrl, publication.output, publication.date],
    [true, "/2014/12/08/ete/", "https://example.org/blog/2014/12/08/ete/", "2014/12/08/ete/index.html", "2014-12-08T00:00:00+01:00"],
  );
  assert.deepEqual([publication.title, publication.slug, publication.tags], ["Été 😀", "ete", ["un", "deux"]]);
  const early = await render(POST, { ...NAME, now: new Date("2014-12-07T12:00:00Z") });
  assert.deepEqual([early.publication.verdict, early.publication.published], ["future", false]);
});

test("a text without a file name is a post of its date", async () => {
  const { publication } = await render("# A thought", { now: new Date("2015-02-03T12:00:00Z") });
  assert.deepEqual([publication.published, publication.url], [true, "/2015/02/03/a-thought.html"]);
});

test("the whole text may be the body", async () => {
  const text = "---\ntitle: A\n---\nx";
  const { frontMatter, body, diagnostics, html } = await render(text, { frontMatter: false });
  assert.deepEqual([frontMatter, body], [null, { start: 0, end: text.length }]);
  assert.deepEqual(diagnostics.filter(({ code }) => /^(front-matter|layout|title|date)/.test(code)), []);
  assert.match(html, /title: A/);
});

test("GitHub's dialect has its own rules, and no Liquid", async () => {
  const text = "a {{ page.title }}\n\n- [x] done\n\n> [!NOTE]\n> b\n";
  const [jekyll, github] = await Promise.all([render(text), render(text, { dialect: "github" })]);
  assert.ok(github.html.includes("{{ page.title }}") && !jekyll.html.includes("{{ page.title }}"));
  assert.notEqual(jekyll.html, github.html);
  assert.equal(github.blocks.map((block) => block.html).join(""), github.html);
});

test("what is no string is refused, any string is rendered", async () => {
  for (const text of [undefined, null, 1, {}, ["a"]]) await assert.rejects(render(text), TypeError);
  for (const text of ["", "\0", "\ud800 x", "\ufeff---\ntitle: A\n---\nx", "a\r\nb\r\n", "```", "[".repeat(5000)]) {
    const { html, body } = await render(text);
    assert.equal(typeof html, "string");
    assert.equal(body.end, text.length);
  }
});

test("a large text takes seconds, not minutes", async () => {
  const text = "é😀 ![](https://example.org/b.png) ".repeat(30_000);
  assert.ok(text.length > 1_000_000);
  const started = performance.now();
  const { diagnostics } = await render(text);
  const last = diagnostics.at(-1);
  assert.equal(text.slice(last.start, last.end), "![](https://example.org/b.png)");
  assert.ok(performance.now() - started < 30_000);
});

// Where an HTML parser sees anything that runs, loads a document or takes a form over, an attack came through.
const FORBIDDEN = /^(script|style|iframe|frame|object|embed|applet|form|select|textarea|svg|math|base|meta|link|template|noscript|portal)$/;
const walk = function* (node) {
  yield node;
  for (const child of node.childNodes ?? []) yield* walk(child);
};

test("no attack comes through, as an HTML parser sees it", async () => {
  const file = readFileSync(process.env.ATTACKS, "utf8");
  const attacks = file.split("\n=== ").slice(1).map((piece) => {
    const line = piece.indexOf("\n"), id = piece.slice(0, line);
    const text = piece.slice(line + 1).replace(/⟦([0-9A-Fa-f]+)⟧/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    return { id, text: text.replaceAll("{ID}", id).replaceAll("{LOGGER}", "http://127.0.0.1:9/hit") };
  });
  assert.ok(attacks.length > 100, `${attacks.length} attacks`);
  let seen = 0;
  for (const { id, text } of attacks) {
    for (const dialect of ["jekyll", "github"]) {
      const { html } = await render(text, { dialect, checks: false });
      const root = parse(`<!doctype html><body>${html}</body>`).childNodes[1].childNodes[1];
      for (const node of walk(root)) {
        if (node === root || !node.tagName) continue;
        seen += 1;
        assert.ok(!FORBIDDEN.test(node.tagName), `${id} (${dialect}): <${node.tagName}> in ${html}`);
        for (const { name, value } of node.attrs) {
          assert.ok(!/^(on|srcdoc|action|formaction|xlink)/.test(name), `${id} (${dialect}): ${name} in ${html}`);
          if (!/^(href|src|poster|cite|data|background)$/.test(name) || !URL.canParse(value, "https://host.example/admin/")) continue;
          const { protocol, pathname } = new URL(value, "https://host.example/admin/");
          const harmless = /^(https?|mailto|tel|ftp|ircs?|xmpp):$/.test(protocol)
            || (node.tagName === "img" && protocol === "data:" && /^image\/(png|jpe?g|gif|webp|avif)[;,]/i.test(pathname));
          assert.ok(harmless, `${id} (${dialect}): ${name}=${value}`);
        }
      }
    }
  }
  assert.ok(seen > attacks.length, "the attacks left nothing to look at");
});

test("a worker thread renders the same", async () => {
  const worker = new Worker(new URL("./worker.mjs", import.meta.url));
  try {
    const answer = new Promise((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
    });
    worker.postMessage({ text: POST, options: NAME });
    const [there, here] = await Promise.all([answer, render(POST, NAME)]);
    assert.deepEqual(there, here);
  } finally {
    await worker.terminate();
  }
});

test("an import of the entry leaves a process as it was", () => {
  const bare = fileURLToPath(new URL("./bare.mjs", import.meta.url));
  const { kinds, added } = JSON.parse(execFileSync(process.execPath, [bare], { encoding: "utf8" }));
  assert.deepEqual(kinds, ["function", "function", "function", "function", "function"]);
  assert.deepEqual(added, []);
});
