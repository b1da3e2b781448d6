/* The panel beside a recording: what must not be seen or heard. All moments in it are of the recording; `of(stretch)` says
   what the worker must do, in the time of the fragment. */
import { BoxLayer } from "./box-layer.js";
import { boxAt, withKey } from "./cover-rules.js";
import { momentOf, secondsOf } from "./cut-rules.js";

const FIRST_BOX = { x: 0.35, y: 0.2, w: 0.3, h: 0.35 };
const FIRST_CROP = { x: 0.1, y: 0.1, w: 0.8, h: 0.8 };
const SILENCE_S = 2;

export class CutCovers {
  #root;
  #layer;
  #boxes = []; // {keys, shown, line}
  #crop = null; // {box, shown}
  #silences = []; // {from, to, line}
  #now;
  #seek;

  /** `now()` is the moment in hand, `seek(seconds)` goes there. */
  constructor(root, { now, seek }) {
    this.#root = root;
    this.#now = now;
    this.#seek = seek;
    this.#layer = new BoxLayer(this.#find("[data-layer]"), this.#find("template[data-box]"));
    this.#find("[data-crop]").addEventListener("change", ({ target }) => this.#setCrop(target.checked));
    for (const name of ["data-all-but", "data-way", "data-moves"]) {
      for (const field of root.querySelectorAll(`[${name}]`)) field.addEventListener("change", () => this.show());
    }
  }

  #find(selector) {
    return this.#root.querySelector(selector);
  }

  get isLooping() {
    return this.#find("[data-loop]").checked;
  }

  get #way() {
    return this.#find("[data-way]:checked").value;
  }

  get #allBut() {
    return this.#find("[data-all-but]").checked;
  }

  of({ start, end }) {
    const keysOf = ({ keys }) => keys.map(({ t, box }) => ({ t: t - start, box }));
    return {
      covers: this.#boxes.map(keysOf),
      crop: this.#crop?.box ?? null,
      way: this.#way,
      allBut: this.#allBut,
      silences: this.#silences.filter(({ from, to }) => to > start && from < end).map(({ from, to }) => ({ from, to })),
    };
  }

  clear() {
    for (const box of [...this.#boxes]) this.#removeBox(box);
    for (const silence of [...this.#silences]) this.#removeSilence(silence);
    this.#find("[data-crop]").checked = false;
    this.#setCrop(false);
    this.#find("[data-all-but]").checked = false;
    this.#find("[data-moves]").checked = false;
  }

  /** As it is at the moment in hand. */
  show() {
    const layer = this.#find("[data-layer]");
    layer.dataset.way = this.#allBut ? "all-but" : this.#way;
    const name = this.#find("template[data-box]").content.firstElementChild.dataset;
    for (const [at, { keys, shown, line }] of this.#boxes.entries()) {
      const called = `${name.name} ${at + 1}`;
      shown.show(boxAt(keys, this.#now()), called);
      line.querySelector("span").textContent = called;
    }
    this.#crop?.shown.show(this.#crop.box, name.cropName);
    this.#find("[data-when-boxes]").hidden = this.#boxes.length === 0;
    this.#find("[data-when-crop]").hidden = this.#crop === null;
  }

  #setCrop(isOn) {
    if (!isOn) {
      this.#crop?.shown.remove();
      this.#crop = null;
    } else {
      const removed = () => this.#find("[data-crop]").click();
      const changed = (box) => {
        this.#crop.box = box;
      };
      this.#crop = { box: FIRST_CROP, shown: this.#layer.add({ isCrop: true, changed, removed }) };
    }
    this.show();
    this.#crop?.shown.focus();
  }

  addBox() {
    const line = this.#line("box");
    const cover = { keys: [{ t: this.#now(), box: FIRST_BOX }], line };
    const removed = () => this.#removeBox(cover);
    cover.shown = this.#layer.add({ changed: (box) => this.#put(cover, box), removed });
    line.querySelector("[data-remove]").addEventListener("click", removed);
    this.#find("[data-boxes]").append(line);
    this.#boxes.push(cover);
    this.show();
    this.#showKeys();
    cover.shown.focus();
  }

  /** A box that stays has one place; one that goes along has one for each moment at which it was moved. */
  #put(cover, box) {
    const isMoving = this.#find("[data-moves]").checked;
    cover.keys = isMoving ? withKey(cover.keys, this.#now(), box) : [{ t: cover.keys[0].t, box }];
    this.#showKeys();
  }

  #showKeys() {
    const lines = this.#boxes.flatMap((cover, at) =>
      cover.keys.length < 2 ? [] : cover.keys.map((key) => this.#keyLine(cover, key, at)),
    );
    this.#find("[data-keys]").replaceChildren(...lines);
  }

  #keyLine(cover, key, at) {
    const line = this.#line("key");
    const go = line.querySelector("[data-go]");
    go.textContent = `${at + 1}: ${momentOf(key.t)}`;
    go.addEventListener("click", () => this.#seek(key.t));
    line.querySelector("[data-remove]").addEventListener("click", () => {
      cover.keys = cover.keys.filter((other) => other !== key);
      this.#showKeys();
      this.show();
    });
    return line;
  }

  #removeBox(cover) {
    cover.shown.remove();
    cover.line.remove();
    this.#boxes = this.#boxes.filter((other) => other !== cover);
    this.#showKeys();
    this.show();
  }

  addSilence(from = this.#now(), to = from + SILENCE_S) {
    const line = this.#line("silence");
    const silence = { from: Math.max(0, from), to, line };
    const fields = { from: line.querySelector("[data-from]"), to: line.querySelector("[data-to]") };
    const write = () => {
      for (const [name, field] of Object.entries(fields)) field.value = momentOf(silence[name]);
    };
    for (const [name, field] of Object.entries(fields)) {
      field.addEventListener("change", () => {
        silence[name] = secondsOf(field.value) ?? silence[name];
        silence.to = Math.max(silence.to, silence.from + 0.1);
        write();
      });
    }
    line.querySelector("[data-remove]").addEventListener("click", () => this.#removeSilence(silence));
    this.#silences.push(silence);
    this.#find("[data-silences]").append(line);
    write();
    fields.from.focus();
  }

  #removeSilence(silence) {
    silence.line.remove();
    this.#silences = this.#silences.filter((other) => other !== silence);
  }

  #line(kind) {
    return this.#find(`template[data-${kind}-line]`).content.firstElementChild.cloneNode(true);
  }
}
