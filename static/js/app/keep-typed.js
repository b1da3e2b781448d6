/* What was typed in <form data-keep> survives an expired session or a reload, in this tab and for this person only.
   It is let go once the form was sent and the next page was not the login page or an error's (pages/not-sent.js); and it
   gives way to what someone else wrote meanwhile, which shows when the page no longer comes with the text that was typed
   over. Where autosave.js lets the writer choose between the two, what was not saved comes back with the version that it
   was written on. What another account typed here stays unseen until its writer is back. */
import { openFoldsOf } from "../shared/folds.js";
import { keptAt } from "../shared/outbox.js";
import * as store from "../shared/outbox-store.js";
import { account } from "../shared/who.js";

const PREFIX = "typed:";
const user = account();
const isTyped = (field) => field.name && field.matches("textarea, input[type=text], input:not([type]), select");

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX))) {
  const kept = read(key);
  const keep = (changes) => sessionStorage.setItem(key, JSON.stringify({ ...kept, ...changes }));
  if (!kept) sessionStorage.removeItem(key);
  // The login page stands between.
  else if (kept.user && !user) keep({ loginSeen: true });
  else if (kept.user !== user) continue;
  else if (kept.sent && kept.loginSeen) keep({ sent: false });
  else if (kept.sent) {
    sessionStorage.removeItem(key);
    if (kept.place) store.remove({ place: kept.place }).catch(() => {});
  }
}

const watched = new WeakSet();

function keepAll() {
  for (const form of document.querySelectorAll("form[data-keep]")) {
    if (watched.has(form)) continue;
    watched.add(form);
    watch(form);
  }
}

keepAll();
document.addEventListener("live:swapped", keepAll); // a live region may bring one along

function watch(form) {
  const key = keptAt(form);
  const found = read(key);
  const kept = found?.user === user ? found : null;
  const stored = {}; // what the server has, by name
  const version = form.matches("[data-autosave]") ? form.elements.namedItem("version") : null;
  for (const field of form.elements) {
    if (!isTyped(field)) continue;
    stored[field.name] = field.value;
    const text = kept?.values?.[field.name];
    const before = kept?.stored?.[field.name] ?? "";
    const isOvertaken = field.value !== before;
    // What the server has already is not another's, also when the answer came to a page that was gone.
    if (text && text !== field.value && (!isOvertaken || (version && kept.version && text !== before))) {
      if (isOvertaken) {
        version.value = kept.version;
        stored[field.name] = before; // until the writer chose
      }
      field.value = text;
      openFoldsOf(field);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
  const save = (sent) => {
    const values = {};
    for (const field of form.elements) if (isTyped(field) && field.value) values[field.name] = field.value;
    const { place } = kept ?? {};
    sessionStorage.setItem(key, JSON.stringify({ user, values, stored, sent, version: version?.value, place }));
  };
  form.addEventListener("input", () => save(false));
  form.addEventListener("saved", (event) => {
    for (const name of Object.keys(stored)) stored[name] = event.detail.get(name) ?? "";
    save(false);
  });
  form.addEventListener("submit", () => save(true));
  form.addEventListener("held", () => save(false));
  form.addEventListener("queued", () => sessionStorage.removeItem(key));
}
