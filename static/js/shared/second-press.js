/* Whether a press is the second of a double click, and whether it is on what the first was on. */
import { keyFieldOf } from "./outbox-rules.js";

const DOUBLE_MS = 400;

/** A mouse counts its presses, over pages too; a finger does not. `at` is when the press before was. Where a click does
    not know its pointer, as long in Safari, `by` says which one went down; where no pointer says what it is, of any the
    time counts, but of no key. */
export function isSecond({ detail, pointerType, timeStamp }, at, by = "touch") {
  return detail > 1 || ((pointerType ?? by) === "touch" && detail > 0 && timeStamp - at < DOUBLE_MS);
}

/** What a press on this link or button does, as text. With another key its form makes another thing: it was kept on the
    device, and is ready for the next one. */
export function deedOf(control) {
  const { form, name, value } = control;
  const address = control.getAttribute("formaction") ?? form?.getAttribute("action");
  return JSON.stringify([control.getAttribute("href"), address, name, value, keyFieldOf(form)?.value]);
}

/** The page may have changed meanwhile: a new button stands in the place of the first, or the first does another thing. */
export function isSame(control, first) {
  if (control === first?.control) return deedOf(control) === first.deed;
  return "again" in control.dataset && control.id === first?.control.id;
}
