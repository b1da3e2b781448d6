/* Where a strip in the hand goes: the row of a number is outlined, a strip on which the hand rests is framed as what it
   will belong with, and P and the pitch take one only after a short hold. What is marked at release is what happens. */
import { makeCarried } from "./carrying.js";
import {
  edgeAt,
  indexAt,
  LINGER_MS,
  REST_MS,
  restOver,
  rowAt,
  SHELTER_MS,
  scrollOf,
  stayOver,
} from "./meetlat-rules.js";

const BLOCK = "[data-block]";
const [RULER, RUNG] = [".ruler, .rungs", ".rung, .rungs > li"]; // of the page, and of the Scherm
const MARKS = ["over", "beside", "lands-before"];

/** Makes the blocks of `board` things to carry. `lays(block, place, before)` is called when one is let go over a place,
    before another block there or null, `groups(block, other)` when over another strip. `isAtOnce` as in carrying.js. */
export function makeLaid(board, { lays, groups, isAtOnce = false }) {
  let isLongOver = stayOver();
  let hasRestedOn = restOver();
  let restsAtEdge = restOver();
  /** What is under the hand: a place, and on the ruler the block before which it lands and the one that it is on. */
  function under(block, { x, y }) {
    const spot = document.elementFromPoint(x, y);
    if (!spot || !board.contains(spot)) return null;
    const ruler = spot.closest(RULER);
    if (!ruler) {
      const place = spot.closest("section")?.querySelector("[data-place]");
      return place ? { place, shown: spot.closest("section"), before: null, other: null } : null;
    }
    const rungs = [...ruler.querySelectorAll(RUNG)];
    // The one under the hand first: on the Scherm the ruler may be folded, with rows beside each other.
    const shown = spot.closest(RUNG) ?? rungs[rowAt(y, rungs.map(boxOf))];
    const place = shown.querySelector("[data-place]");
    const blocks = [...place.querySelectorAll(BLOCK)].filter((one) => one !== block);
    const before = blocks[indexAt(y, blocks.map(boxOf))] ?? null;
    return { place, shown, before, other: spot.closest(BLOCK) };
  }

  function targetAt(block, point, now) {
    const found = under(block, point);
    const isShelter = found !== null && ["parked", "pitch"].includes(found.place.dataset.place);
    const stayed = isLongOver(isShelter ? found.place : null, point, now);
    const rested = hasRestedOn(found?.other ?? null, point, now);
    if (isShelter && stayed < SHELTER_MS) return null;
    const joins = found?.other && "group" in block.dataset && rested >= REST_MS;
    return found && { ...found, other: joins ? found.other : null };
  }

  function mark(target) {
    for (const name of MARKS) for (const one of board.querySelectorAll(`.${name}`)) one.classList.remove(name);
    if (target?.other) target.other.classList.add("beside");
    else if (target) {
      target.shown.classList.add("over");
      target.before?.classList.add("lands-before");
    }
  }

  makeCarried(board, BLOCK, {
    isAtOnce,
    takes() {
      isLongOver = stayOver();
      hasRestedOn = restOver();
      restsAtEdge = restOver();
    },
    scrolls(point, ms, now) {
      const view = { top: 0, bottom: innerHeight };
      if (restsAtEdge(edgeAt(point.y, view), point, now) < LINGER_MS) return 0;
      return scrollOf(point.y, view, boxOf(board.querySelector(RULER)), ms);
    },
    over(block, point, now) {
      mark(targetAt(block, point, now));
    },
    drops(block, point, now) {
      const { place, before, other } = targetAt(block, point, now) ?? {};
      if (other) return () => groups(block, other);
      return place && !isThere(block, place, before) ? () => lays(block, place, before) : null;
    },
    ends() {
      mark(null);
    },
  });
}

const boxOf = (node) => node.getBoundingClientRect();

/** Whether it lies there now: in the same order, where an order counts. */
function isThere(block, place, before) {
  if (!place.contains(block)) return false;
  return !Number(place.dataset.place) || (block.nextElementSibling?.closest(BLOCK) ?? null) === before;
}
