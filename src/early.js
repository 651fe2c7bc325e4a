// Shows the page as it was left, until the program has arrived: the text and its place, the view, the last preview.
// In: localStorage, and the page when it is left. Out: the same, put back. Neighbours: index.html,
// app/effects/draft_keeping.rs, which asks for `early` to tell what was typed meanwhile from what stood here.
(() => {
  "use strict";
  const key = `apercu:${location.pathname.replace(/[^/]*$/, "")}-page`;
  // More than this is slower to keep than to read anew.
  const most = 400_000;
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;
  const { editor, workspace, preview } = { editor: byId("editor"), workspace: byId("workspace"), preview: byId("preview") };
  const post = () => ["header", "body"].map((part) => preview.contentDocument?.querySelector(`.post-${part}`));

  // An element as its name, its attributes and its children; a text as itself.
  const kept = (node) => node.nodeType === 3 ? node.data
    : [node.localName, Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value])), ...children(node)];
  const children = (node) => [...node.childNodes].filter(({ nodeType }) => nodeType === 1 || nodeType === 3).map(kept);

  // Storage is no wall: what the sanitizer would drop is not made, whoever has written it there. The frame runs nothing.
  const made = (page, node) => {
    if (typeof node === "string") return page.createTextNode(node);
    const [name, attributes, ...inner] = node;
    if (/^(script|style|iframe|frame|object|embed|base|form|link|meta|template)$/i.test(name)) return page.createTextNode("");
    const element = page.createElement(name);
    for (const [name, value] of Object.entries(attributes)) {
      if (!/^(on|srcdoc|action|formaction)/i.test(name) && !/^\s*(javascript|vbscript):/i.test(value)) element.setAttribute(name, value);
    }
    element.append(...inner.map((node) => made(page, node)));
    return element;
  };

  // What was typed and the program has not taken up yet, as `rescue.js` keeps what it can take up no more.
  const keepTyped = () => {
    if (document.body.dataset.ready === "true" || !editor.value || editor.value === editor.early) return;
    try {
      localStorage.setItem("apercu-rescue", editor.value);
    } catch {
      // No storage: nothing can be kept.
    }
  };

  const keep = () => {
    if (document.body.dataset.ready !== "true" || document.body.dataset.failed) return;
    try {
      const [header, body] = post();
      const page = {
        text: editor.value,
        place: [editor.selectionStart, editor.selectionEnd, editor.scrollTop],
        theme: root.dataset.theme,
        view: { view: workspace.dataset.view, pane: workspace.dataset.pane },
        lang: preview.contentDocument?.documentElement.lang,
        scrolled: preview.contentDocument?.scrollingElement.scrollTop,
        post: editor.value.length < most / 8 && header && body ? [children(header), children(body)] : null,
      };
      const record = JSON.stringify(page);
      // An empty record still says that somebody was here.
      localStorage.setItem(key, record.length < most ? record : "{}");
    } catch {
      // Without storage the page begins empty, as on a first visit.
    }
  };

  const show = (page) => {
    const [header, body] = post();
    if (!header || !body || header.firstChild || body.firstChild || document.body.dataset.ready === "true") return;
    const inner = preview.contentDocument.documentElement;
    if (page.theme) inner.dataset.theme = page.theme;
    if (page.lang) inner.lang = page.lang;
    [header, body].forEach((part, at) => part.append(...page.post[at].map((node) => made(preview.contentDocument, node))));
    preview.contentDocument.scrollingElement.scrollTop = page.scrolled;
  };

  addEventListener("pagehide", () => {
    keepTyped();
    keep();
  });
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && document.body.dataset.ready !== "true") localStorage.removeItem("apercu-rescue");
  });
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  try {
    const page = JSON.parse(localStorage.getItem(key));
    if (!page) editor.visit = "first";
    // Whoever was quicker than this goes on with an empty page.
    if (typeof page?.text !== "string" || editor.value || document.body.dataset.ready === "true") return;
    if (page.theme) root.dataset.theme = page.theme;
    Object.assign(workspace.dataset, page.view);
    editor.value = editor.early = page.text;
    const [start, end, top] = page.place;
    editor.setSelectionRange(start, end);
    editor.scrollTop = top;
    if (!page.post) return;
    preview.addEventListener("load", () => show(page), { once: true });
    show(page);
  } catch {
    // A record that cannot be read is none.
  }
})();
