/* Drawing one's own line. The lists of words in the form are the truth; this module lets a finger, a mouse or the arrow
   keys change them, and draws the line that belongs to them with its yellow notes; autosave.js saves it. Where it all lies
   says shared/line-drawing.js. */
import { inWords, isTop, Paper, unbrokenStretches } from "../shared/line-drawing.js";
import { isPlain } from "../shared/own-keys.js";

const form = document.querySelector("[data-line-form]");
const KEY_STEP = 5;
const STILL = 8;
const NUMBER = /^\d+$/;
const SVG = "http://www.w3.org/2000/svg";

if (form) {
  const rows = [...form.querySelectorAll("[data-row]")].map((row) => ({
    id: row.dataset.row,
    row,
    name: row.querySelector("th label").textContent,
    select: row.querySelector("select"),
    note: row.querySelector("input"),
  }));
  const words = [0, 25, 50, 75, 100].map((value) => [value, wordOf(rows[0].select, value)]);
  const sheets = [...document.querySelectorAll("svg[data-paper]")].map(readPaper);
  const chosenBox = document.querySelector("[data-chosen]");
  const why = chosenBox.querySelector("[data-chosen-why]");
  const undo = form.querySelector("[data-undo-stroke]");
  const heightBefore = new Map();
  let chosen = -1;
  let before = null; // what stood in the lists before the last stroke

  const heightOf = ({ select }) => (select.value === "" || select.value === "absent" ? null : Number(select.value));
  const heights = () => rows.map(heightOf);

  function wordOf(select, value) {
    return [...select.options].find((option) => option.value === String(value)).text;
  }

  /** Sets the height of a moment in its list; a height between the words gets an entry of its own. */
  function setValue(place, value) {
    const { select } = rows[place];
    select.querySelector("option[data-drawn]")?.remove();
    if (typeof value === "number") {
      value = Math.max(0, Math.min(100, Math.round(value)));
      if (![...select.options].some((option) => option.value === String(value))) {
        const option = new Option(inWords(value, words, form.dataset.between), String(value));
        option.dataset.drawn = "";
        select.add(option, 1);
      }
    }
    select.value = String(value);
    select.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // --- the paper ---

  function readPaper(svg) {
    const measures = ["start", "step", "low", "high"].map((name) => [name, Number(svg.dataset[name])]);
    const paper = new Paper({
      ...Object.fromEntries(measures),
      width: svg.viewBox.baseVal.width,
      isStanding: svg.dataset.paper === "standing",
    });
    const sheet = { svg, paper, notes: rows.map(() => addNote(svg)) };
    for (const [position, point] of svg.querySelectorAll("[data-point]").entries()) wirePoint(paper, point, position);
    wireSheet(sheet);
    return sheet;
  }

  function draw() {
    const line = unbrokenStretches(heights());
    for (const { svg, paper, notes } of sheets) {
      svg.querySelector("[data-line]").setAttribute("d", line.map((stretch) => paper.stroke(stretch, 0)).join(""));
      svg.querySelector("[data-again]").setAttribute("d", line.map((stretch) => paper.stroke(stretch, 1.7)).join(""));
      for (const [position, row] of rows.entries()) {
        drawPoint(svg, paper, row, position);
        drawNote(svg, paper, notes[position], row, position);
      }
    }
    showChosen();
  }

  function drawPoint(svg, paper, row, position) {
    const value = heightOf(row);
    const point = svg.querySelector(`[data-point="${row.id}"]`);
    const gap = svg.querySelector(`[data-gap="${row.id}"]`);
    const [x, y] = paper.place(position, value ?? 50);
    point.setAttribute("cx", x.toFixed(1));
    point.setAttribute("cy", y.toFixed(1));
    point.toggleAttribute("aria-current", position === chosen);
    point.setAttribute("aria-valuenow", value ?? 50);
    point.setAttribute("aria-valuetext", row.select.selectedOptions[0].text);
    // A point that is not drawn yet can still be reached by keys: it shows itself while it has the focus.
    point.classList.toggle("is-waiting", value === null);
    point.removeAttribute("display");
    if (row.select.value === "absent") gap.removeAttribute("display");
    else gap.setAttribute("display", "none");
  }

  // --- the yellow notes: "waarom hier?" beside the point, on the side where the line does not go ---

  function addNote(svg) {
    const lead = document.createElementNS(SVG, "path");
    const note = document.createElementNS(SVG, "foreignObject");
    const paper = document.createElement("div");
    const sticker = document.createElement("p");
    const head = document.createElement("b");
    const text = document.createElement("span");
    lead.setAttribute("class", "lead");
    note.setAttribute("aria-hidden", "true"); // the same words stand in the list and in the field
    sticker.className = "postit";
    head.textContent = form.dataset.why;
    sticker.append(head, text);
    paper.append(sticker);
    note.append(paper);
    svg.append(lead, note);
    return { lead, note, paper, text };
  }

  function drawNote(svg, paper, { lead, note, paper: inside, text }, row, position) {
    const value = heightOf(row);
    const words = row.note.value.trim();
    svg.querySelector(`[data-point="${row.id}"]`).classList.toggle("has-note", Boolean(words));
    // A phone's paper has room for one note: that of the point in hand. The other points only show that they have one.
    const isShown = words && value !== null && (!paper.isStanding || position === chosen);
    for (const part of [lead, note]) part.toggleAttribute("display", false);
    if (!isShown) {
      for (const part of [lead, note]) part.setAttribute("display", "none");
      return;
    }
    text.textContent = words;
    const [x, y] = paper.place(position, value);
    const box = paper.note(x, y, { isTop: isTop(heights(), position), words });
    for (const name of ["x", "y", "width", "height"]) note.setAttribute(name, box[name].toFixed(1));
    inside.className = `why ${box.side}`;
    lead.setAttribute("d", box.lead);
  }

  function wirePoint(paper, point, position) {
    point.setAttribute("role", "slider");
    point.setAttribute("tabindex", "0");
    point.setAttribute("aria-label", rows[position].name);
    point.setAttribute("aria-valuemin", "0");
    point.setAttribute("aria-valuemax", "100");
    point.setAttribute("aria-orientation", paper.isStanding ? "horizontal" : "vertical");
    point.addEventListener("focus", () => choose(position));
    point.addEventListener("keydown", (event) => {
      const now = heightOf(rows[position]) ?? 50;
      const moves = {
        ArrowUp: now + KEY_STEP,
        ArrowRight: now + KEY_STEP,
        ArrowDown: now - KEY_STEP,
        ArrowLeft: now - KEY_STEP,
        PageUp: now + 25,
        PageDown: now - 25,
        Home: 0,
        End: 100,
        Delete: "absent",
        Backspace: "absent",
      };
      if (!(event.key in moves) || !isPlain(event)) return;
      event.preventDefault();
      setValue(position, moves[event.key]);
    });
  }

  /* On the squares a stroke draws: it sets every moment that it crosses, with a mouse and with a finger alike. A finger
     beside the squares, at the names, scrolls the page. A point is dragged, and a tap sets the moment
     that is nearest. */
  function wireSheet({ svg, paper }) {
    let dragged = -1;
    let last = null; // where the stroke was
    let crossed = new Set(); // the moments that it crossed
    let isDone = false; // by the pointer that went down, so that its click has nothing left to do
    const at = ({ clientX, clientY }) => new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
    const under = (event) => paper.nearest(at(event), rows.length);
    const isPoint = (target) => target.matches?.("[data-point]");

    svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !event.isPrimary) return;
      isDone = false;
      if (isPoint(event.target)) {
        isDone = true;
        dragged = [...svg.querySelectorAll("[data-point]")].indexOf(event.target);
        choose(dragged);
      } else if (event.target.matches("[data-squares]")) {
        last = at(event);
        before = null;
      } else return;
      svg.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    svg.addEventListener("pointermove", (event) => {
      if (dragged >= 0) setValue(dragged, under(event).height);
      if (!last) return;
      const here = at(event);
      if (!isDone && Math.hypot(here.x - last.x, here.y - last.y) < STILL) return; // a finger that taps is never still
      if (!isDone) {
        isDone = true;
        before = rows.map(({ select }) => select.value);
        crossed = new Set();
        drawOver(last, last);
      }
      drawOver(last, here);
      last = here;
    });
    // Chromium takes no notice of touch-action within an SVG: without this it takes a stroke for a scroll.
    svg.addEventListener(
      "touchmove",
      (event) => {
        if (last || dragged >= 0) event.preventDefault();
      },
      { passive: false },
    );
    svg.addEventListener("pointerup", letGo);
    svg.addEventListener("pointercancel", () => {
      if (last && before) putBack(); // a second finger, or a call that came in
      letGo();
    });
    svg.addEventListener("click", (event) => {
      if (isDone || isPoint(event.target)) return; // a click need not know its pointer: in Safari it long did not
      const { position, height } = under(event);
      choose(position);
      setValue(position, height);
    });

    /** What lies beside a stroke takes its height, until the stroke crosses it: that height stays. */
    function drawOver(from, to) {
      for (const { position, height, isCrossed } of paper.crossed(from, to, rows.length)) {
        if (!isCrossed && crossed.has(position)) continue;
        if (isCrossed) crossed.add(position);
        chosen = position;
        setValue(position, height);
      }
    }

    function letGo() {
      dragged = -1;
      last = null;
      undo.hidden = !before;
    }
  }

  /** Undoes the last stroke. */
  function putBack() {
    for (const [position, value] of before.entries()) {
      if (rows[position].select.value !== value) setValue(position, NUMBER.test(value) ? Number(value) : value);
    }
    before = null;
    undo.hidden = true;
  }

  undo.addEventListener("click", putBack);

  // --- the chosen point, in words and buttons ---

  function choose(position) {
    if (position === chosen) return;
    chosen = position;
    draw();
  }

  function showChosen() {
    for (const [position, { row }] of rows.entries()) row.classList.toggle("is-chosen", position === chosen);
    chosenBox.hidden = chosen < 0;
    if (chosen < 0) return;
    const { name, select, note } = rows[chosen];
    chosenBox.querySelector("[data-chosen-name]").textContent = name;
    chosenBox.querySelector("[data-chosen-words]").textContent = select.selectedOptions[0].text;
    chosenBox.querySelector("[data-chosen-absent]").checked = select.value === "absent";
    why.disabled = select.value === "";
    why.placeholder = why.disabled ? why.dataset.first : "";
    if (document.activeElement !== why) why.value = note.value;
  }

  for (const button of chosenBox.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => {
      setValue(chosen, (heightOf(rows[chosen]) ?? 50) + Number(button.dataset.step));
    });
  }
  chosenBox.querySelector("[data-chosen-absent]").addEventListener("input", (event) => {
    event.stopPropagation();
    if (event.target.checked) heightBefore.set(chosen, heightOf(rows[chosen]) ?? "");
    setValue(chosen, event.target.checked ? "absent" : (heightBefore.get(chosen) ?? ""));
  });
  why.addEventListener("input", () => {
    rows[chosen].note.value = why.value.replace(/\s+/g, " ");
  });

  form.addEventListener("input", (event) => {
    const place = rows.findIndex(({ select, note }) => select === event.target || note === event.target);
    if (place >= 0) chosen = place;
    draw();
  });

  document.querySelector("[data-hint]").hidden = false;
  // At once with the next moment to draw in hand; with the last one when all are there.
  const next = rows.findIndex(({ select }) => select.value === "");
  choose(next < 0 ? rows.length - 1 : next);
}
