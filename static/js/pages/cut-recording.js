/* <cut-recording> cuts a fragment out of a recording on the device that holds it: choose, pick, cut, watch, send. The
   recording goes to a worker that can send nothing; what came out is handed to <upload-recording>, and to nothing else,
   once its maker has seen all of it. */
import { ask } from "../app/confirm.js";
import { CutCovers } from "../shared/cut-covers.js";
import { atFirst, bytesInWords, momentOf, moved, notSeen, SHORTEST_S, shiftOf, stepOf } from "../shared/cut-rules.js";
import { CutSlides } from "../shared/cut-slides.js";
import { tellTrouble } from "../shared/cut-trouble.js";
import { CutFailed, Cutter } from "../shared/cutter.js";
import { refusalOfFile } from "../shared/film-kind.js";
import { dayOf } from "../shared/kept-cut-rules.js";
import * as kept from "../shared/kept-cuts.js";
import { Reel } from "../shared/reel.js";
import { account } from "../shared/who.js";

const SENT_AS = "fragment.mp4"; // the name of a recording may be that of a pupil
const BEFORE_A_NAME_S = 1.5; // heard, before one presses
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

class CutRecording extends HTMLElement {
  connectedCallback() {
    this.cutter = new Cutter(this.dataset.worker);
    this.film = this.find("[data-film]");
    this.result = this.find("[data-result]");
    this.stretch = atFirst(0);
    this.now = 0;
    const [now, seek] = [() => this.now, (seconds) => this.seek(seconds)];
    this.covers = new CutCovers(this, { now, seek });
    this.slides = new CutSlides(this, { now, seek, changed: () => this.showChosen() });
    this.reel = new Reel(this.find("[data-reel]"), {
      moved: (which, to) => this.move(which, to),
      nudged: (which, unit, by) => this.move(which, this.stretch[which] + by * stepOf(unit, this.info.rate)),
      seek,
    });
    this.addEventListener("click", ({ target }) => this.pressed(target.closest("[data-do], [data-nudge]")));
    for (const field of this.querySelectorAll("[data-choose]")) {
      field.addEventListener("change", () => field.files[0] && this.choose(field.files[0]));
    }
    this.wireFilms();
    if (!globalThis.VideoEncoder || !globalThis.VideoDecoder) this.showTrouble("no-webcodecs");
    this.showKept();
  }

  find(selector) {
    return this.querySelector(selector);
  }

  /** Shows one step. Its title has focus: that is where a reader goes on. */
  go(step) {
    for (const part of this.querySelectorAll("[data-step]")) part.hidden = part.dataset.step !== step;
    this.find("[data-how]").hidden = step !== "choose";
    this.find("[data-whole]").hidden = step !== "choose";
    this.find("[data-trouble]").hidden = true;
    this.find(`[data-step=${step}] h2[tabindex]`).focus();
    this.scrollIntoView({ block: "start" });
    for (const film of [this.film, this.result]) film.pause();
  }

  pressed(button) {
    if (!button) return;
    if (button.dataset.nudge) {
      const [which, unit, by] = button.dataset.nudge.split(" ");
      return this.move(which, this.stretch[which] + Number(by) * stepOf(unit, this.info.rate));
    }
    const deeds = {
      play: () => this.play(),
      "frame-back": () => this.seek(this.now - stepOf("frame", this.info.rate)),
      "frame-on": () => this.seek(this.now + stepOf("frame", this.info.rate)),
      "from-here": () => this.move("start", this.now),
      "to-here": () => this.move("end", this.now),
      "add-box": () => this.covers.addBox(),
      "add-silence": () => this.covers.addSilence(),
      other: () => this.begin(),
      cut: () => this.cut(),
      cancel: () => this.stop?.abort(),
      again: () => this.go(this.file ? "pick" : "choose"),
      "hear-name": () => this.silenceHere(),
      resume: () => this.resume(),
      forget: () => this.forget(),
    };
    deeds[button.dataset.do]?.();
  }

  // --- choosing ---

  begin() {
    this.looking?.abort();
    this.file = null;
    for (const field of this.querySelectorAll("[data-choose]")) field.value = "";
    this.go("choose");
  }

  async choose(file) {
    this.looking?.abort();
    this.looking = new AbortController();
    const { signal } = this.looking;
    this.file = file;
    const refusal = file.size > 0 ? await refusalOfFile(file) : null;
    if (refusal) return this.showTrouble(this.find(`[data-refusal="${refusal}"]`));
    if (file.size === 0) return this.showTrouble("empty");
    let info;
    try {
      info = await this.cutter.ask("inspect", file, {}, { signal });
      if (info.length < SHORTEST_S) throw new CutFailed("too-short");
    } catch (error) {
      return this.failed(error);
    }
    if (signal.aborted) return;
    this.open(file, info);
    this.look(file, signal).catch((error) => this.failed(error));
  }

