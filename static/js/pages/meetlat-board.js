/* The meetlat by hand: carry a strip; or choose one and use the dock, an empty number, or the keys 1-9, 0, P and arrows
   while the focus is on the strips or in the dock. What is laid from the pile by the dock is followed by the next question.
   Without this module choosing and moving are links and forms. The server says where everything lies. */

import { makeLaid } from "../shared/laying.js";
import { nextOf } from "../shared/meetlat-rules.js";
import { isPlain, isTyping } from "../shared/own-keys.js";
import { look, lookAway } from "../shared/sliding.js";

const board = document.getElementById("board");
const dock = document.getElementById("dock");
/** Where a form about this strip goes; once on the board, with the key of the meeting in its place. */
const pathOf = (form, block) => board.dataset[form].replace(board.dataset.meeting, block.dataset.block);
const strips = () => board.querySelectorAll("a[data-strip]");
const chosen = () => dock.querySelector("form[data-strip]");
const stripOf = (pk) => board.querySelector(`a[data-strip="${pk}"]`);
const pile = () => [...board.querySelectorAll("[data-place=tray] a[data-strip]")].map(({ dataset }) => dataset.strip);
const versions = () => new Map([...strips()].map(({ dataset }) => [dataset.strip, dataset.version]));

let known = versions();
let moving = 0;
let unread = ""; // why a move was refused, told while the next strip was in the hand: it is told again with the board that waited

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

const choose = (strip) => window.htmx.ajax("GET", strip.getAttribute("hx-get"), { target: dock, source: strip });

/** In the line that says what was done last, where a screen reader hears it and nothing lies over the strips. Once the
    group is at another step there is none, and nothing to say of laying. */
function say(...sentences) {
  const line = document.getElementById("meetlat-status");
  if (!line) return;
  line.textContent = sentences.join(" ");
  line.classList.add("refused");
}

/** The dock shows the strip as it was; when someone else has moved it, it says so and shows it as it is. */
function followChosen() {
  const form = chosen();
  if (!form || moving || !("version" in form.dataset)) return;
  const strip = stripOf(form.dataset.strip);
  if (strip?.dataset.version === form.dataset.version) return;
  say(document.getElementById("meetlat-status")?.textContent, board.dataset.taken); // who it was stands there
  if (strip) choose(strip);
  else dock.replaceChildren();
}

function showMoved() {
  for (const strip of strips()) {
    const before = known.get(strip.dataset.strip);
    strip.classList.toggle("moved", before !== undefined && before !== strip.dataset.version);
  }
  known = versions();
}

board.addEventListener("live:swapped", () => {
  if (unread) say(unread);
  unread = "";
  showMoved();
  showChosen();
  followChosen();
});

// --- carried: the strip lies at once where it was let go, and goes back when no answer came ---

let turn = Promise.resolve();
let waiting = 0;
let answered = 0;

/** One after the other: of two that are let go shortly after each other, the second is about what the first made of it. */
function post(path, block, values) {
  const seen = waiting ? null : block.dataset.version;
  waiting += 1;
  turn = turn.then(async () => {
    const version = seen ?? document.querySelector(`[data-block="${block.dataset.block}"]`)?.dataset.version;
    await window.htmx
      .ajax("POST", path, { target: dock, source: dock, values: { ...values, version } })
      .catch(() => {});
    waiting -= 1;
  });
  return turn;
}

makeLaid(board, {
  lays(block, place, before) {
    const [home, behind, answers] = [block.parentElement, block.nextSibling, answered];
    place.insertBefore(block, before ?? place.querySelector(".lay"));
    // As high as the server will have it there, or the rows would shift when it answers.
    block.querySelector(".strip").classList.toggle("col", !Number(place.dataset.place));
    const values = { to: place.dataset.place, before: before?.dataset.block ?? "" };
    post(pathOf("move", block), block, values).then(() => {
      if (answers === answered) home.insertBefore(block, behind);
    });
  },
  groups(block, other) {
    post(pathOf("group", block), block, { beside: other.dataset.block });
  },
});

// --- taps ---

board.addEventListener("click", (event) => {
  const button = event.target.closest(".lay");
  if (!button) return;
  event.preventDefault();
  dock.querySelector(`.key[value="${button.value}"]`)?.click();
});

