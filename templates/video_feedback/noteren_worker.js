/* Opens Noteren without a network. It keeps one page that holds nothing of anyone, and what that page is made of; what
   the portal answers to who is signed in never passes through it into a cache. A new release has another list, so it is
   another worker, which takes the place of this one and of what it kept. */
const CACHE = "noteren-{{ release }}";
const PAGE = "{{ page }}";
const SHELL = "{{ shell }}";
const FILES = new Set([{% for file in files %}"{{ file }}", {% endfor %}]);

self.addEventListener("install", (event) => {
  event.waitUntil(fill().then(() => self.skipWaiting()));
});

async function fill() {
  const cache = await caches.open(CACHE);
  // Asked as nobody, whoever is signed in here. A school's network may answer in the portal's place, also with a 200.
  const shell = await fetch(SHELL, { credentials: "omit", cache: "no-store" });
  if (!shell.ok || !isOurs(shell)) throw new Error(String(shell.status));
  await cache.put(SHELL, shell);
  await cache.addAll([...FILES]);
}

const isOurs = ({ headers }) => headers.get("X-From-Portal") === "1"; // as static/js/shared/ours.js

self.addEventListener("activate", (event) => {
  event.waitUntil(clean().then(() => self.clients.claim()));
});

async function clean() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== CACHE && name.startsWith("noteren-")).map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== self.location.origin || request.method !== "GET") return;
  if (FILES.has(pathname)) event.respondWith(kept(request, pathname));
  if (request.mode === "navigate" && pathname === PAGE) event.respondWith(opened(request));
});

async function opened(request) {
  const answer = await fetch(request).catch(() => null);
  const isAway = !answer || (answer.status >= 500 && !isOurs(answer));
  return (isAway && (await caches.match(SHELL))) || answer || Response.error();
}

const kept = async (request, pathname) => (await caches.match(pathname)) ?? fetch(request);
