/* Which slide a key leads to. A clicker in the hand sends PageUp and PageDown. */
const STEPS = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1 };

/** From slide `at` of `count`, both from 1; null for a key that is none of ours. */
export function turnedBy(key, at, count) {
  if (key === "Home") return 1;
  if (key === "End") return count;
  return Object.hasOwn(STEPS, key) ? within(at + STEPS[key], count) : null;
}

/** The nearest slide that is there. */
export function within(number, count) {
  return Math.max(1, Math.min(number, count));
}
