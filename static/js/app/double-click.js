/* The second press of a double click counts only on what the first was on. By then the first may have been answered:
   the next page, a dialog or another button lies under the mouse, and nobody meant to press that. Where two presses are
   two, such as on "Omhoog", data-again on the button lets them pass. What a form sends twice is for submit-once.js. */
const DOUBLE_MS = 400;

let first; // the link or button of the first press, null for none; undefined when that was on the page before
let at = 0; // in ms since this page was asked for, and that was a press too

const controlOf = (event) => event.target.closest("a[href], button, summary, [type=submit]");

// A mouse counts its presses, over pages too; a finger does not.
const isSecond = (event) => event.detail > 1 || (event.pointerType === "touch" && event.timeStamp - at < DOUBLE_MS);

/** htmx may have put another button in the place of the first. */
const isSame = (control) => control === first || ("again" in control.dataset && control.id === first?.id);

document.addEventListener(
  "click",
  (event) => {
    const control = controlOf(event);
    if (!isSecond(event)) {
      first = control;
    } else if (control && !isSame(control)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    at = event.timeStamp;
  },
  true,
);

// Nor does it mark a word of the page that came meanwhile.
document.addEventListener(
  "mousedown",
  (event) => {
    if (first === undefined && isSecond(event)) event.preventDefault();
  },
  true,
);
