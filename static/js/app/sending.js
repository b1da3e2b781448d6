/* Before a form goes, the page asks who is signed in and whether there is a network: a browser would show a page of its
   own instead, and the text would be gone. The same account: a fresh token goes along. Otherwise nothing is sent, the
   form stays as it is and says why; what can wait (data-outbox) lies on the device, under the account that typed it.
   A form with data-own-way (an upload) knows for itself. htmx goes first and asks when it is refused.
   The words come from components/waiting.html. */
import { showBlind } from "../shared/blind.js";
import { renew } from "../shared/csrf.js";
import { isOurs, responseOf } from "../shared/ours.js";
import { addressOf, fieldsOf, keep } from "../shared/outbox.js";
import { keyFieldOf } from "../shared/outbox-rules.js";
import { parts } from "../shared/parts.js";
import { nameHere } from "../shared/who.js";
import { asksFirst } from "./confirm.js";
import { isSignOut, leave, mayLeave } from "./sign-out.js";
import { toast } from "./toast.js";

const CLEAR_MS = 2000; // in which what was asked still holds: a form may be sent anew by another module

const SAID = { offline: "offline", other: "other", "signed out": "signedOut", "signed in": "signedIn" };
const clearUntil = new WeakMap();
const asking = new WeakSet();

const byHtmx = (form) => window.htmx && form.matches("[hx-post]");

function isSentHere(form, submitter) {
  const method = submitter?.getAttribute("formmethod") ?? form.getAttribute("method");
  return method?.toLowerCase() === "post" && !byHtmx(form) && !("ownWay" in form.dataset);
}

// On the window, so before any module that takes the form for sent.
window.addEventListener(
  "submit",
  async (event) => {
    const { target: form, submitter } = event;
    if (!isSentHere(form, submitter) || asksFirst(form, submitter)) return;
    if (event.timeStamp < (clearUntil.get(form) ?? 0)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (asking.has(form)) return;
    asking.add(form);
    const pressed = pressOf(form, submitter);
    submitter?.setAttribute("aria-busy", "true");
    const stands = await stand(form, submitter).catch(() => "offline");
    asking.delete(form);
    submitter?.removeAttribute("aria-busy");
    if (stands === "stays") return;
    if (stands !== "same") return hold(form, stands, submitter);
    const standing = standsNow(form, submitter) ? { form, submitter } : equalTo(pressed);
    if (!standing) return toast(document.getElementById("confirm").dataset.changed, "warning");
    standing.form.querySelector("[data-held]")?.remove();
    clearUntil.set(standing.form, performance.now() + CLEAR_MS);
    standing.form.requestSubmit(standing.submitter);
  },
  true,
);

const standsNow = (form, submitter) => form.isConnected && (!submitter || submitter.form === form);

/** What a press sends, and where to, as text. */
function pressOf(form, submitter) {
  const sent = fieldsOf(form, submitter).map(([name, value]) => [name, typeof value === "string" ? value : value.name]);
  return JSON.stringify([addressOf(form, submitter), submitter !== null, sent]);
}

/** What others do may have replaced the form while the page asked: the one in its place that sends the same. */
function equalTo(pressed) {
  const buttons = document.querySelectorAll("button, input[type=submit]");
  const presses = [...buttons].map((submitter) => ({ form: submitter.form, submitter }));
  const alone = [...document.forms].map((form) => ({ form, submitter: null }));
  const own = [...presses, ...alone].filter(({ form, submitter }) => form && isSentHere(form, submitter));
  return own.find(({ form, submitter }) => pressOf(form, submitter) === pressed);
}

async function stand(form, submitter) {
  const address = addressOf(form, submitter);
  if (!isSignOut(form)) return renew(address);
  if (!(await mayLeave())) return "stays";
  const stands = await renew(address);
  if (stands === "same") await leave();
  return stands;
}

/** Nothing was sent: the form (or the button of htmx) stays, or what it holds waits on the device. */
async function hold(form, stands, submitter) {
  const waits = form.matches("form") && (await keepOf(form, submitter));
  form.dispatchEvent(new CustomEvent("held"));
  const { dataset: words } = (await parts().catch(() => null)) ?? {};
  if (!words) return;
  const text = words[waits ? `${SAID[stands]}Kept` : SAID[stands]].replaceAll("{name}", nameHere());
  const isNew = waits && stands === "offline" && beginAnew(form);
  const isTypedIn = form.matches("form:has(textarea, input[type=text], input[type=email])");
  if (isNew || !isTypedIn) return toast(text, "warning");
  form.querySelector("[data-held]")?.remove();
  const mould = document.querySelector("template[data-held]");
  const note = mould.content.firstElementChild.cloneNode(true);
  note.querySelector("p").textContent = text;
  const signIn = note.querySelector("a");
  signIn.hidden = stands !== "signed out";
  signIn.search = new URLSearchParams({ next: location.pathname });
  form.append(note);
  note.scrollIntoView({ block: "nearest" });
}

/** Of a form that saves itself the text waits; what one chooses in it is for its button, and that is pressed again. */
async function keepOf(form, submitter) {
  if (!("autosave" in form.dataset)) return keep(form, { submitter });
  const isKept = await keep(form, { byItself: true });
  if (isKept) form.dispatchEvent(new CustomEvent("kept"));
  return isKept && !submitter?.name && !form.querySelector("[type=radio]");
}

/** The form of a new thing is ready for the next one, which has a key of its own. */
function beginAnew(form) {
  const key = keyFieldOf(form);
  if (!key) return false;
  form.reset();
  key.value = crypto.randomUUID();
  form.dispatchEvent(new CustomEvent("queued"));
  return true;
}

// --- htmx ---

const again = new WeakSet();

// What another answered in the portal's place is no answer.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (isOurs(responseOf(detail.xhr))) return;
  detail.shouldSwap = false;
  detail.isError = true;
});

document.addEventListener("htmx:responseError", async ({ detail: { xhr, elt, target, requestConfig } }) => {
  const { submitter } = requestConfig.triggeringEvent ?? {};
  if (!isOurs(responseOf(xhr))) return noAnswer(elt, requestConfig);
  if (xhr.status === 401 && requestConfig.verb === "get") return location.reload(); // to the login page
  if (xhr.status === 401) return hold(elt, "signed out", submitter);
  if (!xhr.getResponseHeader("X-Stale-Token") || again.delete(elt)) return;
  const stands = await renew();
  if (stands !== "same") return hold(elt, stands, submitter);
  again.add(elt);
  if (elt.matches("form")) elt.requestSubmit(submitter);
  else {
    const values = [...requestConfig.formData].filter(([name]) => name !== "csrfmiddlewaretoken");
    window.htmx.ajax(requestConfig.verb, requestConfig.path, {
      source: elt,
      target,
      values: Object.fromEntries(values),
    });
  }
});
document.addEventListener("htmx:afterRequest", ({ detail: { elt, successful } }) => {
  if (!successful) return;
  again.delete(elt);
  showBlind(false);
});

document.addEventListener("htmx:sendError", ({ detail: { elt, requestConfig } }) => noAnswer(elt, requestConfig));

function noAnswer(elt, { verb, triggeringEvent }) {
  if (verb === "get") return showBlind(true);
  hold(elt, "offline", triggeringEvent?.submitter);
}
