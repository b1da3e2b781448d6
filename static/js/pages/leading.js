/* Bijeenkomst leiden. A button that htmx posts gives the live region its new state, as news does, so that nothing that
   someone is typing beside it goes. When the group is at another onderdeel, the page may need other sheets and modules:
   then it loads anew, and what was typed comes back (app/keep-typed.js). A form that was refused is shown here at the
   address to which it was sent; a reload, and the next form, are of this page again. */
const page = document.querySelector("[data-leading]");
const region = document.getElementById("run");
const { leading: address, needs, apart } = page.dataset;
const loaded = new Set(needs.split(" "));

if (location.pathname !== address) history.replaceState(null, "", address);

function show(html) {
  const inert = document.implementation.createHTMLDocument("");
  inert.body.innerHTML = html;
  const version = inert.querySelector("template[data-version]")?.dataset.version;
  if (version === undefined) location.reload();
  else region.take(html, Number(version));
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target !== region || !detail.shouldSwap) return;
  detail.shouldSwap = false;
  show(detail.xhr.responseText);
});

region.addEventListener("live:swapped", (event) => {
  if (event.target !== region) return;
  const { dataset: now } = region.querySelector(":scope > template[data-needs]");
  const isReady = now.needs.split(" ").every((name) => loaded.has(name) || !name);
  const hasRoom = !("running" in now) || document.getElementById("below");
  if (!isReady || !hasRoom || now.apart !== apart) location.assign(address);
});

// What asked first outside of the region stayed as it was when it asked: now it is as the server has it.
document.addEventListener("asked", async ({ target }) => {
  if (region.contains(target)) return;
  const options = { headers: { "HX-Request": "true" }, cache: "no-store", credentials: "same-origin" };
  const response = await fetch(address, options).catch(() => null);
  if (response?.ok && !response.redirected) show(await response.text());
});