  open(file, info) {
    this.info = info;
    this.stretch = atFirst(info.length);
    this.covers.clear();
    this.slides.clear();
    const { name, size } = file;
    const facts = { name, size: bytesInWords(size), length: momentOf(info.length) };
    this.find("[data-facts-words]").textContent = filled(this.dataset.facts, facts);
    for (const part of this.querySelectorAll("[data-when-heard]")) part.hidden = !info.canHear;
    this.find("[data-sound]").checked = info.canHear;
    this.find("[data-cannot-hear]").hidden = info.canHear || !info.hasSound;
    this.find("[data-no-sound]").hidden = info.hasSound;
    this.find("[data-no-play]").hidden = true;
    this.reel.begin(info.length, info);
    this.show(this.film, file);
    this.go("pick");
    this.seek(0);
    this.dispatchEvent(new CustomEvent("opened"));
  }

  /** Stills first: by these one finds the place. */
  async look(file, signal) {
    const { stills, loudness } = Reel.parts;
    await this.cutter.ask("stills", file, { count: stills }, { signal, hear: (news) => this.reel.still(news) });
    await this.cutter.ask("loudness", file, { count: loudness }, { signal, hear: (news) => this.reel.loud(news) });
  }

  /** Shows a file in a player. The address of what it showed before goes: it would hold on to that film. */
  show(player, file) {
    if (player.src) URL.revokeObjectURL(player.src);
    player.src = URL.createObjectURL(file);
  }

  // --- picking ---

  wireFilms() {
    const { film, result } = this;
    film.addEventListener("error", () => {
      this.find("[data-no-play]").hidden = false;
    });
    for (const name of ["timeupdate", "seeked"]) film.addEventListener(name, () => this.played());
    for (const name of ["play", "pause"]) film.addEventListener(name, () => this.showPlaying());
    for (const name of ["loadedmetadata", "timeupdate", "ended", "seeked"])
      result.addEventListener(name, () => this.showSeen());
    result.addEventListener("error", () => {
      this.find("[data-no-result]").hidden = false;
    });
  }

  /** What the clock of the player is behind the time of the recording. */
  get behind() {
    return shiftOf(this.info, this.film.duration || this.info.end) - this.info.first;
  }

  seek(seconds) {
    this.now = Math.min(Math.max(seconds, 0), this.info.length);
    if (this.film.readyState > 0) this.film.currentTime = this.now - this.behind;
    else this.film.addEventListener("loadedmetadata", () => this.seek(this.now), { once: true });
    this.draw();
  }

  move(which, to) {
    this.stretch = moved(this.stretch, which, to, this.info.length);
    this.film.pause();
    this.seek(this.stretch[which]);
  }

  play() {
    const { start, end } = this.stretch;
    if (!this.film.paused) return this.film.pause();
    if (this.now < start || this.now >= end - 0.05) this.seek(start);
    this.film.play().catch(() => {});
  }

  played() {
    if (!this.info || this.film.paused) return this.draw();
    this.now = this.film.currentTime + this.behind;
    if (this.now >= this.stretch.end) {
      if (this.covers.isLooping) return this.seek(this.stretch.start);
      this.film.pause();
      this.seek(this.stretch.end);
    }
    this.draw();
  }

  showPlaying() {
    const button = this.find("[data-do=play]");
    const { paused } = this.film;
    for (const part of button.querySelectorAll("[data-when]"))
      part.hidden = (part.dataset.when === "paused") !== paused;
    button.dataset.playLabel ??= button.getAttribute("aria-label");
    button.setAttribute("aria-label", paused ? button.dataset.playLabel : button.dataset.pauseLabel);
  }

  draw() {
    if (!this.info) return;
    const { start, end } = this.stretch;
    this.reel.show(this.stretch, this.now);
    this.covers.show();
    this.find("[data-now]").textContent = momentOf(this.now);
    this.find("[data-at=start]").textContent = momentOf(start);
    this.find("[data-at=end]").textContent = momentOf(end);
    this.showChosen();
  }

  showChosen() {
    const { chosen, fewSlides: few, someSlides: some } = this.dataset;
    const length = momentOf(this.stretch.end - this.stretch.start);
    const words = this.slides.isOn ? this.slides.words({ few, some }) : filled(chosen, { length });
    this.slides.show();
    this.find("[data-chosen-words]").textContent = words;
  }

  // --- cutting ---

