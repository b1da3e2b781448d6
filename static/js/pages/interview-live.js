/* The two of an interview see what the other does: <form data-follows="interview:…" data-version="3"> takes over what the
   other saved, and the parts of the page marked data-live="…" are kept as the server has them now. A field in which
   someone is typing is never touched: who saves later is told by autosave.js. */
import { follow } from "../shared/follow.js";
import { morph } from "../shared/morph.js";
import { isOurs } from "../shared/ours.js";

const FIELDS = ["activities", "text"];

for (const form of document.querySelectorAll("form[data-follows]")) {
  const version = form.elements.namedItem("version");
  const fields = FIELDS.map((name) => form.elements.namedItem(name)).filter(Boolean);
  const known = new Map(fields.map((field) => [field, field.value]));
  // A browser, or what was typed before a login, may have filled a field in: then it is not the server's text.
  for (const field of fields) if (field.value !== field.defaultValue) known.set(field, field.defaultValue);

  form.addEventListener("saved", ({ detail }) => {
    for (const field of fields) known.set(field, detail.get(field.name));
  });

  async function refresh() {
    const response = await fetch(location.pathname, { cache: "no-store", credentials: "same-origin" });
    if (!isOurs(response) || !response.ok || response.redirected) throw new Error(String(response.status));
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const theirs = page.querySelector("form[data-follows]");
    if (!theirs) return;
    takeOver(theirs);
    for (const old of document.querySelectorAll("[data-live]")) {
      const fresh = page.querySelector(`[data-live="${old.dataset.live}"]`);
      if (fresh) morph(old, fresh);
    }
  }

  function takeOver(theirs) {
    const textOf = (field) => theirs.elements.namedItem(field.name).value;
    const isFree = fields.every((field) => field.value === known.get(field) || field.value === textOf(field));
    if (!isFree) return;
    for (const field of fields) {
      const text = textOf(field);
      known.set(field, text);
      if (field.value === text) continue;
      const { selectionStart: at } = field;
      field.value = text;
      if (document.activeElement === field) field.setSelectionRange(at, at);
    }
    version.value = theirs.elements.namedItem("version").value;
  }

  follow(form.dataset.follows, refresh, form.dataset.version);
}
