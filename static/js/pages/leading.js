/* Bijeenkomst leiden. A button that htmx posts gives the live region its new state, as news does, so that nothing that
   someone is typing beside it goes. When the group is at another onderdeel, the page may need other sheets and modules:
   then it loads anew, and what was typed comes back (app/keep-typed.js). A form that was refused is shown here at the
   address to which it was sent; a reload, and the next form, are of this page again. */
const page = document.querySelector("[data-leading]");
const region = document.getElementById("run");

if (location.pathname !== page.dataset.leading) history.replaceState(null, "", page.dataset.leading);

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target !== region || !detail.shouldSwap) return;
  detail.shouldSwap = false;
  const inert = document.implementation.createHTMLDocument("");
  inert.body.innerHTML = detail.xhr.responseText;
  const version = inert.querySelector("template[data-version]")?.dataset.version;
  if (version === undefined) location.reload();
  else region.take(detail.xhr.responseText, Number(version));
});

region.addEventListener("live:swapped", (event) => {
  if (event.target !== region) return;
  const stage = region.querySelector(":scope > template[data-stage]")?.dataset.stage;
  if (stage !== page.dataset.loaded) location.assign(page.dataset.leading);
});
