/* Where everything of a line lies: the stroke of a hand, and the yellow notes beside its points. Heights go from 0 to 100,
   positions count the moments; what lies on paper is in its own units. The line is the one of reports/lines/drawing.py. */
const STEPS = 24;
const NEAR = 6;
const BESIDE = 0.35; // of a step: so near a moment a stroke sets it, though it does not cross it
// Of a note, in units of the paper: its distance to the point, the widest it gets, and how far it may go.
const NOTE = { gap: 20, gapInside: 56, wide: 200, high: 92, line: 21.6, letter: 8.2, headroom: 20 };
const STANDING_NOTE = { gap: 20, wide: 150, narrow: 92, high: 68, left: 144, right: 386 };

const within = (least, value, most) => Math.max(least, Math.min(most, value));

/** The paper: `low` and `high` are where heights 0 and 100 lie, `start` the first moment, `step` from one to the next. */
export class Paper {
  constructor({ start, step, low, high, width, isStanding }) {
    Object.assign(this, { start, step, low, high, width, isStanding });
  }

  place(position, height) {
    const along = this.start + this.step * position;
    const across = this.low + ((this.high - this.low) * height) / 100;
    return this.isStanding ? [across, along] : [along, across];
  }

  /** The moment, of so many, and the height nearest to a point. */
  nearest({ x, y }, moments) {
    const [along, across] = this.isStanding ? [y, x] : [x, y];
    const position = within(0, Math.round((along - this.start) / this.step), moments - 1);
    return { position, height: this.heightAt(across) };
  }

  /** What a stroke of a hand from one point to another sets: the moments that it crosses, in its order, and the one that
      it ends beside without crossing it, each with its height there. */
  crossed(from, to, moments) {
    const [[start, low], [end, high]] = [from, to].map(({ x, y }) => (this.isStanding ? [y, x] : [x, y]));
    const found = [];
    for (let position = 0; position < moments; position += 1) {
      const along = this.start + this.step * position;
      const part = (along - start) / (end - start);
      if (part > 0 && part <= 1) {
        found.push({ position, height: this.heightAt(low + (high - low) * part), isCrossed: true });
      } else if (Math.abs(along - end) < this.step * BESIDE) {
        found.push({ position, height: this.heightAt(high), isCrossed: false });
      }
    }
    return start <= end ? found : found.reverse();
  }

  heightAt(across) {
    return within(0, ((across - this.low) / (this.high - this.low)) * 100, 100);
  }

  /** The path of a stroke over these points; another phase is another stroke. */
  stroke(stretch, phase) {
    const points = byHand(stretch, phase).map(([x, y]) => this.place(x, y));
    return `M${points.map((point) => point.map((n) => n.toFixed(1)).join(" ")).join("L")}`;
  }

  /** The box of a note with these words at this point, its side, and the path that leads to it. */
  note(x, y, { isTop, words }) {
    return this.isStanding ? besideThePoint(x, y, isTop) : aboveOrBelow(this, x, y, isTop, words);
  }
}

/** Cuts a row of heights, null where the line is not, at its gaps: each stretch is a list of [position, height]. */
export function unbrokenStretches(heights) {
  const found = [[]];
  for (const [position, height] of heights.entries()) {
    if (height === null) found.push([]);
    else found.at(-1).push([position, height]);
  }
  return found.filter((stretch) => stretch.length);
}

/** A slightly unsteady line, exact in each point. */
export function byHand(stretch, phase = 0) {
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
  return [...points, stretch.at(-1)];
}

/** Whether the line turns downwards here, so that above it is free. */
export function isTop(heights, position) {
  const beside = [heights[position - 1], heights[position + 1]].filter(Number.isFinite);
  if (!beside.length) return heights[position] < 50;
  return heights[position] >= beside.reduce((sum, height) => sum + height, 0) / beside.length;
}

/** What a height is called, by the words [height, word] from low to high; `between` is for what lies between two. */
export function inWords(height, words, between) {
  for (let at = 1; at < words.length; at += 1) {
    const [[low, below], [high, above]] = [words[at - 1], words[at]];
    if (height <= low + NEAR) return below;
    if (height < high - NEAR) return between.replace("{below}", below).replace("{above}", above);
  }
  return words.at(-1)[1];
}

function aboveOrBelow(paper, x, y, isTop, words) {
  const width = Math.max(96, Math.min(NOTE.wide, paper.step - 8));
  const lines = Math.min(3, Math.ceil((words.length * NOTE.letter) / (width - 26)));
  const room = NOTE.gap + (lines + 1) * NOTE.line + 20;
  const isAbove = isTop ? y + NOTE.headroom > room : paper.low - y < room;
  // Where the free side has no room the note lies within the bend, farther off, where the bend is wide enough.
  const gap = isAbove === isTop ? NOTE.gap : NOTE.gapInside;
  const left = within(paper.start + 8, x - width / 2, paper.width - width - 2);
  const from = within(left + 14, x, left + width - 14);
  const sign = isAbove ? -1 : 1;
  return {
    x: left,
    y: isAbove ? y - gap - NOTE.high : y + gap,
    width,
    height: NOTE.high,
    side: isAbove ? "above" : "below",
    lead: `M${x} ${y + sign * 12}Q${x} ${y + sign * gap} ${from} ${y + sign * (gap + 4)}`,
  };
}

function besideThePoint(x, y, isTop) {
  const { gap, wide, narrow, high, left, right } = STANDING_NOTE;
  const room = { right: right - x - gap, left: x - gap - left };
  const [wanted, other] = isTop ? ["right", "left"] : ["left", "right"];
  const side = room[wanted] >= narrow || room[wanted] >= room[other] ? wanted : other;
  const width = Math.min(wide, room[side]);
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
