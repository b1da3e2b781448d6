/* <form data-autosave="/adres/"> saves itself while someone types: a moment after the typing stops, when its writer looks
   elsewhere, and on leaving the page. What the server answers stands in netwerkleren/base/autosave.py:
   - saved: the next save starts from the `version` that comes back. The event "saved" tells what is stored now;
   - refused: says why, and asks no more until something else is typed;
   - someone else wrote meanwhile: shows their text (components/written_meanwhile.html), and saves nothing more by itself
     until the writer chose between the two. Of two choices, such as who may read it, the first on the page stands ready;
   - signed out, or another signed in: keeps the text here (keep-typed.js takes it along), says whose it is and shows the
     way back. When its writer signed in again elsewhere, it goes on by itself.
   Without an answer it tries again, later each time; meanwhile the text waits on the device (shared/outbox.js), from
   where it comes back when the page is opened anew, or goes when it is not. What one chooses is never saved by itself: that waits for the
   button, and data-undecided says so. The words come from components/saved.html.
   What asks something of the writer opens the fold that the form stands in.
   One save is on its way at a time; another form of the page, and the form's own button, wait for it. */
import { NotTheirs, post, renew } from "../shared/csrf.js";
import { openFoldsOf } from "../shared/folds.js";
import * as outbox from "../shared/outbox.js";
import { mayBeKeptAlive, outcomeOf, pauseAfter } from "../shared/save-rules.js";
import { nameHere } from "../shared/who.js";

const PAUSE_MS = 1200;

const watched = new WeakSet();

function watchAll() {
  for (const form of document.querySelectorAll("form[data-autosave]")) {
    if (watched.has(form)) continue;
    watched.add(form);
    watch(form);
  }
}

watchAll();
document.addEventListener("live:swapped", watchAll); // a live region may bring one along

