/* Under each field with a date stands which day that is, in words, and whether it falls in a free week. The server says
   so too where it shows what was sent. The free weeks are those of the form: data-free='[{"name", "from", "to"}]'. */
import { freeWeekOf, wordsOf } from "../shared/date-words.js";

const DATES = 'input[type="date"], input[type="datetime-local"]';

function say(field) {
  const box = field.closest(".field") ?? field.parentElement;
  let words = box.querySelector("[data-words]");
  if (!words && !field.value) return;
  if (!words) {
    words = document.createElement("p");
    words.className = "hint";
    words.dataset.words = "";
    field.after(words);
  }
  const free = freeWeekOf(field.value, JSON.parse(field.form?.dataset.free ?? "[]"));
  words.textContent = free ? `${wordsOf(field.value)}: valt in de ${free}` : wordsOf(field.value);
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, (event) => event.target.matches?.(DATES) && say(event.target));
}
for (const field of document.querySelectorAll(DATES)) say(field);
