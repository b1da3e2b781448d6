/* The second press of a double click counts only on what the first was on. By then the first may have been answered:
   the next page, a dialog or another button lies under the mouse, and nobody meant to press that. Where two presses are
   two, such as on "Omhoog", data-again on the button lets them pass. What a form sends twice is for submit-once.js. */
import { deedOf, isSame, isSecond } from "../shared/second-press.js";

let first; // the link or button of the first press and what it did, null for none; undefined when that was a page before
let at = 0; // in ms since this page was asked for, and that was a press too
let by; // the kind of pointer that went down last

const controlOf = (event) => event.target.closest("a[href], button, summary, [type=submit]");

document.addEventListener(
  "pointerdown",
  ({ pointerType }) => {
    by = pointerType;
  },
  true,
);
document.addEventListener(
  "click",
  (event) => {
    const control = controlOf(event);
    if (!isSecond(event, at, by)) {
      first = control && { control, deed: deedOf(control) };
    } else if (control && !isSame(control, first)) {
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
    if (first === undefined && isSecond(event, at, by)) event.preventDefault();
  },
  true,
);
