/* Drawing one's own line. The lists of words in the form are the truth; this module lets a finger, a mouse or the arrow
   keys change them, draws the line that belongs to them, and saves. The line is the one of reports/drawing.py. */
import { csrfToken } from "./csrf.js";

const form = document.querySelector("[data-line-form]");
const STEPS = 24;
const KEY_STEP = 5;
const PAUSE_MS = 1200;
const RETRY_MS = 5000;
const NEAR = 6;

if (form) {
  const rows = [...form.querySelectorAll("[data-row]")].map((row) => ({
    id: row.dataset.row,
    row,
    name: row.querySelector("th label").textContent,
    select: row.querySelector("select"),
    note: row.querySelector("input"),
  }));
  const words = [0, 25, 50, 75, 100].map((value) => [value, wordOf(rows[0].select, value)]);
  const papers = [...document.querySelectorAll("svg[data-paper]")].map(readPaper);
  const chosenBox = document.querySelector("[data-chosen]");
  const status = document.querySelector("[data-saved]");
  let chosen = -1;

  const valueOf = ({ select }) => (select.value === "" || select.value === "absent" ? null : Number(select.value));

  function wordOf(select, value) {
    return [...select.options].find((option) => option.value === String(value)).text;
  }

  function inWords(value) {
    for (let at = 1; at < words.length; at += 1) {
      const [[low, below], [high, above]] = [words[at - 1], words[at]];
      if (value <= low + NEAR) return below;
      if (value < high - NEAR) return form.dataset.between.replace("{below}", below).replace("{above}", above);
    }
    return words.at(-1)[1];
  }

  /** Sets the height of a moment in its list; a height between the words gets an entry of its own. */
  function setValue(place, value) {
    const { select } = rows[place];
    select.querySelector("option[data-drawn]")?.remove();
    if (typeof value === "number") {
      value = Math.max(0, Math.min(100, Math.round(value)));
      if (![...select.options].some((option) => option.value === String(value))) {
        const option = new Option(inWords(value), String(value));
        option.dataset.drawn = "";
        select.add(option, 1);
      }
    }
    select.value = String(value);
    select.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // --- the paper ---

  function readPaper(svg) {
    const { start, step, low, high } = Object.fromEntries(
      ["start", "step", "low", "high"].map((name) => [name, Number(svg.dataset[name])]),
    );
    const standing = svg.dataset.paper === "standing";
    const paper = {
      svg,
      standing,
      place(position, height) {
        const along = start + step * position;
        const across = low + ((high - low) * height) / 100;
        return standing ? [across, along] : [along, across];
      },
      /** The moment and the height nearest to a press. */
      under(event) {
        const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
        const [along, across] = standing ? [point.y, point.x] : [point.x, point.y];
        const position = Math.max(0, Math.min(rows.length - 1, Math.round((along - start) / step)));
        return { position, height: Math.max(0, Math.min(100, ((across - low) / (high - low)) * 100)) };
      },
    };
    svg.querySelectorAll("[data-point]").forEach((point, position) => wirePoint(paper, point, position));
    wirePaper(paper);
    return paper;
  }

  function stroke(paper, stretch, phase) {
    const points = [];
    for (let at = 1; at < stretch.length; at += 1) {
      const [[left, from], [right, to]] = [stretch[at - 1], stretch[at]];
      for (let step = 0; step < STEPS; step += 1) {
        const part = step / STEPS;
        const eased = (1 - Math.cos(Math.PI * part)) / 2;
        const wobble =
          0.9 * Math.sin(2 * Math.PI * part + phase) * Math.sin(Math.PI * part) +
          0.5 * Math.sin(4 * Math.PI * part) * Math.cos(left + phase);
        points.push([left + (right - left) * part, from + (to - from) * eased + wobble]);
      }
    }
    points.push(stretch.at(-1));
    return `M${points.map(([x, y]) => paper.place(x, y).map((n) => n.toFixed(1)).join(" ")).join("L")}`;
  }

  function stretches() {
    const found = [[]];
    rows.forEach((row, position) => {
      const value = valueOf(row);
      if (value === null) found.push([]);
      else found.at(-1).push([position, value]);
    });
    return found.filter((stretch) => stretch.length);
  }

  function draw() {
    const line = stretches();
    for (const paper of papers) {
      paper.svg.querySelector("[data-line]").setAttribute("d", line.map((s) => stroke(paper, s, 0)).join(""));
      paper.svg.querySelector("[data-again]").setAttribute("d", line.map((s) => stroke(paper, s, 1.7)).join(""));
      rows.forEach((row, position) => drawPoint(paper, row, position));
    }
    showChosen();
  }

  function drawPoint(paper, row, position) {
    const value = valueOf(row);
    const point = paper.svg.querySelector(`[data-point="${row.id}"]`);
    const gap = paper.svg.querySelector(`[data-gap="${row.id}"]`);
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

  function wirePoint(paper, point, position) {
    point.setAttribute("role", "slider");
    point.setAttribute("tabindex", "0");
    point.setAttribute("aria-label", rows[position].name);
    point.setAttribute("aria-valuemin", "0");
    point.setAttribute("aria-valuemax", "100");
    point.setAttribute("aria-orientation", paper.standing ? "horizontal" : "vertical");
    point.addEventListener("focus", () => choose(position));
    point.addEventListener("keydown", (event) => {
      const now = valueOf(rows[position]) ?? 50;
      const moves = {
        ArrowUp: now + KEY_STEP, ArrowRight: now + KEY_STEP, ArrowDown: now - KEY_STEP, ArrowLeft: now - KEY_STEP,
        PageUp: now + 25, PageDown: now - 25, Home: 0, End: 100, Delete: "absent", Backspace: "absent",
      };
      if (!(event.key in moves)) return;
      event.preventDefault();
      setValue(position, moves[event.key]);
    });
  }

  function wirePaper(paper) {
    let dragged = -1;
    const isPoint = (target) => target.matches?.("[data-point]");

    paper.svg.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      const { position, height } = paper.under(event);
      const byPoint = isPoint(event.target);
      if (!byPoint && event.pointerType === "touch") return; // a finger on the paper may be scrolling: see click
      dragged = byPoint ? [...paper.svg.querySelectorAll("[data-point]")].indexOf(event.target) : position;
      paper.svg.setPointerCapture(event.pointerId);
      choose(dragged);
      if (!byPoint) setValue(dragged, height);
      event.preventDefault();
    });
    paper.svg.addEventListener("pointermove", (event) => {
      if (dragged >= 0) setValue(dragged, paper.under(event).height);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      paper.svg.addEventListener(end, () => { dragged = -1; });
    }
    paper.svg.addEventListener("click", (event) => {
      if (event.pointerType !== "touch" || isPoint(event.target)) return;
      const { position, height } = paper.under(event);
      choose(position);
      setValue(position, height);
    });
  }

  // --- the chosen point, in words and buttons ---

  function choose(position) {
    if (position === chosen) return;
    chosen = position;
    draw();
  }

  function showChosen() {
    rows.forEach(({ row }, position) => row.classList.toggle("is-chosen", position === chosen));
    chosenBox.hidden = chosen < 0;
    if (chosen < 0) return;
    const { name, select } = rows[chosen];
    chosenBox.querySelector("[data-chosen-name]").textContent = name;
    chosenBox.querySelector("[data-chosen-words]").textContent = select.selectedOptions[0].text;
    chosenBox.querySelector("[data-chosen-absent]").checked = select.value === "absent";
  }

  for (const button of chosenBox.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => {
      setValue(chosen, (valueOf(rows[chosen]) ?? 50) + Number(button.dataset.step));
    });
  }
  chosenBox.querySelector("[data-chosen-absent]").addEventListener("input", (event) => {
    event.stopPropagation();
    setValue(chosen, event.target.checked ? "absent" : "");
  });
  chosenBox.querySelector("[data-why]").addEventListener("click", () => rows[chosen].note.focus());

  // --- saving ---

  let timer = 0;
  let changed = 0;
  let saving = false;
  const say = (text) => { status.textContent = text; };

  async function save() {
    if (saving) return plan(PAUSE_MS);
    saving = true;
    const at = changed;
    try {
      const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
      const response = await fetch(location.pathname, { method: "POST", body: new FormData(form), headers });
      if (response.redirected) throw new Error("login");
      const answer = await response.json();
      if (response.ok && at === changed) say(form.dataset.savedAt.replace("{clock}", answer.clock));
      else if (!response.ok) say(answer.message ?? form.dataset.unsaved);
    } catch {
      say(form.dataset.unsaved);
      plan(RETRY_MS);
    } finally {
      saving = false;
    }
  }

  function plan(ms) {
    clearTimeout(timer);
    timer = setTimeout(save, ms);
  }

  form.addEventListener("input", (event) => {
    const place = rows.findIndex(({ select }) => select === event.target);
    if (place >= 0) {
      if (place !== chosen) chosen = place;
      draw();
    }
    changed += 1;
    say(form.dataset.saving);
    plan(PAUSE_MS);
  });
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer && changed) save();
  });

  document.querySelector("[data-hint]").hidden = false;
  draw();
}
