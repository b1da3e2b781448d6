/* A second press while the first is on its way does nothing. The server makes one thing of two anyway;
   this spares the reader a doubt. data-again on a form (a download, say) leaves it free. */
const busy = new WeakSet();

function mark(form, on) {
  if (on) busy.add(form);
  else busy.delete(form);
  for (const button of form.querySelectorAll("button, input[type=submit]")) {
    if (on) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }
}

const byHtmx = (form) => form.matches("[hx-post], [hx-get], [hx-put], [hx-delete], [hx-patch]");

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || byHtmx(form) || "again" in form.dataset) return;
  if (busy.has(form)) event.preventDefault();
  else mark(form, true);
});

document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.target.closest("form");
  if (!form || event.target !== form) return;
  if (busy.has(form)) event.preventDefault();
  else mark(form, true);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.target.matches("form")) mark(event.target, false);
});

// The browser's back button may show this page again as it was left.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) for (const form of document.forms) mark(form, false);
});
