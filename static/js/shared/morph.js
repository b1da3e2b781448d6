/* Takes over what the server has now, and leaves the rest of it as the reader has it: the focus, typed text, a choice that
   was not sent, what is open, a film that plays. */
import { Idiomorph } from "../../vendor/idiomorph.esm.js";

const NAMED = "form:not([id]), details:not([id]), video:not([id])";
const FOR_NOW = "~"; // begins the ids that stand only while morphing
const FIELD = "textarea, select, input:not([type=hidden], [type=submit])";

/** Whether the reader put something in it that the server did not. */
export function isTypedIn(field) {
  if (field.matches("select")) {
    const stored = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(stored, 0);
  }
  if (field.matches("[type=checkbox], [type=radio]")) return field.checked !== field.defaultChecked;
  return field.matches(FIELD) && field.value !== field.defaultValue;
}

/** Makes `old`, on the page, what `fresh` is, which stands in a document of its own. What asks whether it may be
    sent (data-asked) stays as it was when it asked. Says so to the page: "live:swapped". */
export function morph(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement.id : "";
  const typed = new Set([...old.querySelectorAll(FIELD)].filter(isTypedIn));
  const typedForms = new Set([...typed].map((field) => field.form).filter(Boolean));
  // What was typed was written on what the form then knew, such as a version. Of two radios one is on.
  const goesAlong = (field) => field.matches("[type=hidden], [type=radio]") && typedForms.has(field.form);

  name(old);
  name(fresh);
  Idiomorph.morph(old, fresh, {
    morphStyle: "outerHTML",
    callbacks: {
      beforeNodeMorphed: (node, next) => !isLeftAlone(node, next),
      beforeAttributeUpdated(attribute, node) {
        if (attribute === "open") return !node.matches("details, dialog");
        if (attribute === "aria-busy") return !node.matches("button"); // submit-once.js
        if (attribute === "selected") return !typed.has(node.closest("select"));
        if (attribute === "value" || attribute === "checked") return !typed.has(node) && !goesAlong(node);
        return true;
      },
    },
  });
  for (const node of old.querySelectorAll(`[id^="${FOR_NOW}"]`)) node.removeAttribute("id");
  window.htmx?.process(old);
  // Where a browser cannot move a node as it is, it lost the focus on the way.
  if (focused && document.activeElement?.id !== focused) {
    document.getElementById(focused)?.focus({ preventScroll: true });
  }
  old.dispatchEvent(new CustomEvent("live:swapped", { bubbles: true }));
}

function isLeftAlone(node, next) {
  if (node.nodeType !== Node.ELEMENT_NODE) return false;
  if (node.matches("[data-asked]")) return true;
  return node.matches("video") && node.getAttribute("src") === next.getAttribute("src");
}

/** Gives what has a state of its own an id by what it is about: it is matched with the same one, and becomes no other. */
function name(root) {
  const count = new Map();
  for (const node of root.querySelectorAll(NAMED)) {
    const around = node.parentElement.closest("[id]");
    const within = around && root !== around && root.contains(around) ? around.getAttribute("id") : "";
    const about = `${FOR_NOW}${within} ${node.localName} ${aboutOf(node)}`;
    count.set(about, (count.get(about) ?? 0) + 1);
    node.setAttribute("id", `${about} ${count.get(about)}`);
  }
}

function aboutOf(node) {
  if (node.matches("details")) return node.querySelector("summary")?.textContent.trim();
  return node.getAttribute(node.matches("form") ? "action" : "src");
}
