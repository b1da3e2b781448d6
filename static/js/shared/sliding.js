/* On a phone what happens out of sight is shown for a moment: the page slides there, and back again, unless the reader
   goes somewhere meanwhile. On a wide screen all is in sight, or one scrolls there. */
const MOMENT_MS = 1600;
const narrow = matchMedia("(width <= 900px)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");

let home = null;
let timer = 0;

const slide = (top) => scrollTo({ top, behavior: calm.matches ? "instant" : "smooth" });

/** Slides `node` into the room above `sheet`, and back after a moment when something waits there. */
export function look(node, sheet, isBack) {
  if (!node || !narrow.matches) return;
  const { top, bottom } = node.getBoundingClientRect();
  const room = sheet.getBoundingClientRect().top;
  clearTimeout(timer);
  if (home === null && top >= 0 && bottom <= room) return;
  home ??= scrollY;
  slide(scrollY + (top + bottom) / 2 - room / 2);
  timer = setTimeout(() => {
    if (isBack) slide(home);
    home = null;
  }, MOMENT_MS);
}

/** The reader goes elsewhere: the page stays where it is. */
export function lookAway() {
  clearTimeout(timer);
  home = null;
}
