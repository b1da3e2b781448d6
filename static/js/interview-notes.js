/* <form data-versioned> saves itself a moment after the typing stops. The server answers 409 when someone else saved
   another text meanwhile: then the writer sees both, and nothing is saved until the writer chose. What one chooses, such
   as who may read it, is never saved by itself: that waits for the button, and data-undecided says so. */
import { csrfToken } from "./csrf.js";

const PAUSE_MS = 1200;
const RETRY_MS = 5000;

for (const form of document.querySelectorAll("form[data-versioned]")) {
  const status = document.querySelector("[data-saved]");
  const both = form.querySelector("[data-both]");
  const add = form.querySelector("[data-add]");
  const text = form.elements.namedItem("text");
  let timer = 0;
  let changed = 0;
  let saving = false;
  let pressed = null; // the button, when someone submits while a save is on its way
  let asking = !both.hidden;

  const say = (words) => { status.textContent = words ?? ""; };

  async function save() {
    if (asking) return;
    if (saving) return plan(PAUSE_MS);
    saving = true;
    const at = changed;
    try {
      const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
      const response = await fetch(location.pathname, { method: "POST", body: new FormData(form), headers });
      if (response.redirected) throw new Error("login");
      const answer = await response.json();
      if (response.ok) {
        form.elements.namedItem("version").value = answer.version;
        if (at === changed) say(form.dataset.savedAt.replace("{clock}", answer.clock));
      } else if (response.status === 409) {
        showBoth(answer);
      } else {
        say(answer.message ?? form.dataset.unsaved);
      }
    } catch {
      say(form.dataset.unsaved);
      plan(RETRY_MS);
    } finally {
      saving = false;
      if (pressed && !asking) form.requestSubmit(pressed);
      pressed = null;
    }
  }

  function showBoth({ version, theirs }) {
    asking = true;
    form.elements.namedItem("version").value = version;
    both.querySelector("[data-theirs]").textContent = theirs;
    both.hidden = false;
    say(form.dataset.unsaved);
    both.scrollIntoView({ block: "nearest" });
  }

  function plan(ms) {
    clearTimeout(timer);
    timer = setTimeout(save, ms);
  }

  add.hidden = false;
  add.addEventListener("click", () => {
    text.value = `${text.value}\n${both.querySelector("[data-theirs]").textContent}`.trim();
    asking = false;
    both.hidden = true;
    text.focus();
    changed += 1;
    save();
  });
  form.addEventListener("input", (event) => {
    if (event.target.matches("[type=radio]")) return say(form.dataset.undecided);
    changed += 1;
    if (!asking) say(form.dataset.saving);
    plan(PAUSE_MS);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!saving) return;
    // With the version of before, the writer would be told of an own text as of another's.
    event.preventDefault();
    pressed = event.submitter;
  });
  // Leaving the page within the pause must not cost the last words.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer && changed) save();
  });
}
