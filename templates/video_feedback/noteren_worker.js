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
  // Asked as nobody, whoever is signed in here.
  await cache.add(new Request(SHELL, { credentials: "omit", cache: "no-store" }));
  await cache.addAll([...FILES]);
}

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
  if (request.mode === "navigate" && pathname === PAGE) event.respondWith(fetch(request).catch(() => caches.match(SHELL)));
});

const kept = async (request, pathname) => (await caches.match(pathname)) ?? fetch(request);
