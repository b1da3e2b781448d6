/* <form data-autosave="/adres/"> posts itself a moment after the typing stops, and says so in [data-saved].
   The words come from the page: data-saving, data-saved-at ("Bewaard om {clock} uur."), data-unsaved.
   Answered with JSON, its fields take those values: what the next save starts from. */
import { post } from "./csrf.js";

const PAUSE_MS = 1200;
const RETRY_MS = 5000;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-saved]") ?? document.querySelector("[data-saved]");
  const say = (text) => { if (status) status.textContent = text ?? ""; };
  let timer = 0;
  let changed = 0;
  let running = false;
  let pressed = null; // the button, when someone submits while a save is on its way

  async function save() {
    if (running) return plan(PAUSE_MS);
    running = true;
    const at = changed;
    try {
      const response = await post(form.dataset.autosave, new FormData(form));
      if (!response.ok || response.redirected) throw new Error(String(response.status));
      if (response.status === 200) {
        for (const [name, value] of Object.entries(await response.json())) form.elements.namedItem(name).value = value;
      }
      const clock = new Date().toTimeString().slice(0, 5).replace(":", ".");
      if (at === changed) say(form.dataset.savedAt?.replace("{clock}", clock));
    } catch {
      say(form.dataset.unsaved);
      plan(RETRY_MS);
    } finally {
      running = false;
      if (pressed) form.requestSubmit(pressed);
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
  // Leaving the page within the pause must not cost the last words.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer && changed) save();
  });
}
