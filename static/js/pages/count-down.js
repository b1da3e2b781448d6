/* <count-down ends="…" [length="…"] [at="…" [paused]]> counts down to a moment on the server's clock, and on when it is
   past; all in ms. Whatever in it (or itself) has data-over says `data-left` until then and `data-over` after, with the
   time written for {time}, and gets the class "over". The bar of a .tape in it fills up over `length`.
   `at` is when the server wrote all this: with `paused` the time stands still there, and when another minute has begun
   the <live-region> around it fetches its words and expected times anew. */
import { serverNow } from "../shared/server-time.js";
import { minuteOf, percentGone, written } from "../shared/time-left.js";

const TICK_MS = 250;
const AFTER_THE_MINUTE_MS = 200;
const RETRY_MS = 2000;

const shown = new Set();
const renewedIn = new WeakMap();

class CountDown extends HTMLElement {
  #parts = [];
  #fill = null;

  connectedCallback() {
    shown.add(this);
    this.begin();
  }

  disconnectedCallback() {
    shown.delete(this);
  }

  /** What is in it may be new. */
  begin() {
    this.#parts = [this, ...this.querySelectorAll("[data-over]")].filter(({ dataset }) => "over" in dataset);
    this.#fill = this.querySelector(".tape > i");
    this.show();
  }

  show() {
    const [ends, length, at] = ["ends", "length", "at"].map((name) => Number(this.getAttribute(name)));
    const now = serverNow();
    const rest = ends - (this.hasAttribute("paused") ? at : now);
    const isOver = rest <= 0;
    for (const part of this.#parts) {
      const words = (isOver ? part.dataset.over : part.dataset.left).replace("{time}", written(rest));
      if (part.textContent !== words) part.textContent = words;
      part.classList.toggle("over", isOver);
    }
    if (length) this.#fill?.style.setProperty("--at", `${percentGone(rest, length)}%`);
    const region = at && this.closest("live-region");
    if (region) renew(region, minuteOf(at), minuteOf(now - AFTER_THE_MINUTE_MS));
  }
}

/** Once a minute at most, also when the answer is not newer; sooner only when it did not come. */
function renew(region, minuteWritten, minute) {
  if (minute <= minuteWritten || renewedIn.get(region) === minute) return;
  renewedIn.set(region, minute);
  region.refresh().catch(() => setTimeout(() => renewedIn.delete(region), RETRY_MS));
}

function showAll() {
  for (const each of shown) each.show();
}

setInterval(showAll, TICK_MS);
document.addEventListener("live:swapped", () => {
  for (const each of shown) each.begin();
});
// A page in the background hardly ticks: whoever looks again sees the time at once.
document.addEventListener("visibilitychange", showAll);
for (const name of ["pageshow", "focus"]) addEventListener(name, showAll);

customElements.define("count-down", CountDown);
