/* <clip-player> gives a film our own controls, a track with markers that jump, and a form that knows the moment; with
   data-play it plays at once, and with data-topic it goes from the screen when it is no longer the reader's to see.
   Typing pauses the film. The form and the track may be replaced by htmx: they are looked up when they are needed. */
import { toast } from "../app/toast.js";
import { follow } from "../shared/follow.js";

const BACK_S = 5;
const SPEEDS = [1, 1.5, 0.5, 0.75];

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

class ClipPlayer extends HTMLElement {
  connectedCallback() {
    this.video = this.querySelector("video");
    this.total = Number(this.video.dataset.duration) / 1000;
    this.video.controls = false;
    this.querySelector(".controls").hidden = false;
    for (const name of ["play", "pause", "timeupdate", "seeked", "volumechange", "ratechange", "ended"]) {
      this.video.addEventListener(name, () => this.show());
    }
    this.video.addEventListener("error", () => {
      this.querySelector("[data-broken]").hidden = false;
    });
    this.video.addEventListener("click", () => this.do("play"));
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("input", (event) => this.typed(event));
    this.addEventListener("focusin", (event) => {
      if (event.target.matches("textarea")) this.video.pause();
    });
    document.addEventListener("htmx:oobAfterSwap", () => this.show());
    this.show();
    this.jumpToAddress();
    // Whoever came here pressed "Speel het fragment" on the page before.
    if ("play" in this.dataset) this.do("play");
    if (this.dataset.topic) this.following = follow(this.dataset.topic, () => {});
  }

  disconnectedCallback() {
    this.following?.stop();
  }

  /** A link from elsewhere, such as #t=72000, opens the film there. */
  jumpToAddress() {
    const match = location.hash.match(/^#t=(\d+)$/);
    if (match) this.seek(Number(match[1]) / 1000);
  }

  clicked(event) {
    const pressed = event.target.closest("[data-do], [data-seek], [data-take]");
    if (!pressed) return;
    event.preventDefault();
    if (pressed.dataset.do) this.do(pressed.dataset.do);
    else if (pressed.dataset.seek) this.seek(Number(pressed.dataset.seek) / 1000, true);
    else this.take(pressed.dataset.take);
  }

  /** Where the film is now becomes the form's moment, or the end of its stretch. */
  take(name) {
    this.form.elements[name].value = clock(this.video.currentTime);
    if (name === "start") this.form.dataset.fixed = "";
  }

  typed(event) {
    if (event.target.matches("[data-range]")) {
      this.seek(Number(event.target.value) / 1000);
    } else if (event.target.closest("[data-respond]")) {
      this.video.pause();
      // From here on the moment is the reader's, not the film's.
      if (event.target.matches("textarea, [name=start]")) this.form.dataset.fixed = "";
    }
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
    if (what === "back") this.seek(video.currentTime - BACK_S);
    if (what === "speed") video.playbackRate = SPEEDS[(SPEEDS.indexOf(video.playbackRate) + 1) % SPEEDS.length];
    if (what === "mute") video.muted = !video.muted;
    if (what === "fullscreen") this.toggleFullscreen();
  }

  toggleFullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (this.video.requestFullscreen) this.querySelector(".player").requestFullscreen();
    else this.video.webkitEnterFullscreen?.();
  }

  show() {
    const { video } = this;
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
    this.querySelector("[data-do=mute]")?.setAttribute("aria-pressed", video.muted);
    this.querySelector("[data-speed]").textContent = `${String(video.playbackRate).replace(".", ",")}x`;
    this.showMoment(now);
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
    const isFresh = !("fixed" in form.dataset) && !text.value && !form.querySelector(".bad");
    if (isFresh) start.value = clock(now);
  }
}

customElements.define("clip-player", ClipPlayer);

// On a phone the own feedback is far below the form that just became empty.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.requestConfig?.elt;
  if (form?.matches("[data-respond]") && detail.xhr.status === 200) toast(form.dataset.kept, "success");
});
