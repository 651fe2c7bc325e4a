// What the page has to do with the system around it: it is kept for use without a network, tells of a new version, and
// takes what it was opened with (a file, a shared text). In: the browser's events. Out: a message with a button; the event
// `apercu-open` with a file. Neighbours: start.js loads this when the page stands; offline.js is the service worker.
const scope = new URL("./", document.baseURI);

const offer = (worker) => {
  if (document.getElementById("new-version")) return;
  const [box, words, take, later] = ["div", "p", "button", "button"].map((name) => document.createElement(name));
  box.id = "new-version";
  box.className = "message";
  box.setAttribute("role", "status");
  words.textContent = "A new version of Aperçu is here. Your text stays as it is.";
  take.textContent = "Use it now";
  later.textContent = "Later";
  for (const button of [take, later]) button.type = "button";
  take.addEventListener("click", () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    worker.postMessage("take");
  });
  later.addEventListener("click", () => box.remove());
  box.append(words, take, later);
  document.body.append(box);
};

const keep = async () => {
  const registration = await navigator.serviceWorker.register(new URL("offline.js", scope), { scope: scope.pathname });
  const look = () => {
    if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  };
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", look));
  look();
  document.addEventListener("visibilitychange", () => document.hidden || registration.update().catch(() => {}));
  const { active } = await navigator.serviceWorker.ready;
  // The tables of languages are many small files: not where somebody saves data.
  if (!navigator.connection?.saveData) active.postMessage("tables");
};

// The drafts have answered: what is opened now is not replaced by the last one.
const ready = new Promise((resolve) => {
  const look = () => document.body.dataset.ready === "true" && resolve();
  new MutationObserver(look).observe(document.body, { attributeFilter: ["data-ready"] });
  look();
});
const open = async (file, handle) => {
  await ready;
  dispatchEvent(new CustomEvent("apercu-open", { detail: { file, handle } }));
};

// Another program has opened a file with this one.
globalThis.launchQueue?.setConsumer(async ({ files }) => {
  for (const handle of files.slice(0, 1)) open(await handle.getFile(), handle);
});

// Another program has shared a text or an address with this one.
const shared = new URLSearchParams(location.search);
const [title, text, url] = ["share-title", "share-text", "share-url"].map((name) => shared.get(name) ?? "");
if (title || text || url) {
  history.replaceState(history.state, "", scope.pathname + location.hash);
  const lines = ["---", "layout: post", `title: ${JSON.stringify(title)}`, "---", "", text, url && `<${url}>`];
  open(new File([`${lines.filter((line, at) => at < 5 || line).join("\n")}\n`], "shared.md", { type: "text/markdown" }));
}

// A page that is not kept works all the same.
if (navigator.serviceWorker) keep().catch((error) => console.info("not kept for use without a network:", error.message));
