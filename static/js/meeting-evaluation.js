/* The scribe's form saves itself a moment after the typing stops. It sends the version that it was written on; when
   someone else saved in between, it posts as a plain form, and the page that answers shows both texts. */
import { csrfToken } from "./csrf.js";

const PAUSE_MS = 1200;
const RETRY_MS = 5000;
const form = document.querySelector("form[data-evaluation]");
const status = form.querySelector("[data-saved]");
let timer = 0;
let changes = 0;
let saving = false;

async function save() {
  if (saving) return plan(PAUSE_MS);
  saving = true;
  const seen = changes;
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json", "X-CSRFToken": csrfToken() },
      credentials: "same-origin",
    });
    if (response.status === 409 || response.status === 422) return form.submit();
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    const { version, clock } = await response.json();
    form.elements.version.value = version;
    if (seen === changes) status.textContent = form.dataset.savedAt.replace("{clock}", clock);
  } catch {
    status.textContent = form.dataset.unsaved;
    plan(RETRY_MS);
  } finally {
    saving = false;
  }
}

function plan(ms) {
  clearTimeout(timer);
  timer = setTimeout(save, ms);
}

form.addEventListener("input", () => {
  changes += 1;
  status.textContent = form.dataset.saving;
  plan(PAUSE_MS);
});
form.addEventListener("submit", () => clearTimeout(timer));