// With "Groepeer" open, a tap says which other strip is meant; the list says the same.
board.addEventListener(
  "click",
  (event) => {
    const list = dock.querySelector("select[name=beside]");
    const strip = event.target.closest("a[data-strip]");
    if (!strip || !dock.querySelector(".group-form") || strip.dataset.strip === chosen().dataset.strip) return;
    event.preventDefault();
    event.stopPropagation();
    if (list) list.value = strip.dataset.strip;
    if (list?.value) list.form.requestSubmit();
    else say(board.dataset.notThis);
  },
  true,
);

// --- keys: what is typed while the one before is on its way, is about the next question ---

const LAYS = /^[0-9p]$/;
const typed = [];

function act(key) {
  const control = dock.querySelector(`[data-key="${CSS.escape(key)}"]`);
  control?.click();
  return Boolean(control);
}

for (const part of [board, dock]) {
  part.addEventListener("keydown", (event) => {
    const isOwn = part === dock || event.target.closest(".laying");
    if (!isOwn || !isPlain(event) || (isTyping(event) && event.key !== "Escape")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const strip = event.target.closest("[data-place=tray] a[data-strip]");
    if (moving && LAYS.test(key)) typed.push(key);
    else if (LAYS.test(key) && strip && !chosen()) {
      typed.push(key);
      choose(strip);
    } else if (!act(key)) return;
    event.preventDefault();
  });
}

// --- what the server answers ---

let laid = null; // by the dock, from the pile: the strip, and the pile as it was
let shown = null; // a promise, when the board has to ask before it shows what was answered
let newest = null; // of two questions to the server the later fills the dock, whichever comes first

document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.target !== dock) return;
  moving += 1;
  newest = detail.xhr;
  const { strip } = chosen()?.dataset ?? {};
  const isMove = detail.requestConfig.verb === "post" && detail.elt.closest("form[data-strip]") === chosen();
  const before = pile();
  laid = isMove && before.includes(strip) ? { strip, before } : null;
});
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target === dock && detail.requestConfig.verb === "get" && detail.xhr !== newest) detail.shouldSwap = false;
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target !== dock) return;
  window.htmx.process(dock); // by itself it waits until the dock has settled, and a key in between would leave the page
  const told = dock.querySelector("template[data-board]"); // after a move: how all lies now
  if (told) {
    const [version, since] = [told.dataset.board, told.dataset.since].map(Number);
    const html = told.innerHTML;
    const refusal = told.content.querySelector("#meetlat-status.refused");
    unread = refusal && board.hasAttribute("data-busy") ? refusal.textContent : "";
    if (unread) say(unread);
    shown = "since" in told.dataset ? board.takeParts(html, version, since) : board.take(html, version);
    told.remove();
    answered += 1;
  }
  const last = board.querySelector("a.strip.sel");
  showChosen();
  if (chosen()) dock.querySelector("select")?.focus({ preventScroll: true });
  // Safari gives what one clicks no focus, and what the dock had is gone with it: the keys need a place to come from.
  const strip = board.querySelector("a.strip.sel") ?? last;
  if (document.activeElement === document.body) strip?.focus({ preventScroll: true });
});
document.addEventListener("htmx:afterRequest", async ({ detail }) => {
  if (detail.target !== dock) return;
  await shown;
  moving -= 1;
  const isNext = detail.xhr.status === 200 && (laid === null || offerNext());
  if (!isNext) typed.length = 0; // they were for what is not there
  while (!moving && typed.length && !act(typed.shift()));
});

/** Chooses the next question of the pile, and shows for a moment where the one before lies. */
function offerNext() {
  const { strip, before } = laid;
  const now = pile();
  laid = null;
  if (now.includes(strip)) return false;
  const next = stripOf(nextOf(strip, before, now));
  look(stripOf(strip), dock, Boolean(next));
  if (!next) return false;
  if (document.activeElement?.matches("a[data-strip]")) next.focus({ preventScroll: true });
  choose(next);
  return true;
}

for (const name of ["pointerdown", "wheel"]) {
  document.addEventListener(name, ({ target }) => dock.contains(target) || lookAway(), { passive: true });
}
