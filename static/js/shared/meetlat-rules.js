/* The rules of laying by hand, without a page: which row is meant, where in it, when a place takes a strip, how far the
   page goes along, and which question comes next. Lengths in CSS pixels, `y` in the window; times in milliseconds. */
export const LIFT_MS = 180; // of a finger: shorter than a long press, longer than the start of a scroll
export const SHELTER_MS = 350; // over P and the pitch: what passes over them is on its way elsewhere
export const REST_MS = 500; // over another strip: what goes on to the same number just lies beside it
const SLACK = 5; // a hand that rests is not quite still
const EDGE = 48; // of the window, where the page goes along
export const LINGER_MS = 300; // at that edge: a hand that moves on, or lets go at once, aims at what lies there
const FASTEST = 0.9; // pixels a millisecond

/** The index of the row at `y`: the nearest, for between two rows is no place. -1 when there are none. */
export function rowAt(y, rows) {
  const away = rows.map(({ top, bottom }) => Math.max(top - y, y - bottom, 0));
  return away.indexOf(Math.min(...away));
}

/** The index of the block before which a strip lands at `y`; as many as there are when it lands last. */
export function indexAt(y, blocks) {
  const index = blocks.findIndex(({ top, bottom }) => y < (top + bottom) / 2);
  return index < 0 ? blocks.length : index;
}

/** How long a hand has been over the same thing. */
export const stayOver = () => timeOver(Infinity);

/** How long it has rested there. */
export const restOver = () => timeOver(SLACK);

function timeOver(slack) {
  let seen = { what: null, point: null, since: 0 };
  return (what, point, now) => {
    const isMoved = seen.point && Math.hypot(point.x - seen.point.x, point.y - seen.point.y) > slack;
    if (what !== seen.what || isMoved) seen = { what, point, since: now };
    return what === null ? 0 : now - seen.since;
  };
}

/** At which end of the view a hand at `y` is: "top", "bottom" or null. */
export function edgeAt(y, { top, bottom }) {
  if (y < top + EDGE) return "top";
  return y > bottom - EDGE ? "bottom" : null;
}

/** How far the page scrolls in `ms` with a hand at `y`: near an edge of the view, the nearer the faster, and no further
    than where that end of the ruler is seen. `view` and `ruler` are {top, bottom} in the window. */
export function scrollOf(y, view, ruler, ms) {
  const up = Math.min(EDGE, Math.max(0, view.top + EDGE - y));
  const down = Math.min(EDGE, Math.max(0, y - (view.bottom - EDGE)));
  const far = (depth) => (depth / EDGE) * FASTEST * ms;
  if (up > 0) return -Math.min(far(up), Math.max(0, view.top - ruler.top));
  return Math.min(far(down), Math.max(0, ruler.bottom - view.bottom));
}

/** The question that is offered after `laid`: what lay behind it on the pile, else the first. `before` and `now` are the
    pile's ids, in order. Undefined when the pile is empty. */
export function nextOf(laid, before, now) {
  const behind = before.slice(before.indexOf(laid) + 1);
  return behind.find((id) => now.includes(id)) ?? now.find((id) => id !== laid);
}
