// Keeps the text when the program cannot, and shows the page as it was left until the program is there.
// In: the textarea, and what the program sets: `body.saved`, `body.dataset.ready`, `editor.draft`. Out: records in
// localStorage, the page as it was left, the message `#recovery`. Neighbours: index.html; storage/recovery.rs reads the
// records and storage/names.rs spells the same names; app/browser/panic.rs and start.js say that the program has stopped.
//
// Two uses of one record:
// - `page`, the snapshot: the page as it was left. It is shown on a return. It may be lost.
// - `unsaved-ID`, for each draft: a text that is not stored. It was typed before the program was there, or after it had
//   stopped, or just before the page was left. The program stores it at the next visit, and only then removes it.
(() => {
  "use strict";
  const scope = `apercu:${location.pathname.replace(/[^/]*$/, "")}`;
  const snapshot = `${scope}page`;
  // A longer snapshot takes longer to read than the draft itself.
  const most = 400_000;
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;
  const { body } = document;
  const { editor, workspace } = { editor: byId("editor"), workspace: byId("workspace") };
  let stopped = false;

  // The draft that the text belongs to. The program puts its own in this place.
  const id = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  editor.draft = { id, revision: 0 };

  const isRunning = () => body.dataset.ready === "true" && !stopped;
  const isUnsaved = () => isRunning() ? ["saving", "failed"].includes(body.saved)
    // What was not typed is not kept: this script or the program has put it there.
    : editor.value !== "" && editor.value !== editor.restored;

  const record = () => JSON.stringify({
    ...editor.draft,
    text: editor.value,
    start: editor.selectionStart,
    end: editor.selectionEnd,
    top: editor.scrollTop,
    theme: root.dataset.theme,
    view: workspace.dataset.view,
    pane: workspace.dataset.pane,
    time: Date.now(),
    running: isRunning(),
  });

  // Without storage nothing can be kept.
  const quietly = (use) => {
    try {
      use(localStorage);
    } catch {
      // The message still offers to save to a file.
    }
  };
  const keepUnsaved = () => isUnsaved() && quietly((storage) => storage.setItem(`${scope}unsaved-${editor.draft.id}`, record()));
  const keepSnapshot = () => isRunning() && quietly((storage) => {
    const text = record();
    // An empty record still says that this is not the first visit.
    storage.setItem(snapshot, text.length < most ? text : "{}");
  });

  addEventListener("pagehide", () => {
    keepUnsaved();
    keepSnapshot();
  });
  document.addEventListener("visibilitychange", () => document.hidden && keepSnapshot());
  // The browser brings the page back as it was, with its text.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && !stopped) quietly((storage) => storage.removeItem(`${scope}unsaved-${editor.draft.id}`));
  });

  const stop = () => {
    if (stopped) return;
    stopped = true;
    body.dataset.failed = "true";
    byId("recovery").hidden = false;
    editor.addEventListener("input", keepUnsaved);
    keepUnsaved();
  };

  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([editor.value], { type: "text/markdown" }));
    link.download = body.dataset.fileName || "post.md";
    link.click();
  };

  // All scripts here are ours: an error that nobody caught, or a part that did not load, is the program's.
  addEventListener("apercu-panic", stop);
  addEventListener("error", (event) => {
    const part = event.target instanceof HTMLScriptElement || event.target instanceof HTMLLinkElement;
    if (event.error || part) stop();
  }, true);
  addEventListener("unhandledrejection", stop);
  byId("recovery-save").addEventListener("click", save);
  byId("recovery-reload").addEventListener("click", () => location.reload());

  quietly((storage) => {
    // How the person wants to write (storage/writing_settings.rs).
    editor.parentNode.style.cssText = storage.getItem(`${scope}look`);
    const page = JSON.parse(storage.getItem(snapshot));
    if (!page) editor.visit = "first";
    // A text that was typed already stays.
    if (typeof page?.text !== "string" || editor.value || body.dataset.ready === "true") return;
    if (page.theme) root.dataset.theme = page.theme;
    if (page.view) {
      workspace.dataset.view = page.view;
      for (const button of document.querySelectorAll("#top-bar [data-view]")) button.setAttribute("aria-pressed", button.dataset.view === page.view);
    }
    if (page.pane) workspace.dataset.pane = page.pane;
    if (page.id) editor.draft = { id: page.id, revision: page.revision, put: page.put, fileName: page.fileName };
    editor.value = editor.restored = page.text;
    editor.setSelectionRange(page.start, page.end);
    editor.scrollTop = page.top;
  });
})();
