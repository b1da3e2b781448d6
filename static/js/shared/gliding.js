/* What lies elsewhere since the last look glides there, and what was moved by someone (its data-version rose) is lit for
   two seconds. What is new on the board comes from the pile. Who wants no motion sees it lit in its place. */

const GLIDE = { duration: 900, easing: "cubic-bezier(0.3, 0, 0.2, 1)" };
const LIT_MS = 2000;

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const lit = new Map(); // the timer that ends it, by id
let seen = null; // { box, version } by id; null where there was no board

/** Looks where everything lies. With `glides`, what changed since the last look is shown to change. */
export function look(root, { glides = false } = {}) {
  const board = root.querySelector("[data-board]");
  const pieces = board ? [...board.querySelectorAll("[data-glides]")] : [];
  for (const piece of pieces) for (const running of piece.getAnimations()) running.cancel();
  const found = new Map(pieces.map((piece) => [piece.id, seenOf(piece)]));
  const pile = board?.querySelector("[data-pile]")?.getBoundingClientRect();
  for (const piece of pieces) {
    const before = seen?.get(piece.id);
    if (glides && seen) {
      if (before?.version !== piece.dataset.version) light(piece.id);
      const from = before?.box ?? pile;
      if (from && !calm.matches) glide(piece, from, found.get(piece.id).box);
    }
    piece.classList.toggle("lit", lit.has(piece.id));
  }
  seen = board && found;
}

const seenOf = (piece) => ({ box: piece.getBoundingClientRect(), version: piece.dataset.version });

function light(id) {
  clearTimeout(lit.get(id));
  const end = () => {
    lit.delete(id);
    document.getElementById(id)?.classList.remove("lit");
  };
  lit.set(id, setTimeout(end, LIT_MS));
}

function glide(piece, from, to) {
  const [x, y] = [from.left - to.left, from.top - to.top];
  if (Math.abs(x) + Math.abs(y) < 2) return;
  piece.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], GLIDE);
}
