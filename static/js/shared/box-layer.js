/* Boxes on a picture, moved and resized by hand or by keys; where they may be is in cover-rules.js. Each calls back with
   its new box. */
import { placed, resized } from "./cover-rules.js";

const KEY_STEP = 0.02;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class BoxLayer {
  #layer;
  #mould;

  constructor(layer, mould) {
    this.#layer = layer;
    this.#mould = mould;
  }

  /** Answers {show(box, name), remove(), focus()}. */
  add({ isCrop = false, changed, removed }) {
    const element = this.#mould.content.firstElementChild.cloneNode(true);
    element.classList.toggle("crop", isCrop);
    let box = null;
    const change = (next) => {
      box = next;
      this.#place(element, box);
      changed(box);
    };
    this.#wireHand(element, () => box, change);
    element.addEventListener("keydown", (event) => {
      const { ctrlKey, metaKey, altKey, key, shiftKey } = event;
      if (ctrlKey || metaKey || altKey) return;
      if (key === "Delete" || key === "Backspace") removed();
      else if (key in ARROWS) {
        const [x, y] = ARROWS[key].map((direction) => direction * KEY_STEP);
        change(shiftKey ? resized(box, box.w + x, box.h + y) : placed(box, box.x + x, box.y + y));
      } else return;
      event.preventDefault();
    });
    this.#layer.append(element);
    return {
      show: (next, name) => {
        box = next;
        element.setAttribute("aria-label", name);
        this.#place(element, box);
      },
      remove: () => element.remove(),
      focus: () => element.focus(),
    };
  }

  #place(element, { x, y, w, h }) {
    const parts = { left: x, top: y, width: w, height: h };
    for (const [name, part] of Object.entries(parts)) element.style.setProperty(name, `${100 * part}%`);
  }

  #wireHand(element, boxNow, change) {
    let grabbed = null;
    const at = ({ clientX, clientY }) => {
      const { left, top, width, height } = this.#layer.getBoundingClientRect();
      return { x: (clientX - left) / width, y: (clientY - top) / height };
    };
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      const byCorner = event.target.matches("[data-corner]");
      grabbed = { from: at(event), box: boxNow(), byCorner };
      element.setPointerCapture(event.pointerId);
      element.focus();
      event.preventDefault();
    });
    element.addEventListener("pointermove", (event) => {
      if (!grabbed) return;
      const { from, box, byCorner } = grabbed;
      const { x, y } = at(event);
      const [across, down] = [x - from.x, y - from.y];
      change(byCorner ? resized(box, box.w + across, box.h + down) : placed(box, box.x + across, box.y + down));
    });
    for (const end of ["pointerup", "pointercancel"]) {
      element.addEventListener(end, () => {
        grabbed = null;
      });
    }
  }
}
