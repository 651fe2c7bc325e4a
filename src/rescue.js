// Stands apart from the program, so that it works when the program does not: it never came, or it stopped.
// In: a `panic` event on window, an error inside WebAssembly, a module that does not load. Out: the message `#rescue`,
// the text as a file, and the text kept for the next visit. Neighbours: index.html, app/effects/panic.rs.
(() => {
  "use strict";
  const key = "apercu-rescue";
  const byId = (id) => document.getElementById(id);
  let failed = false;

  // What nobody has typed is not worth keeping: `early.js` or the program has put it there.
  const keep = () => {
    const editor = byId("editor");
    if (editor.value === editor.early) return;
    try {
      localStorage.setItem(key, editor.value);
    } catch {
      // No storage: the button below still saves.
    }
  };

  const fail = () => {
    if (failed || !document.body) return;
    failed = true;
    document.body.dataset.failed = "true";
    byId("rescue").hidden = false;
    byId("editor").addEventListener("input", keep);
    keep();
  };

  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([byId("editor").value], { type: "text/markdown" }));
    link.download = document.body.dataset.fileName || "post.md";
    link.click();
  };

  // All scripts here are ours: an error that nobody caught, or a part that did not load, is the program's.
  addEventListener("apercu-panic", fail);
  addEventListener("error", (event) => {
    const part = event.target instanceof HTMLScriptElement || event.target instanceof HTMLLinkElement;
    if (event.error || part) fail();
  }, true);
  addEventListener("unhandledrejection", fail);
  addEventListener("DOMContentLoaded", () => {
    byId("rescue-save").addEventListener("click", save);
    byId("rescue-reload").addEventListener("click", () => location.reload());
  });
})();
