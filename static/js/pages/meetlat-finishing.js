/* Afronden: "Anders" opens the form of a question in its place, and "Sluit" closes it. Without this module they are links,
   by which one form is open; here a form in which something was typed stays open beside the next. The focus stays on what
   was pressed: the form comes right after it. */
import { isTypedIn } from "../shared/morph.js";

const WAYS = "a[id^=anders-]";
const board = document.getElementById("board");
const isOpen = (way) => way.getAttribute("aria-expanded") === "true";
const keyOf = (way) => way.id.slice("anders-".length);
const isBegun = (way) => [...document.getElementById(`afloop-${keyOf(way)}`).elements].some(isTypedIn);

board.addEventListener("click", (event) => {
  const way = event.target.closest(WAYS);
  if (!way || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const others = [...board.querySelectorAll(WAYS)].filter((other) => other !== way && isOpen(other));
  const keys = others.filter(isBegun).map(keyOf);
  if (!isOpen(way)) keys.push(keyOf(way));
  const { opens, closes } = document.getElementById("afloop").dataset;
  const address = new URL(keys.length ? opens + keys.join(",") : closes, location.href);
  board.setAttribute("src", new URL(board.getAttribute("src"), location.href).pathname + address.search);
  history.replaceState(history.state, "", address);
  board.refresh().catch(() => location.assign(way.href));
});
