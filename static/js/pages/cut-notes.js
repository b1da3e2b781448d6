/* <cut-notes>: what its reader noted in the lesson, on the strip of a <cut-recording>. One note that is found in the
   recording gives all of them their place; a press on one chooses the stretch around it. When that stretch is cut, the
   server hears where a note is in it, so that they lie beside the film too. */
import { post } from "../shared/csrf.js";
import { clustersOf, nextOf } from "../shared/marker-rules.js";
import { beganBy, firstIn, placeOf, stretchBy } from "../shared/note-rules.js";

const FINGER_PX = 44;
const typed = (ms) => `${Math.floor(ms / 60_000)}:${String(Math.floor(ms / 1000) % 60).padStart(2, "0")}`;

class CutNotes extends HTMLElement {
  connectedCallback() {
    this.recording = this.closest("cut-recording");
    this.lane = this.querySelector("[data-lane]");
    this.marks = [...this.lane.querySelectorAll("button")];
    this.began = null;
    this.recording.addEventListener("opened", () => this.lineUp(null));
    this.recording.addEventListener("cut", ({ detail }) => this.tell(detail));
    this.querySelector("[data-here]").addEventListener("click", () => {
      const { selectedIndex } = this.querySelector("select");
      this.lineUp(beganBy(this.noteOf(this.marks[selectedIndex]), this.recording.now));
    });
    this.lane.addEventListener("click", ({ target }) => this.choose(target.closest("button")));
    this.sized = new ResizeObserver(() => this.draw());
    this.sized.observe(this.lane);
  }

  disconnectedCallback() {
    this.sized.disconnect();
  }

  noteOf(mark) {
    return Number(mark.dataset.note);
  }

  get length() {
    return this.recording.info.length;
  }

  /** Null where nothing was found in this recording yet. */
  lineUp(began) {
    this.began = began;
    this.say("");
    this.draw();
  }

  get places() {
    return this.marks.map((mark) => placeOf(this.noteOf(mark), this.began, this.length));
  }

  draw() {
    const isThere = this.began !== null;
    this.lane.hidden = !isThere;
    this.querySelector("[data-found]").hidden = !isThere;
    this.querySelector("[data-not-found]").hidden = isThere;
    this.querySelector("[data-outside]").hidden = true;
    if (!isThere) return;
    const { places, marks } = this;
    for (const [index, mark] of marks.entries()) {
      mark.hidden = places[index] === null;
      mark.style.setProperty("--at", `${(100 * (places[index] ?? 0)) / this.length}%`);
      mark.querySelector(".num")?.remove();
      mark.dataset.places = JSON.stringify([places[index]]);
    }
    const inside = marks.filter((mark) => !mark.hidden);
    this.querySelector("[data-outside]").hidden = inside.length === marks.length;
    const px = inside.map((mark) => (JSON.parse(mark.dataset.places)[0] / this.length) * this.lane.clientWidth);
    for (const cluster of clustersOf(px, FINGER_PX)) this.join(...cluster.map((at) => inside[at]));
  }

  /** Marks that a finger cannot tell apart are one, which goes through them. */
  join(mark, ...others) {
    if (!others.length) return;
    mark.dataset.places = JSON.stringify([mark, ...others].flatMap((each) => JSON.parse(each.dataset.places)));
    const count = Object.assign(document.createElement("span"), { className: "num", textContent: others.length + 1 });
    mark.append(count);
    for (const other of others) other.hidden = true;
  }

  choose(mark) {
    if (!mark) return;
    const { recording } = this;
    const held = JSON.parse(mark.dataset.places).map((seconds) => seconds * 1000);
    const place = nextOf(held, recording.now * 1000) / 1000;
    const { start, end } = stretchBy(place, this.length);
    recording.move("start", start);
    recording.move("end", end);
    recording.seek(place);
    const said = this.marks[this.places.findIndex((each) => Math.abs(each - place) < 0.001)];
    this.say(said.getAttribute("aria-label"));
  }

  say(words) {
    this.querySelector("[data-chosen]").hidden = !words;
    this.querySelector("[data-chosen-note]").textContent = words;
  }

  /** Without a network or a note within it, they are lined up beside the film instead. */
  async tell(stretch) {
    const found = this.began === null ? null : firstIn(stretch, this.places);
    if (!found) return;
    const note = this.querySelector("select").options[found.index].value;
    await post(this.dataset.address, { note, moment: typed(found.at), exact: found.at }).catch(() => {});
  }
}

customElements.define("cut-notes", CutNotes);
