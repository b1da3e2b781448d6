/* The Scherm: what stands on it is as big as fits, and what moved is seen to move. */
import { fitAll } from "../shared/fitting.js";
import { look } from "../shared/gliding.js";

function measure() {
  fitAll(document);
  look(document);
}

measure();
document.fonts.ready.then(measure);
addEventListener("resize", measure);
document.addEventListener("live:swapped", () => {
  fitAll(document);
  look(document, { glides: true });
});
