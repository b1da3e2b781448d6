/* The second press of a double click counts only on what the first was on. By then the first may have been answered:
   the next page, a dialog or another button lies under the mouse, and nobody meant to press that. Where two presses are
   two, such as on "Omhoog", data-again on the button lets them pass. What a form sends twice is for submit-once.js. */
const DOUBLE_MS = 400;

let first = null;
let at = 0; // in ms since this page was asked for, and that was a press too

/** htmx may have put another button in the place of the first. */
const isSame = (control) => control === first || ("again" in control.dataset && control.id === first?.id);

document.addEventListener("click", (event) => {
  const control = event.target.closest("a[href], button, summary, [type=submit]");
  // A mouse counts its presses, over pages too; a finger does not.
  const isSecond = event.detail > 1 || (event.pointerType === "touch" && event.timeStamp - at < DOUBLE_MS);
  at = event.timeStamp;
  if (!isSecond) {
    first = control;
  } else if (control && !isSame(control)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);
