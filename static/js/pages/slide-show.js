/* <slide-show at="3"> shows one of its slides; all of them are on the page, so that they go on without a network. With
   data-lead who leads turns them for everyone: here at once, in the other windows of this browser at once, and on phones
   when the server knows. With data-topic it follows; who turns back by oneself stays there until one looks along again. */
import { post } from "../shared/csrf.js";
import { fitAll } from "../shared/fitting.js";
import { follow } from "../shared/follow.js";
import { isOurs } from "../shared/ours.js";
import { isPlain, isTyping } from "../shared/own-keys.js";
import { turnedBy, within } from "../shared/slide-rules.js";

const AGAIN_MS = 3000;

class SlideShow extends HTMLElement {
  static observedAttributes = ["at"];
  #own = null; // where someone turned to, and the server does not know or need not know
  #isSending = false;
  #channel = null;
  #stop = new AbortController();

  connectedCallback() {
    const { signal } = this.#stop;
    addEventListener("keydown", (event) => this.#press(event), { signal });
    // A live region that became new may have hidden another than is on here.
    document.addEventListener("live:swapped", () => this.#show(), { signal });
    addEventListener("online", () => this.#send(), { signal });
    this.addEventListener("click", (event) => this.#click(event));
    if (this.dataset.name && "BroadcastChannel" in window) {
      this.#channel = new BroadcastChannel(this.dataset.name);
      this.#channel.onmessage = ({ data }) => this.#hear(Number(data));
    }
    if (this.dataset.topic) follow(this.dataset.topic, () => this.#look(), Number(this.dataset.version));
    const full = this.querySelector("[data-do=full]");
    if (full) full.hidden = !document.fullscreenEnabled;
    this.#show();
  }

  disconnectedCallback() {
    this.#stop.abort();
    this.#channel?.close();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#show();
  }

  get #slides() {
    return [...this.querySelectorAll("[data-slide]")];
  }

  get #at() {
    return within(this.#own ?? Number(this.getAttribute("at")), this.#slides.length);
  }

  #press(event) {
    if (!isPlain(event) || isTyping(event)) return;
    if (!this.dataset.lead && this.closest(".beamer")) return;
    const number = turnedBy(event.key, this.#at, this.#slides.length);
    if (number === null) return;
    event.preventDefault();
    this.#turn(number);
  }

  #click({ target }) {
    const what = target.closest("[data-do]")?.dataset.do;
    if (what === "back") this.#turn(this.#at - 1);
    if (what === "on") this.#turn(this.#at + 1);
    if (what === "follow") {
      this.#own = null;
      this.#show();
    }
    if (what === "full") {
      if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen().catch(() => {});
    }
  }

  #turn(number) {
    const wanted = within(number, this.#slides.length);
    if (wanted === this.#at) return;
    this.#own = wanted;
    this.#show();
    if (!this.dataset.lead) return;
    this.#channel?.postMessage(wanted);
    this.#send();
  }

  /** Another window of this browser turned: it tells the server itself. */
  #hear(number) {
    this.#own = null;
    this.setAttribute("at", number);
  }

  async #send() {
    if (this.#isSending || !this.dataset.lead || this.#own === null) return;
    this.#isSending = true;
    const number = this.#own;
    const response = await post(this.dataset.lead, { number }).catch(() => null);
    this.#isSending = false;
    this.#say("[data-waits]", response === null);
    if (response === null) {
      setTimeout(() => this.#send(), AGAIN_MS);
      return;
    }
    // Where it was refused, such as after the meeting, it stays as it is here.
    if (!isOurs(response) || !response.ok) return;
    this.setAttribute("at", number);
    if (this.#own === number) this.#own = null;
    else this.#send();
  }

  async #look() {
    const response = await fetch(this.dataset.now, { cache: "no-store", credentials: "same-origin" });
    if (!isOurs(response) || !response.ok) throw new Error(String(response.status));
    const { slide, shown } = await response.json();
    this.#say("[data-off]", !shown);
    if (slide === this.#own) this.#own = null;
    this.setAttribute("at", slide);
  }

  #say(part, isShown) {
    const found = this.querySelector(part);
    if (found) found.hidden = !isShown;
  }

  #show() {
    const [at, slides] = [this.#at, this.#slides];
    for (const [place, slide] of slides.entries()) slide.toggleAttribute("data-away", place !== at - 1);
    const place = this.querySelector("[data-place]");
    if (place) place.textContent = place.dataset.place.replace("{n}", at).replace("{all}", slides.length);
    this.#say("[data-do=follow]", Boolean(this.dataset.topic) && !this.dataset.lead && this.#own !== null);
    fitAll(this);
  }
}

customElements.define("slide-show", SlideShow);
