/* Kijknotities: the moment is that of the tap, by the server's clock, also when the note goes only once there is a
   network. Without this module it is the moment at which the note comes in. */
import { serverNow } from "../shared/server-time.js";

const form = document.getElementById("kijk");

form?.addEventListener("click", ({ target }) => {
  if (target.closest("button")) form.elements.seen_at.value = new Date(serverNow()).toISOString();
});
