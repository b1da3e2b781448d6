/* The agenda in the hand: drag a block, pull its lower edge, type its minutes, or use the keys on its grip. Each is one
   small post, answered with the agenda as it is now. Without this module all of it is buttons and fields of one form. */
import Sortable from "../../vendor/sortable.esm.js";
import { clockOf, isMinutes, isSwipe, minutesOf, pulled, startsOf, stepped } from "../shared/agenda-rules.js";
import { isOurs, responseOf } from "../shared/ours.js";

const TOUCH_DELAY_MS = 180; // shorter than a long press, longer than the start of a scroll

const hands = document.querySelector("[data-hands]");
const region = hands.querySelector("live-region");
const list = () => document.getElementById("agenda-blocks");
const blocks = () => [...(list()?.querySelectorAll("[data-place]:not(.sortable-fallback)") ?? [])];
const blockOf = (node) => node.closest("[data-place]");
const fieldOf = (block) => block.querySelector("input[type=number]");
const minutesIn = (block) => Number(block.dataset.minutes);

hands.setAttribute("data-hands", "ready");

// --- the post, one after the other: a second key is about what the first has made of it ---

let last = Promise.resolve();
let sending = ""; // the field whose minutes are on their way

function inTurn(act) {
  last = last.then(act, act);
  return last;
}

function post(path, values) {
  return window.htmx.ajax("POST", path, { target: region, source: region, values });
}

function retime(id, minutesFrom) {
  return inTurn(() => {
    const block = document.getElementById(id);
    const field = block && fieldOf(block);
    if (!field) return null;
    const minutes = String(minutesFrom(Number(field.defaultValue)));
    if (minutes === field.defaultValue && !field.hasAttribute("aria-invalid")) return null;
    const version = block.querySelector("input[type=hidden]");
    sending = field.id;
    return post(list().dataset.retime, { [field.name]: minutes, [version.name]: version.value }).finally(() => {
      sending = "";
    });
  });
}

function move(id, placeFrom) {
  return inTurn(() => {
    const block = document.getElementById(id);
    if (!block || "stays" in block.dataset) return null;
    const { place } = block.dataset;
    const position = placeFrom(Number(place));
    if (position < 1 || position > blocks().length || position === Number(place)) return null;
    return post(`${list().dataset.agenda}${id.replace("onderdeel-", "")}/verplaats/?seen=${place}`, { position });
  });
}

region.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  if (detail.target !== region || !detail.shouldSwap || !isOurs(responseOf(detail.xhr))) return;
  detail.shouldSwap = false;
  const version = /data-version="(\d+)"/.exec(detail.xhr.responseText)?.[1];
  const typed = new Map();
  for (const field of region.querySelectorAll("input[type=number]")) {
    if (field.id !== sending && field.value !== field.defaultValue) typed.set(field.id, field.value);
    field.value = field.defaultValue;
  }
  for (const menu of region.querySelectorAll("details[data-menu][open]")) {
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus({ preventScroll: true });
    menu.open = false;
  }
  region.take(detail.xhr.responseText, Number(version ?? -1));
  // What was refused, or not sent yet, stays in its field; the minutes that stand are its default.
  for (const field of region.querySelectorAll("[data-typed]")) typed.set(field.id, field.dataset.typed);
  for (const [id, value] of typed) {
    const field = document.getElementById(id);
    if (field) field.value = value;
  }
});

// --- what is seen while a hand is at it: each start, and the end ---

function showTimes() {
  const now = blocks();
  const facts = now.map((block) => ({ minutes: minutesIn(block), fixed: minutesOf(block.dataset.fixed) }));
  const { starts, end } = startsOf(minutesOf(list().dataset.start), facts);
  if (end === null) return;
  for (const [index, block] of now.entries()) block.querySelector("time").textContent = clockOf(starts[index]);
  document.querySelector("#agenda-end time").textContent = clockOf(end);
}

function show(block, minutes) {
  block.dataset.minutes = minutes;
  fieldOf(block).value = minutes;
  showTimes();
}