function watch(form) {
  const status = form.querySelector("[data-saved]");
  const { dataset: words } = status;
  const signIn = status.querySelector("[data-sign-in]");
  const meanwhile = form.querySelector("[data-meanwhile]");
  const version = form.elements.namedItem("version");
  let timer = 0;
  let changed = 0; // counts what was typed
  let settled = 0; // up to here the server has it, or refused it
  let onItsWay = 0; // up to here it is in the save that runs
  let running = null; // the save that is on its way
  let waiting = null; // the submit that waits for it
  let failures = 0;
  let isOut = false;
  let isWaiting = false; // on this device too
  let isAsking = meanwhile?.hidden === false;
  let conflict = null; // what the server said of it

  const say = (text) => {
    status.querySelector("[data-said]").textContent = text ?? "";
  };

  function plan(ms) {
    clearTimeout(timer);
    if (!isAsking && !isOut) timer = setTimeout(save, ms);
  }

  function save() {
    if (running) return plan(PAUSE_MS);
    if (isAsking || isOut) return;
    clearTimeout(timer);
    running = send().finally(() => {
      running = null;
      const { submitter } = waiting ?? {};
      if (waiting && !isAsking) form.requestSubmit(submitter);
      waiting = null;
    });
  }

  async function send() {
    const typed = new FormData(form);
    onItsWay = changed;
    let response;
    let outcome;
    try {
      // Kept alive, it outlives the page that the reader leaves.
      const options = { keepalive: mayBeKeptAlive([...typed.values()]) };
      response = await post(form.dataset.autosave, typed, options);
      outcome = outcomeOf(response);
      if (outcome === "failed") throw new Error(String(response.status));
      if (outcome === "signed out") return signedOut();
      if (outcome === "saved") return saved(await response.json(), typed);
    } catch (error) {
      if (error instanceof NotTheirs) return signedOut(error.stands);
      failures += 1;
      say(words.unsaved);
      wait();
      plan(pauseAfter(failures));
      return;
    }
    const answer = await response.json().catch(() => ({})); // a page says no too
    if (outcome === "written meanwhile") return ask(answer);
    settled = onItsWay;
    letGoOfDraft();
    openFoldsOf(form);
    say(answer.message ?? words.refused);
  }

  function wait() {
    isWaiting = true;
    outbox.keep(form, { byItself: true });
  }

  form.addEventListener("kept", () => {
    isWaiting = true;
    changed += 1;
    plan(pauseAfter(Math.max(failures, 1)));
  });

  function letGoOfDraft() {
    if (isWaiting) outbox.letGo(form);
    isWaiting = false;
  }

  function saved(answer, typed) {
    failures = 0;
    settled = onItsWay;
    if (version) version.value = answer.version;
    letGo(typed);
    if (settled === changed) say(words.savedAt.replace("{clock}", answer.clock));
  }

  function signedOut(stands) {
    isOut = true;
    wait();
    say(stands === "other" ? words.other.replaceAll("{name}", nameHere()) : words.signedOut);
    signIn.search = new URLSearchParams({ next: form.dataset.autosave });
    signIn.hidden = stands === "other";
  }

  async function comeBack() {
    if (!isOut || (await renew()) !== "same") return;
    isOut = false;
    signIn.hidden = true;
    save();
  }

  // --- two texts ---

  function ask(answer) {
    isAsking = true;
    conflict = answer;
    for (const [name, text] of Object.entries(answer.theirs)) {
      const field = form.elements.namedItem(name);
      const shown = isChoice(field) ? optionOf(field, text).labels[0].textContent.trim() : text;
      meanwhile.querySelector(`[data-theirs="${name}"]`).textContent = shown || "–";
      if (isChoice(field)) [...field].find((option) => option.checked || option.value === text).checked = true;
    }
    meanwhile.hidden = false;
    openFoldsOf(form);
    say(words.choose);
    meanwhile.scrollIntoView({ block: "nearest" });
  }

  /** Nothing of what stands in the fields waits to be saved any more, nor on this device. */
  function letGo(typed = new FormData(form)) {
    letGoOfDraft();
    form.dispatchEvent(new CustomEvent("saved", { detail: typed }));
  }

  function chosen() {
    version.value = conflict.version;
    isAsking = false;
    conflict = null;
    meanwhile.hidden = true;
    form.querySelector("textarea").focus();
  }

  // On a page that came with both texts, the button and the link do it themselves.
  meanwhile?.querySelector("[data-mine]").addEventListener("click", (event) => {
    if (!conflict) return;
    event.preventDefault();
    chosen();
    say(words.saving);
    save();
  });
  meanwhile?.querySelector("[data-leave]").addEventListener("click", (event) => {
    if (!conflict) return letGo();
    event.preventDefault();
    for (const [name, text] of Object.entries(conflict.theirs)) {
      const field = form.elements.namedItem(name);
      if (isChoice(field)) optionOf(field, text).checked = true;
      else field.value = text;
    }
    settled = changed;
    chosen();
    say("");
    letGo();
  });

  // --- when to save ---

  form.addEventListener("input", (event) => {
    if (event.target.matches("[type=radio]")) return words.undecided && say(words.undecided);
    changed += 1;
    if (!isAsking && !isOut) say(words.saving);
    plan(PAUSE_MS);
  });
  // Leaving the form or the page within the pause must not cost the last words.
  const looksAway = () => {
    if (settled === changed) return;
    if (failures > 0 || !navigator.onLine) wait(); // an answer may come after this page is gone
    if (!(running && onItsWay === changed)) save();
  };
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) looksAway();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") looksAway();
    else comeBack();
  });
  window.addEventListener("pagehide", looksAway);
  window.addEventListener("online", looksAway);

  // --- what waited on this device ---

  outbox.claim(form).then((item) => {
    if (!item) return;
    isWaiting = true;
    if (changed) return; // keep-typed.js brought it back
    const fields = Object.entries(item.values).map(([name, text]) => [form.elements.namedItem(name), text]);
    const other = fields.filter(([field, text]) => field && !isChoice(field) && field.value !== text);
    if (other.length === 0) return letGoOfDraft();
    openFoldsOf(form);
    for (const [field, text] of other) field.value = text;
    if (version) version.value = item.fields.find(([name]) => name === "version")[1];
    other[0][0].dispatchEvent(new Event("input", { bubbles: true }));
  });

  // --- who waits ---

  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!running) {
      settled = changed; // it goes along
      return;
    }
    // The form must start from what is saved now, or the writer would be told of an own text as of another's.
    event.preventDefault();
    waiting = { submitter: event.submitter };
  });
  const waited = new WeakSet();
  document.addEventListener(
    "submit",
    async (event) => {
      const other = event.target;
      if (other === form || !running || waited.delete(other)) return;
      // A form that asks first has given it the time.
      if (other.dataset.confirm || event.submitter?.dataset.confirm) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      await running;
      if (isAsking) return;
      waited.add(other);
      other.requestSubmit(event.submitter);
    },
    true,
  );
}

const isChoice = (field) => field instanceof RadioNodeList;
const optionOf = (options, value) => [...options].find((option) => option.value === value);