  async cut() {
    this.looking?.abort();
    this.stop = new AbortController();
    const { signal } = this.stop;
    const { file } = this;
    const { what, given, length } = this.chosen();
    this.go("work");
    this.showPart(0);
    try {
      const hear = ({ part }) => this.showPart(part);
      const { blob } = await this.cutter.ask(what, file, given, { signal, hear });
      if (what === "cut") this.dispatchEvent(new CustomEvent("cut", { detail: given })); // of slides no note has a place
      await this.keep(blob, { name: file.name, length, whole: file.size, hasSound: given.sound });
    } catch (error) {
      this.go("pick");
      this.failed(error);
    }
  }

  /** The job for the worker, and how long what it makes will be. */
  chosen() {
    if (this.slides.isOn) {
      const { moments, length } = this.slides;
      const whole = { start: 0, end: this.info.length }; // where a box is, is told in the time of the recording
      return { what: "slides", given: { ...this.covers.of(whole), moments, sound: false }, length };
    }
    const { start, end } = this.stretch;
    const sound = this.info.canHear && this.find("[data-sound]").checked;
    return { what: "cut", given: { start, end, sound, ...this.covers.of({ start, end }) }, length: end - start };
  }

  showPart(part) {
    const percent = Math.floor(100 * part);
    this.find("[data-step=work] progress").value = percent;
    this.find("[data-part-words]").textContent = filled(this.dataset.part, { percent });
  }

  async keep(blob, facts) {
    const about = { ...facts, title: this.dataset.title, size: blob.size };
    const known = await kept.put(account(), this.dataset.clip, blob, about).catch(() => null);
    this.find("[data-kept-until]").hidden = known === null;
    this.find("[data-not-kept]").hidden = known !== null;
    this.watch(blob, about);
  }

  // --- watching and sending ---

  watch(blob, { length, size, whole, hasSound }) {
    const file = new File([blob], SENT_AS, { type: "video/mp4" });
    const made = { length: momentOf(length), size: bytesInWords(size), whole: bytesInWords(whole) };
    this.find("[data-made-words]").textContent = filled(this.dataset.made, made);
    this.find("[data-no-result]").hidden = true;
    for (const part of this.querySelectorAll("[data-with-sound]")) part.hidden = !hasSound || !this.file;
    this.find("[data-send]").disabled = true;
    this.show(this.result, file);
    this.go("watch");
    this.uploader.take(file, () => kept.remove(account(), this.dataset.clip).catch(() => {}));
    this.showSeen();
  }

  get uploader() {
    return this.find("upload-recording");
  }

  showSeen() {
    const { played, duration } = this.result;
    const stretches = Array.from({ length: played.length }, (_, at) => [played.start(at), played.end(at)]);
    const left = Number.isFinite(duration) ? notSeen(stretches, duration) : Infinity;
    const words = filled(this.dataset.left, { length: momentOf(left) });
    this.find("[data-seen-words]").textContent = left === 0 ? this.dataset.seen : Number.isFinite(left) ? words : "";
    if (left === 0) this.find("[data-send]").disabled = false;
  }

  silenceHere() {
    const heard = this.stretch.start + this.result.currentTime;
    this.go("pick");
    this.seek(heard);
    this.covers.addSilence(heard - BEFORE_A_NAME_S, heard + 0.5);
  }

  // --- what was kept ---

  async showKept() {
    this.find("[data-no-keeping]").hidden = await kept.canKeep();
    const known = await kept.find(account(), this.dataset.clip).catch(() => null);
    this.find("[data-kept-note]").hidden = known === null;
    if (!known) return;
    const words = { length: momentOf(known.length), name: known.name, date: dayOf(known.until) };
    this.find("[data-kept-words]").textContent = filled(this.dataset.kept, words);
  }

  async resume() {
    const known = await kept.find(account(), this.dataset.clip).catch(() => null);
    const film = known && (await kept.film(account(), this.dataset.clip).catch(() => null));
    if (!film) {
      await this.dropKept();
      return this.showTrouble("not-whole");
    }
    this.find("[data-kept-until]").hidden = false;
    this.find("[data-not-kept]").hidden = true;
    this.watch(film, known);
  }

  async forget() {
    if (!(await ask(this.dataset.throw))) return;
    this.uploader.pause();
    await this.dropKept();
    this.begin();
  }

  async dropKept() {
    await kept.remove(account(), this.dataset.clip).catch(() => {});
    await this.showKept();
  }

  // --- what went wrong ---

  failed({ reason = "failed" }) {
    if (reason !== "cancelled") this.showTrouble(reason);
  }

  showTrouble(reason) {
    tellTrouble(this, reason);
  }
}

customElements.define("cut-recording", CutRecording);
