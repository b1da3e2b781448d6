/* Drawing one's own line. The lists of words in the form are the truth; this module lets a finger, a mouse or the arrow
   keys change them, and draws the line that belongs to them with its yellow notes; autosave.js saves it. The line is the
   one of reports/drawing.py. */
const form = document.querySelector("[data-line-form]");
const STEPS = 24;
const KEY_STEP = 5;
const NEAR = 6;
const SVG = "http://www.w3.org/2000/svg";
// Of a note, in units of the paper: its distance to the point, the widest it gets, and how far it may go.
const NOTE = { gap: 20, gapInside: 56, wide: 200, high: 92, line: 21.6, letter: 8.2, headroom: 20 };
const STANDING_NOTE = { gap: 20, wide: 150, narrow: 92, high: 68, left: 144, right: 386 };

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
  const why = chosenBox.querySelector("[data-chosen-why]");
  const heightBefore = new Map();
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
      start,
      step,
      low,
      width: svg.viewBox.baseVal.width,
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
    paper.notes = rows.map(() => addNote(svg));
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
    return `M${points
      .map(([x, y]) =>
        paper
          .place(x, y)
          .map((n) => n.toFixed(1))
          .join(" "),
      )
      .join("L")}`;
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
      rows.forEach((row, position) => {
        drawPoint(paper, row, position);
        drawNote(paper, row, position);
      });
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

  /** Whether the line turns downwards here, so that above it is free. */
  function isTop(position, value) {
    const beside = [rows[position - 1], rows[position + 1]].map((row) => row && valueOf(row)).filter(Number.isFinite);
    if (!beside.length) return value < 50;
    return value >= beside.reduce((sum, height) => sum + height, 0) / beside.length;
  }

  function drawNote(paper, row, position) {
    const { lead, note, paper: inside, text } = paper.notes[position];
    const value = valueOf(row);
    const words = row.note.value.trim();
    paper.svg.querySelector(`[data-point="${row.id}"]`).classList.toggle("has-note", Boolean(words));
    // A phone's paper has room for one note: that of the point in hand. The other points only show that they have one.
    const isShown = words && value !== null && (!paper.standing || position === chosen);
    for (const part of [lead, note]) part.toggleAttribute("display", false);
    if (!isShown) {
      for (const part of [lead, note]) part.setAttribute("display", "none");
      return;
    }
    text.textContent = words;
    const [x, y] = paper.place(position, value);
    const box = (paper.standing ? besideThePoint : aboveOrBelow)(paper, x, y, isTop(position, value), words);
    for (const name of ["x", "y", "width", "height"]) note.setAttribute(name, box[name].toFixed(1));
    inside.className = `why ${box.side}`;
    lead.setAttribute("d", box.lead);
  }

  function aboveOrBelow(paper, x, y, isTop, words) {
    const width = Math.max(96, Math.min(NOTE.wide, paper.step - 8));
    const lines = Math.min(3, Math.ceil((words.length * NOTE.letter) / (width - 26)));
    const room = NOTE.gap + (lines + 1) * NOTE.line + 20;
    const above = isTop ? y + NOTE.headroom > room : paper.low - y < room;
    // Where the free side has no room the note lies within the bend, farther off, where the bend is wide enough.
    const gap = above === isTop ? NOTE.gap : NOTE.gapInside;
    const left = Math.max(paper.start + 8, Math.min(paper.width - width - 2, x - width / 2));
    const from = Math.max(left + 14, Math.min(left + width - 14, x));
    const sign = above ? -1 : 1;
    return {
      x: left,
      y: above ? y - gap - NOTE.high : y + gap,
      width,
      height: NOTE.high,
      side: above ? "above" : "below",
      lead: `M${x} ${y + sign * 12}Q${x} ${y + sign * gap} ${from} ${y + sign * (gap + 4)}`,
    };
  }

  function besideThePoint(paper, x, y, isTop) {
    const { gap, wide, narrow, high, left, right } = STANDING_NOTE;
    const rooms = { right: right - x - gap, left: x - gap - left };
    const wanted = isTop ? "right" : "left";
    const side =
      rooms[wanted] >= narrow || rooms[wanted] >= rooms.left + rooms.right - rooms[wanted]
        ? wanted
        : isTop
          ? "left"
          : "right";
    const width = Math.min(wide, rooms[side]);
    const sign = side === "left" ? -1 : 1;
    return {
      x: side === "left" ? x - gap - width : x + gap,
      y: y - high / 2,
      width,
      height: high,
      side,
      lead: `M${x + sign * 12} ${y}H${x + sign * gap}`,
    };
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
      paper.svg.addEventListener(end, () => {
        dragged = -1;
      });
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
      setValue(chosen, (valueOf(rows[chosen]) ?? 50) + Number(button.dataset.step));
    });
  }
  chosenBox.querySelector("[data-chosen-absent]").addEventListener("input", (event) => {
    event.stopPropagation();
    if (event.target.checked) heightBefore.set(chosen, valueOf(rows[chosen]) ?? "");
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
