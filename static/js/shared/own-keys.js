/* A key that is a shortcut: only when nobody means something else by it. Which component a key is about, its own module
   knows: it acts only while the focus is there, so that no stray letter, spoken or typed, does anything (WCAG 2.1.4). */
const TYPED_IN = "input, textarea, select, [contenteditable]";

/** Whether this key is pressed by itself: not with another, and not as a part of a letter that is being composed. */
export function isPlain(event) {
  const isHeld = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.getModifierState("AltGraph");
  return !isHeld && !event.isComposing;
}

/** Whether what has the focus takes letters itself. */
export function isTyping({ target }) {
  return target.matches(TYPED_IN);
}
