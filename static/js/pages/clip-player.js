/* <clip-player> gives a film our own controls, a track with markers that jump, and a form that knows the moment; with
   data-play it plays at once, and with data-topic it goes from the screen when it is no longer the reader's to see.
   Typing pauses the film; after a remark was kept it goes on, unless its reader switched that off. Its keys act while the
   focus is in it, and not in what takes letters itself. The form and the track may be replaced by htmx: they are looked
   up when they are needed. */
import { toast } from "../app/toast.js";
import { follow } from "../shared/follow.js";
import { clustersOf, nextOf } from "../shared/marker-rules.js";
import { isPlain, isTyping } from "../shared/own-keys.js";

const STEP_S = 5;
const FRAME_S = 1 / 25;
const FINGER_PX = 44;
const SPEEDS = [1, 1.5, 2, 0.5, 0.75];
const KEYS = { j: "back", k: "play", l: "forward", ",": "frame-back", ".": "frame" };
const GOES_ON = "film-goes-on"; // what this browser remembers of the switch

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

class ClipPlayer extends HTMLElement {
  connectedCallback() {
    this.video = this.querySelector("video");
    this.total = Number(this.video.dataset.duration) / 1000;
    this.video.controls = false;
    for (const ours of this.querySelectorAll(".controls, [data-keys]")) ours.hidden = false;
    for (const name of ["play", "pause", "timeupdate", "seeked", "volumechange", "ratechange", "ended"]) {
      this.video.addEventListener(name, () => this.show());
    }
    this.video.addEventListener("error", () => {
      this.querySelector("[data-broken]").hidden = false;
    });
    this.video.addEventListener("click", () => {
      // A film takes no focus itself: from here on its keys are meant.
      this.querySelector("[data-do=play]").focus({ preventScroll: true });
      this.do("play");
    });
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("input", (event) => this.typed(event));
    this.addEventListener("focusin", (event) => {
      if (event.target.matches("textarea") && !this.isKept) this.video.pause();
    });
    this.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("htmx:oobAfterSwap", () => {
      this.show();
      this.cluster();
    });
    for (const ours of this.querySelectorAll("[data-suggest], [data-take=moment]")) ours.hidden = false;
    this.sized = new ResizeObserver(() => this.cluster());
    this.sized.observe(this.querySelector(".player"));
    this.show();
    this.cluster();
    this.jumpToAddress();
    // Whoever came here pressed "Speel het fragment" on the page before.
    if ("play" in this.dataset) this.do("play");
    if (this.dataset.topic) this.following = follow(this.dataset.topic, () => {});
  }

  disconnectedCallback() {
    this.following?.stop();
    this.sized?.disconnect();
  }

  pressed(event) {
    const what = KEYS[event.key.toLowerCase()];
    if (!what || !isPlain(event) || isTyping(event)) return;
    event.preventDefault();
    this.do(what);
  }

