/* The strip below a recording: its stills, the loudness of its sound, and a grip at each end of what is chosen. A grip goes
   by a drag or by keys: arrows a second, comma and full stop a frame, page keys ten seconds. */
import { momentOf, STILLS } from "./cut-rules.js";
import { isPlain } from "./own-keys.js";

const PARTS = 600;
const TALLEST = 19; // of 20 units above and below the middle of the sound

export class Reel {
  #root;
  #length = 1;
  #hands;

  /** `hands`: moved(which, seconds), nudged(which, unit, by) and seek(seconds), in seconds of the recording. */
  constructor(root, hands) {
    this.#root = root;
    this.#hands = hands;
    for (const grip of root.querySelectorAll("[data-grip]")) this.#wire(grip);
    root.addEventListener("pointerdown", (event) => {
      if (!event.target.closest("[data-grip]")) hands.seek(this.#under(event));
    });
  }

  static get parts() {
    return { stills: STILLS, loudness: PARTS };
  }

  begin(length, { width, height }) {
    this.#length = length;
    const stills = this.#root.querySelector("[data-stills]");
    stills.height = 72;
    stills.width = STILLS * Math.max(24, Math.round((72 * width) / height));
    const loud = this.#root.querySelector("[data-loud]");
    loud.getContext("2d").clearRect(0, 0, loud.width, loud.height);
    for (const grip of this.#root.querySelectorAll("[data-grip]"))
      grip.setAttribute("aria-valuemax", length.toFixed(1));
  }

  still({ at, bitmap }) {
    const canvas = this.#root.querySelector("[data-stills]");
    const room = canvas.width / STILLS;
    canvas.getContext("2d").drawImage(bitmap, at * room, 0, room, canvas.height);
    bitmap.close();
  }

  loud({ part, top }) {
    const canvas = this.#root.querySelector("[data-loud]");
    const context = canvas.getContext("2d");
    const tall = Math.max(0.5, Math.min(1, top) * TALLEST);
    context.fillStyle = getComputedStyle(canvas).color;
    context.fillRect((part * canvas.width) / PARTS, 20 - tall, 1, 2 * tall);
  }

  show({ start, end }, now) {
    const at = (seconds) => `${(100 * seconds) / this.#length}%`;
    this.#root.style.setProperty("--start", at(start));
    this.#root.style.setProperty("--end", at(end));
    this.#root.style.setProperty("--now", at(now));
    for (const [which, seconds] of Object.entries({ start, end })) {
      const grip = this.#root.querySelector(`[data-grip=${which}]`);
      grip.setAttribute("aria-valuenow", seconds.toFixed(1));
      grip.setAttribute("aria-valuetext", momentOf(seconds));
    }
  }

  #under({ clientX }) {
    const { left, width } = this.#root.getBoundingClientRect();
    return Math.min(1, Math.max(0, (clientX - left) / width)) * this.#length;
  }

  #wire(grip) {
    const which = grip.dataset.grip;
    grip.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      grip.setPointerCapture(event.pointerId);
      grip.focus();
      event.preventDefault();
    });
    grip.addEventListener("pointermove", (event) => {
      if (grip.hasPointerCapture(event.pointerId)) this.#hands.moved(which, this.#under(event));
    });
    const steps = {
      ArrowLeft: ["second", -1],
      ArrowDown: ["second", -1],
      ArrowRight: ["second", 1],
      ArrowUp: ["second", 1],
      PageDown: ["second", -10],
      PageUp: ["second", 10],
      ",": ["frame", -1],
      ".": ["frame", 1],
    };
    grip.addEventListener("keydown", (event) => {
      if (!isPlain(event)) return;
      if (event.key in steps) this.#hands.nudged(which, ...steps[event.key]);
      else if (event.key === "Home") this.#hands.moved(which, 0);
      else if (event.key === "End") this.#hands.moved(which, this.#length);
      else return;
      event.preventDefault();
    });
  }
}
