/* <form data-autosave="/adres/"> posts itself a moment after the typing stops, and says so in [data-saved].
   The words come from the page: data-saving, data-saved-at ("Bewaard om {clock} uur."), data-unsaved.
   Answered with JSON, its fields take those values: what the next save starts from. Whoever looks away saves at once,
   and another form of the page waits for that. */
import { post } from "./csrf.js";

const PAUSE_MS = 1200;
const RETRY_MS = 5000;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
  const say = (text) => { if (status) status.textContent = text ?? ""; };
  let timer = 0;
  let changed = 0;
  let saved = 0;
  let running = null; // the save that is on its way
  let pressed = null; // the button, when someone submits while a save is on its way

  function save() {
    if (running) return plan(PAUSE_MS);
    clearTimeout(timer);
    running = send().finally(() => {
      running = null;
      if (pressed) form.requestSubmit(pressed);
    });
  }
  async function send() {
    const at = changed;
    const typed = new FormData(form);
    try {
      // Kept alive, it outlives the page that the reader leaves.
      const response = await post(form.dataset.autosave, typed, { keepalive: true });
      if (!response.ok || response.redirected) throw new Error(String(response.status));
      if (response.status === 200) {
        for (const [name, value] of Object.entries(await response.json())) form.elements.namedItem(name).value = value;
      }
      saved = at;
      form.dispatchEvent(new CustomEvent("saved", { detail: typed }));
      const clock = new Date().toTimeString().slice(0, 5).replace(":", ".");
      if (saved === changed) say(form.dataset.savedAt?.replace("{clock}", clock));
    } catch {
      say(form.dataset.unsaved);
      plan(RETRY_MS);
    }
  }
  function plan(ms) {
    clearTimeout(timer);
    timer = setTimeout(save, ms);
  }

  form.addEventListener("input", () => {
    changed += 1;
    say(form.dataset.saving);
    plan(PAUSE_MS);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    pressed = null;
    if (!running) return;
    // The form must start from what is saved now, or the writer would be told of an own text as of another's.
    event.preventDefault();
    pressed = event.submitter;
  });
  // Leaving the form or the page within the pause must not cost the last words.
  const looksAway = () => {
    if (saved !== changed) save();
  };
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) looksAway();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") looksAway();
  });
  const waited = new WeakSet();
  document.addEventListener("submit", async (event) => {
    const other = event.target;
    if (other === form || !running || waited.delete(other)) return;
    // A form that asks first has given it the time.
    if (other.dataset.confirm || event.submitter?.dataset.confirm) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await running;
    waited.add(other);
    other.requestSubmit(event.submitter);
  }, true);
}