  /** A link from elsewhere, such as #t=72000, opens the film there. */
  jumpToAddress() {
    const match = location.hash.match(/^#t=(\d+)$/);
    if (match) this.seek(Number(match[1]) / 1000);
  }

  clicked(event) {
    const pressed = event.target.closest("[data-do], [data-seek], [data-take], [data-suggest]");
    if (!pressed) return;
    event.preventDefault();
    if (pressed.dataset.do) this.do(pressed.dataset.do);
    else if (pressed.dataset.moments) this.seek(nextOf(JSON.parse(pressed.dataset.moments), this.now) / 1000, true);
    else if (pressed.dataset.seek) this.seek(Number(pressed.dataset.seek) / 1000, true);
    else if (pressed.dataset.suggest) this.suggest(pressed.dataset);
    else if (pressed.dataset.take === "moment") this.lineUp(pressed.form);
    else this.take(pressed.dataset.take);
  }

  /** Where the film is now becomes the form's moment, or the end of its stretch. */
  take(name) {
    this.form.elements[name].value = clock(this.video.currentTime);
    if (name === "start") this.form.dataset.fixed = "";
  }

  /** One of the notes is what the film shows now, to the millisecond. */
  lineUp(form) {
    form.elements.moment.value = clock(this.video.currentTime);
    form.elements.exact.value = Math.round(this.now);
  }

  /** A note of the lesson becomes the beginning of a remark: its moment, its kind and its words. */
  suggest({ suggest, kind, text }) {
    const { elements, dataset } = this.form;
    this.seek(Number(suggest) / 1000, true);
    elements.start.value = clock(Number(suggest) / 1000);
    elements.kind.value = kind;
    dataset.fixed = "";
    if (!elements.text.value) elements.text.value = text;
    elements.text.focus({ preventScroll: true });
  }

  typed(event) {
    if (event.target.matches("[data-range]")) {
      this.seek(Number(event.target.value) / 1000);
    } else if (event.target.matches("[data-goes-on]")) {
      localStorage.setItem(GOES_ON, event.target.checked ? "1" : "0");
    } else if (event.target.closest("[data-respond]")) {
      this.isKept = false;
      this.video.pause();
      // From here on the moment is the reader's, not the film's.
      if (event.target.matches("textarea, [name=start]")) this.form.dataset.fixed = "";
    }
  }

  get now() {
    return this.video.currentTime * 1000;
  }

  get form() {
    return this.querySelector("[data-respond]");
  }

  seek(seconds, scroll = false) {
    this.video.preload = "auto";
    this.video.currentTime = Math.min(Math.max(seconds, 0), this.total);
    if (scroll) this.querySelector(".player").scrollIntoView({ block: "nearest" });
    this.show();
  }

  do(what) {
    const { video } = this;
    if (what === "play") video.paused ? video.play().catch(() => {}) : video.pause();
    if (what === "back") this.seek(video.currentTime - STEP_S);
    if (what === "forward") this.seek(video.currentTime + STEP_S);
    if (what === "frame" || what === "frame-back") this.frame(what === "frame" ? FRAME_S : -FRAME_S);
    if (what === "loop") this.loop();
    if (what === "speed") video.playbackRate = SPEEDS[(SPEEDS.indexOf(video.playbackRate) + 1) % SPEEDS.length];
    if (what === "mute") video.muted = !video.muted;
    if (what === "fullscreen") this.toggleFullscreen();
  }

  /** One picture further, or back: while it plays nobody could see that. */
  frame(step) {
    this.video.pause();
    this.seek(this.video.currentTime + step);
  }

  /** The first press says where the stretch begins, the second where it ends, the third lets it go. */
  loop() {
    const { start, end } = this.stretch ?? {};
    if (start === undefined) this.stretch = { start: this.now };
    else if (end === undefined && this.now > start) {
      this.stretch.end = this.now;
      this.seek(start / 1000);
      this.video.play().catch(() => {});
    } else this.stretch = null;
    this.show();
  }

  /** A remark was kept: whoever wrote it goes on writing, and a film that was on goes on, unless told not to. */
  kept() {
    const { form } = this;
    this.isKept = true;
    form?.elements.text.focus({ preventScroll: true });
    if (form && this.video.played.length && localStorage.getItem(GOES_ON) !== "0") this.video.play().catch(() => {});
  }

  /** Markers closer than a finger become one, which says how many it holds and goes through them. */
  cluster() {
    const track = this.querySelector("[data-track]");
    const markers = [...track.querySelectorAll("button.mk")];
    for (const marker of markers) {
      marker.hidden = false;
      delete marker.dataset.moments;
      marker.querySelector(".num")?.remove();
    }
    const width = track.clientWidth;
    const places = markers.map((marker) => (Number(marker.dataset.percent) / 100) * width);
    for (const [first, ...others] of clustersOf(places, FINGER_PX)) {
      if (!others.length) continue;
      const moments = [first, ...others].map((index) => Number(markers[index].dataset.seek));
      markers[first].dataset.moments = JSON.stringify(moments);
      const count = Object.assign(document.createElement("span"), {
        className: "num",
        textContent: moments.length,
      });
      markers[first].append(count);
      for (const index of others) markers[index].hidden = true;
    }
  }

  toggleFullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (this.video.requestFullscreen) this.querySelector(".player").requestFullscreen();
    else this.video.webkitEnterFullscreen?.();
  }

  show() {
    const { video } = this;
    if (this.stretch?.end && this.now >= this.stretch.end && !video.paused)
      video.currentTime = this.stretch.start / 1000;
    const now = video.currentTime;
    const percent = `${Math.min(100, (100 * now) / this.total)}%`;
    this.querySelector("[data-now]").textContent = clock(now);
    this.querySelector("[data-fill]").style.setProperty("--at", percent);
    this.querySelector("[data-head]").style.setProperty("--at", percent);
    const range = this.querySelector("[data-range]");
    range.value = now * 1000;
    range.setAttribute("aria-valuetext", clock(now));
    this.toggle("play", video.paused ? "paused" : "playing");
    this.toggle("mute", video.muted ? "muted" : "loud");
    this.showLoop();
    this.querySelector("[data-do=mute]")?.setAttribute("aria-pressed", video.muted);
    this.querySelector("[data-speed]").textContent = `${String(video.playbackRate).replace(".", ",")}x`;
    this.showMoment(now);
  }

  showLoop() {
    const button = this.querySelector("[data-do=loop]");
    if (!button) return;
    const { start, end } = this.stretch ?? {};
    const words = start === undefined ? "begins" : end === undefined ? "till" : "loops";
    button.setAttribute("aria-pressed", words === "loops");
    button.setAttribute("aria-label", button.dataset[words]);
    button.dataset.state = words;
  }

  toggle(button, state) {
    const play = this.querySelector(`[data-do=${button}]`);
    for (const part of play?.querySelectorAll("[data-when]") ?? []) part.hidden = part.dataset.when !== state;
    if (button === "play") {
      play.dataset.playLabel ??= play.getAttribute("aria-label");
      play.setAttribute("aria-label", state === "paused" ? play.dataset.playLabel : play.dataset.pauseLabel);
    }
  }

  /** The form's moment follows the film until the reader begins to write. */
  showMoment(now) {
    const { form } = this;
    if (!form) return;
    for (const button of form.querySelectorAll("[data-take]")) button.hidden = false;
    const { start, text } = form.elements;
    const goesOn = form.querySelector("[data-goes-on]");
    goesOn.closest("[hidden]")?.removeAttribute("hidden");
    goesOn.checked = localStorage.getItem(GOES_ON) !== "0";
    const isFresh = !("fixed" in form.dataset) && !text.value && !form.querySelector(".bad");
    if (isFresh) start.value = clock(now);
  }
}

customElements.define("clip-player", ClipPlayer);

// On a phone the own feedback is far below the form that just became empty.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.requestConfig?.elt;
  if (!form?.matches("[data-respond]") || detail.xhr.status !== 200) return;
  toast(form.dataset.kept, "success");
  document.querySelector("clip-player")?.kept();
});