// --- keys ---

const KEYS = {
  ArrowUp: (id) => move(id, (place) => place - 1),
  ArrowDown: (id) => move(id, (place) => place + 1),
  "+": (id) => retime(id, (minutes) => stepped(minutes, 1)),
  "=": (id) => retime(id, (minutes) => stepped(minutes, 1)),
  "-": (id) => retime(id, (minutes) => stepped(minutes, -1)),
};

region.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (target.matches(".grip") && KEYS[key]) {
    event.preventDefault();
    KEYS[key](blockOf(target).id);
  }
  if (target.matches("input[type=number]") && key === "Enter") {
    event.preventDefault(); // the form's own button would send every field
    target.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (target.matches("input[type=number]") && key === "Escape") {
    target.value = target.defaultValue;
  }
});

region.addEventListener("change", ({ target }) => {
  if (!target.matches("input[type=number]")) return;
  const typed = isMinutes(target.value) ? Number(target.value) : target.value || "0"; // the server says what is wrong
  retime(blockOf(target).id, () => typed);
});

// --- the lower edge ---

function hold(event) {
  const edge = event.target.closest("[data-edge]");
  if (!edge || event.button > 0) return;
  const block = blockOf(edge);
  const first = minutesIn(block);
  const from = { x: event.clientX, y: event.clientY };
  const scale = Number.parseFloat(getComputedStyle(block).getPropertyValue("--min"));
  const isTouch = event.pointerType !== "mouse";
  let isHeld = !isTouch;
  const waiting = isTouch && setTimeout(take, TOUCH_DELAY_MS);
  if (isHeld) take();

  function take() {
    isHeld = true;
    region.setAttribute("data-busy", "");
    block.classList.add("pulled");
    edge.setPointerCapture?.(event.pointerId);
  }
  function moved(now) {
    const to = { x: now.clientX, y: now.clientY };
    if (isHeld) show(block, pulled(first, to.y - from.y, scale));
    else if (isSwipe(from, to)) end();
  }
  function stay(touch) {
    if (isHeld) touch.preventDefault(); // a page that scrolls would take the finger away
  }
  function end(now) {
    clearTimeout(waiting);
    for (const [name, act] of Object.entries(acts)) removeEventListener(name, act);
    block.classList.remove("pulled");
    const minutes = minutesIn(block);
    const isMeant = isHeld && now?.type === "pointerup" && minutes !== first;
    if (isMeant) retime(block.id, () => minutes).finally(() => region.removeAttribute("data-busy"));
    else {
      if (minutes !== first) show(block, first);
      region.removeAttribute("data-busy");
    }
  }
  const acts = { pointermove: moved, pointerup: end, pointercancel: end };
  for (const [name, act] of Object.entries(acts)) addEventListener(name, act);
  edge.addEventListener("touchmove", stay, { passive: false });
}

region.addEventListener("pointerdown", hold);

// --- a whole block ---

function makeDraggable() {
  const ol = list();
  if (!ol || Sortable.get(ol)) return; // it stayed when the agenda was refreshed
  Sortable.create(ol, {
    draggable: "[data-place]:not([data-stays])",
    filter: "input, summary, details, [data-edge]",
    preventOnFilter: false,
    ghostClass: "dragging",
    forceFallback: true,
    fallbackTolerance: 6,
    delay: TOUCH_DELAY_MS,
    delayOnTouchOnly: true,
    touchStartThreshold: 8,
    onStart: () => region.setAttribute("data-busy", ""),
    onChange: showTimes,
    onEnd: ({ item, oldDraggableIndex, newDraggableIndex }) => {
      const position = blocks().indexOf(item) + 1;
      const isSame = oldDraggableIndex === newDraggableIndex;
      const done = () => region.removeAttribute("data-busy");
      if (isSame) done();
      else move(item.id, () => position).then(done, done);
    },
  });
}

region.addEventListener("live:swapped", makeDraggable);
makeDraggable();
