// Stands apart from the program, so that it works when the program does not: it never came, or it stopped.
// In: a `panic` event on window, an error inside WebAssembly, a module that does not load. Out: the message `#rescue`,
// the text as a file, and the text kept for the next visit. Neighbours: index.html, app/effects/panic.rs.
(() => {
  "use strict";
  const key = "apercu-rescue";
  const byId = (id) => document.getElementById(id);
  let failed = false;

  const keep = () => {
    try {
      localStorage.setItem(key, byId("editor").value);
    } catch {
      // No storage: the button below still saves.
    }
  };

  const fail = () => {
    if (failed) return;
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

  const ours = (error) =>
    error instanceof WebAssembly.RuntimeError || error instanceof WebAssembly.CompileError ||
    error instanceof WebAssembly.LinkError;

  addEventListener("apercu-panic", fail);
  addEventListener("error", (event) => {
    const script = event.target instanceof HTMLScriptElement || event.target instanceof HTMLLinkElement;
    if (ours(event.error) || script || document.body?.dataset.ready !== "true") fail();
  }, true);
  addEventListener("unhandledrejection", (event) => {
    if (ours(event.reason) || document.body?.dataset.ready !== "true") fail();
  });
  addEventListener("DOMContentLoaded", () => {
    byId("rescue-save").addEventListener("click", save);
    byId("rescue-reload").addEventListener("click", () => location.reload());
  });
})();
