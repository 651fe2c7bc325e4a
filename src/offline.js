// The service worker: keeps all files of one build, so that the page works without a network. In: requests of the page.
// Out: the files of the build that the page belongs to. Neighbours: offline-page.js registers it and offers a new version;
// scripts/finish.mjs writes the version and the names, and a new build has another file, which the browser notices.
//
// All files but the page have a hash in their names, so no name ever means two contents. The page itself is taken from
// the newest build that is here as a whole. A new build waits until somebody takes it or no tab is open any more.
const VERSION = "{{version}}";
const FILES = "{{files}}".split(" ");
const TABLES = "{{tables}}".split(" ").filter(Boolean);
const scope = new URL("./", location.href);
const PREFIX = `apercu:${scope.pathname}offline-`;
const CACHE = PREFIX + VERSION;
const PAGE = scope.href;

const ours = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

const install = async () => {
  const cache = await caches.open(CACHE);
  const answer = await fetch(PAGE, { cache: "no-cache" });
  const text = await answer.text();
  // While a site is being put up, the page and this file may be of two builds: then this one is not used.
  if (!answer.ok || !text.includes(`content="${VERSION}"`)) throw new Error(`the page is not of version ${VERSION}`);
  // Written anew: an answer that was led elsewhere may not stand for a page.
  const headers = new Headers(answer.headers);
  for (const name of ["content-encoding", "content-length"]) headers.delete(name);
  await cache.put(PAGE, new Response(text, { headers }));
  await cache.addAll(FILES.map((name) => new URL(name, scope).href));
};

// Tabs with the build before may still ask for its files, so that one stays.
const activate = async () => {
  const others = (await ours()).filter((name) => name !== CACHE);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  if (others.length === 0) await clients.claim();
};

const addTables = async () => {
  const cache = await caches.open(CACHE);
  for (const name of TABLES) {
    const address = new URL(name, scope).href;
    if (!await cache.match(address)) await cache.add(address).catch(() => {});
  }
};

const isPage = ({ pathname }) => pathname === scope.pathname || pathname === `${scope.pathname}index.html`;

const answer = async (request, url) => {
  if (isPage(url)) {
    const cache = await caches.open(CACHE);
    return await cache.match(PAGE) ?? fetch(request);
  }
  for (const name of (await ours()).reverse()) {
    const kept = await (await caches.open(name)).match(url.href, { ignoreVary: true });
    if (kept) return kept;
  }
  return fetch(request);
};

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => {
  if (event.data === "take") event.waitUntil(skipWaiting());
  if (event.data === "tables") event.waitUntil(addTables());
});
addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== scope.origin || !url.pathname.startsWith(scope.pathname)) return;
  event.respondWith(answer(event.request, url));
});
