/* Deel met je team: the button that copies the three sentences, and which first names of the group stand in the texts while
   one types. Without this module one selects and copies by hand, and the names are told when the page comes anew. */
import { toast } from "../app/toast.js";

const form = document.querySelector("[data-team-text]");
const names = JSON.parse(form.dataset.names);
const note = form.querySelector("[data-named]");

function tellNames() {
  const words = new Set(
    [...form.querySelectorAll("textarea")].flatMap(({ value }) => value.match(/[\p{L}\p{N}_]+/gu) ?? []),
  );
  const named = names.filter((name) => words.has(name));
  note.hidden = named.length === 0;
  note.querySelector("[data-named-who]").textContent = named.join(", ");
}

form.addEventListener("input", tellNames);

for (const button of navigator.clipboard ? form.querySelectorAll("[data-copies]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
    toast(button.dataset.copied);
  });
}
