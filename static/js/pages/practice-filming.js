/* A film of the own table, played from the memory of this tab. Its field has no name and stands in no form, so that nothing
   could send it; throwing away lets go of the only hold that the page has on it. */
const place = document.querySelector("[data-own-film]");
const field = place.querySelector("input");
const shown = place.querySelector("[data-shown]");
const thrown = place.querySelector("[data-thrown]");
const film = shown.querySelector("video");
let held = "";

function letGo() {
  if (!held) return;
  film.removeAttribute("src");
  film.load();
  URL.revokeObjectURL(held);
  held = "";
}

field.addEventListener("change", () => {
  letGo();
  const [chosen] = field.files;
  shown.hidden = !chosen;
  thrown.hidden = true;
  if (!chosen) return;
  held = URL.createObjectURL(chosen);
  film.src = held;
  film.focus();
});

place.querySelector("[data-throw-away]").addEventListener("click", () => {
  letGo();
  field.value = "";
  shown.hidden = true;
  thrown.hidden = false;
  field.focus();
});

addEventListener("pagehide", letGo);
