/* The meetlat by hand: drag a strip; or choose one and use the dock, an empty number, or the keys 1-9, 0, P and arrows
   while the focus is on the strips or in the dock. Without this module choosing and moving are links and forms. The server says where everything lies. */
import Sortable from "../../vendor/sortable.esm.js";
import { toast } from "../app/toast.js";
import { isPlain, isTyping } from "../shared/own-keys.js";

const TOUCH_DELAY_MS = 180; // shorter than a long press, longer than the start of a scroll

const board = document.getElementById("board");
const dock = document.getElementById("dock");
const strips = () => board.querySelectorAll("a[data-strip]");
const chosen = () => dock.querySelector("form[data-strip]");
const stripOf = (pk) => board.querySelector(`a[data-strip="${pk}"]`);
const versions = () => new Map([...strips()].map(({ dataset }) => [dataset.strip, dataset.version]));

let known = versions();
let moving = 0;

/** Outlines the strip that the dock is about; nothing moves by it. */
function showChosen() {
  const pk = chosen()?.dataset.strip;
  for (const strip of strips()) {
    const isChosen = strip.dataset.strip === pk;
    strip.classList.toggle("sel", isChosen);
    if (isChosen) strip.setAttribute("aria-current", "true");
    else strip.removeAttribute("aria-current");
  }
}

/** The dock shows the strip as it was; when someone else has moved it, it says so and shows it as it is. */
function followChosen() {
  const form = chosen();
  if (!form || moving || !("version" in form.dataset)) return;
  const strip = stripOf(form.dataset.strip);
  if (strip?.dataset.version === form.dataset.version) return;
  toast(board.dataset.taken, "warning");
  if (strip) window.htmx.ajax("GET", strip.getAttribute("hx-get"), { target: dock, source: strip });
  else dock.replaceChildren();
}

function showMoved() {
  for (const strip of strips()) {
    const before = known.get(strip.dataset.strip);
    strip.classList.toggle("moved", before !== undefined && before !== strip.dataset.version);
  }
  known = versions();
}

function lay({ item, from, to, oldIndex, newIndex }) {
  board.removeAttribute("data-busy");
  if (from === to && (oldIndex === newIndex || !Number(to.dataset.place))) return;
  const before = item.nextElementSibling?.dataset.block ?? "";
  const values = { to: to.dataset.place, version: item.dataset.version, before };
  window.htmx.ajax("POST", item.dataset.move, { target: dock, source: dock, values });
}

function makeDraggable() {
  for (const place of board.querySelectorAll("[data-place]")) {
    if (Sortable.get(place)) continue; // it stayed when the board was refreshed
    Sortable.create(place, {
      group: "meetlat",
      draggable: "[data-block]",
      ghostClass: "dragging",
      forceFallback: true, // the browser's own drag would drag a link
      fallbackTolerance: 6,
      delay: TOUCH_DELAY_MS,
      delayOnTouchOnly: true,
      onStart: () => board.setAttribute("data-busy", ""),
      onEnd: lay,
    });
  }
}

board.addEventListener("live:swapped", () => {
  makeDraggable();
  showMoved();
  showChosen();
  followChosen();
});

board.addEventListener("click", (event) => {
  const button = event.target.closest(".lay");
  if (!button) return;
  event.preventDefault();
  const key = dock.querySelector(`.key[value="${button.value}"]`);
  if (key) key.click();
  else toast(board.dataset.chooseFirst);
});

for (const part of [board, dock]) {
  part.addEventListener("keydown", (event) => {
    const isOwn = part === dock || event.target.closest(".laying");
    if (!isOwn || !isPlain(event) || (isTyping(event) && event.key !== "Escape")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const control = dock.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!control) return;
    event.preventDefault();
    control.click();
  });
}

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.target === dock) moving += 1;
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.target === dock) moving -= 1;
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target !== dock) return;
  const told = dock.querySelector("template[data-board]"); // after a move: how all lies now
  if (told) {
    board.take(told.innerHTML, Number(told.dataset.board));
    told.remove();
  }
  const last = board.querySelector("a.strip.sel");
  showChosen();
  if (chosen()) dock.querySelector("select")?.focus();
  // Safari gives what one clicks no focus, and what the dock had is gone with it: the keys need a place to come from.
  const strip = board.querySelector("a.strip.sel") ?? last;
  if (document.activeElement === document.body) strip?.focus({ preventScroll: true });
});
makeDraggable();
