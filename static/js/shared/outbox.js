/* What could not be sent waits on this device under the account that wrote it, and goes by itself, once, when a page of
   the portal is open with a network and that account is signed in. A form says with data-outbox="Wat het is" that
   sending it twice makes one thing: by its key, its version, or its words. */
import { isStale, post } from "./csrf.js";
import { fateOf, placeOf } from "./outbox-rules.js";
import * as store from "./outbox-store.js";
import { account, standing } from "./who.js";

const isTyped = (field) => field.name && field.matches("textarea, input[type=text], input:not([type]), select");

/** Where keep-typed.js looks for what was typed in a form. */
export const keptAt = (form) => `typed:${location.pathname}#${form.id || form.getAttribute("action") || ""}`;

/** Where a form goes. */
export const addressOf = (form, submitter) =>
  submitter?.getAttribute("formaction") || form.getAttribute("action") || location.pathname;

/** What a form sends, but for the token, which is of a login. */
export const fieldsOf = (form, submitter) =>
  [...new FormData(form, submitter)].filter(([name]) => name !== "csrfmiddlewaretoken");

/** What a form would send now; `byItself` when that is a save while typing. */
function itemOf(form, { submitter = null, byItself = false }) {
  const fields = fieldsOf(form, submitter);
  const typed = [...form.elements].filter(isTyped);
  const written = typed.filter((field) => !field.matches("select")).map((field) => field.value.trim());
  const address = addressOf(form, submitter);
  const item = {
    account: account(),
    name: form.dataset.outbox,
    action: byItself ? form.dataset.autosave : address,
    fields,
    byItself,
    when: Date.now(),
    text: written.filter(Boolean).join("\n"),
    page: location.pathname,
    keptAt: keptAt(form),
    values: Object.fromEntries(typed.map((field) => [field.name, field.value])),
    stored: Object.fromEntries(typed.map((field) => [field.name, field.defaultValue ?? ""])),
    refused: "",
  };
  return { ...item, place: byItself ? placeOfDraft(form) : placeOf(item) };
}

const holdsFile = (form) => [...new FormData(form).values()].some((value) => typeof value !== "string" && value.name);

export const canWait = (form) => account() !== "" && "outbox" in form.dataset && !holdsFile(form);

/** Resolves to true when it lies on the device now. */
export async function keep(form, options = {}) {
  if (!canWait(form)) return false;
  try {
    await store.put(itemOf(form, options));
    return true;
  } catch {
    return false;
  }
}

// --- a form that saves itself, open on a page, sends by itself what waits of it ---

const placeOfDraft = (form) =>
  placeOf({ account: account(), action: form.dataset.autosave, fields: [["version", ""]] });

/** As long as this page is open, no other tab sends what waits of this form. Resolves to what waits. */
export async function claim(form) {
  const place = placeOfDraft(form);
  await new Promise((got) => {
    if (!navigator.locks) return got();
    // Another tab that has the same form open holds it; then that one sends.
    const hold = (lock) => {
      got();
      return lock && new Promise(() => {});
    };
    navigator.locks.request(`outbox ${place}`, { ifAvailable: true }, hold).catch(got);
  });
  const items = await store.itemsOf(account()).catch(() => []);
  return items.find((item) => item.place === place);
}

export async function letGo(form) {
  const place = placeOfDraft(form);
  const items = await store.itemsOf(account()).catch(() => []);
  await store.remove(...items.filter((item) => item.place === place)).catch(() => {});
}

/** Runs `work` unless another page holds what it is about. */
async function alone(name, work) {
  if (!navigator.locks) return work();
  return navigator.locks.request(name, { ifAvailable: true }, (lock) => lock && work());
}

/** Sends what waits; resolves to how many went. */
export const flush = async () => (await alone("outbox", sendAll)) ?? 0;

async function sendAll() {
  let sent = 0;
  const waiting = (await store.itemsOf(account())).filter((item) => !item.refused);
  for (const item of waiting) {
    const fate = await alone(`outbox ${item.place}`, () => send(item));
    if (fate === "sent") sent += 1;
    if (fate === "stop" || fate === "wait") break;
  }
  return sent;
}

async function send(item) {
  const { stands, token } = await standing(item.account, item.action);
  // An own phone sends what it may add, and leaves the rest until its owner has signed in.
  if (stands !== "same") return stands === "signed out" ? "later" : "stop";
  const headers = { "X-From-Outbox": "1", ...(item.byItself ? {} : { Accept: "text/html" }) };
  let response;
  try {
    response = await post(item.action, new URLSearchParams(item.fields), { token, headers, redirect: "manual" });
  } catch {
    return "wait";
  }
  const fate = fateOf(response, isStale(response));
  if (fate === "sent") await store.remove(item);
  if (fate === "refused") await store.put({ ...item, refused: (await reasonIn(response)) || String(response.status) });
  return fate;
}

/** Why the server said no, in its own words. */
async function reasonIn(response) {
  const text = await response.text().catch(() => "");
  try {
    return JSON.parse(text).message ?? "";
  } catch {
    const page = new DOMParser().parseFromString(text, "text/html");
    const said = page.querySelectorAll("[data-form-errors] li, .message.error p");
    return [...said].map((line) => line.textContent.trim().replace(/\s+/g, " ")).join(" ");
  }
}
