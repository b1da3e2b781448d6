/* The part of the panel beside a recording with which a few pictures go in the place of a film. */
import { FEWEST_SLIDES, MOST_SLIDES, momentOf, SLIDE_S } from "./cut-rules.js";

export class CutSlides {
  #root;
  #moments = []; // in seconds of the recording, the first first
  #hands;

  /** `hands`: now(), the moment in hand; seek(seconds); changed(), after which the page shows what it says. */
  constructor(root, hands) {
    this.#root = root;
    this.#hands = hands;
    this.#find("[data-slides]").addEventListener("change", hands.changed);
    this.#find("[data-add-slide]").addEventListener("click", () => this.#add(hands.now()));
  }

  #find(selector) {
    return this.#root.querySelector(selector);
  }

  get isOn() {
    return this.#find("[data-slides]").checked;
  }

  get isEnough() {
    return this.#moments.length >= FEWEST_SLIDES;
  }

  get moments() {
    return [...this.#moments];
  }

  get length() {
    return this.#moments.length * SLIDE_S;
  }

  clear() {
    this.#moments = [];
    this.#find("[data-slides]").checked = false;
  }

  #add(moment) {
    if (this.#moments.some((known) => Math.abs(known - moment) < 0.001)) return;
    this.#moments = [...this.#moments, moment].sort((one, other) => one - other);
    this.#hands.changed();
  }

  #remove(moment) {
    this.#moments = this.#moments.filter((known) => known !== moment);
    this.#hands.changed();
    this.#find("[data-add-slide]").focus();
  }

  show() {
    for (const part of this.#root.querySelectorAll("[data-when-slides]")) part.hidden = !this.isOn;
    for (const part of this.#root.querySelectorAll("[data-when-film]")) part.hidden = this.isOn;
    this.#find("[data-do=cut]").disabled = this.isOn && !this.isEnough;
    this.#find("[data-add-slide]").disabled = this.#moments.length >= MOST_SLIDES;
    this.#find("[data-slide-lines]").replaceChildren(...this.#moments.map((moment) => this.#line(moment)));
  }

  /** What the page says beside its button, out of its own words. */
  words({ few, some }) {
    const left = FEWEST_SLIDES - this.#moments.length;
    return left > 0 ? few.replace("{n}", left) : some.replace("{n}", this.#moments.length);
  }

  #line(moment) {
    const line = this.#find("template[data-key-line]").content.firstElementChild.cloneNode(true);
    const go = line.querySelector("[data-go]");
    go.textContent = momentOf(moment);
    go.addEventListener("click", () => this.#hands.seek(moment));
    line.querySelector("[data-remove]").addEventListener("click", () => this.#remove(moment));
    return line;
  }
}
