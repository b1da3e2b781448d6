/* Achteraf invullen: in a field with data-place one key is a place on the meetlat, as on its board: 1 to 9, 0 is 10, P is the
   Parkeerplaats. The next question has the focus at once, so that a pile of strips is typed over at a question a second. */
import { isPlain } from "../shared/own-keys.js";

const fields = [...document.querySelectorAll("[data-place]")];

document.addEventListener("keydown", (event) => {
  const at = fields.indexOf(event.target);
  if (at < 0 || !isPlain(event) || !/^[0-9p]$/i.test(event.key)) return;
  event.preventDefault();
  const field = fields[at];
  field.value = event.key === "0" ? "10" : event.key.toUpperCase();
  field.dispatchEvent(new Event("input", { bubbles: true }));
  fields[at + 1]?.focus();
  fields[at + 1]?.select();
});
