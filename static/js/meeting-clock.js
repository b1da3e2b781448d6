/* <meeting-clock data-now data-ends data-minutes [data-paused]> counts on from what the server said: time left in
   [data-timeleft] and the fill of .tape > i. It never looks at the phone's own clock, so a wrong one changes nothing.
   Words and expected times come from the server: a minute later its <live-region> fetches them anew. */
const MINUTE_MS = 60_000;
let pageArrivedAt = performance.getEntriesByType("navigation")[0]?.responseStart ?? 0;

const written = (ms) => {
  const seconds = Math.floor(Math.abs(ms) / 1000);
  return `${ms < 0 ? "+" : ""}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

class MeetingClock extends HTMLElement {
  #timers = [];

  connectedCallback() {
    const now = Number(this.dataset.now);
    const ends = Number(this.dataset.ends);
    const length = Number(this.dataset.minutes) * MINUTE_MS;
    // What came with the page is as old as the page; what a region fetched has just come in.
    const heardAt = pageArrivedAt || performance.now();
    pageArrivedAt = 0;
    const left = this.querySelector("[data-timeleft]");
    const fill = this.querySelector(".tape > i");
    const show = () => {
      const rest = ends - now - (performance.now() - heardAt);
      if (left) {
        left.textContent = written(rest);
        left.classList.toggle("over", rest < 0);
      }
      const percent = Math.min(100, Math.max(0, 100 * (1 - rest / length)));
      fill?.style.setProperty("--at", `${percent}%`);
    };
    show();
    if (!this.hasAttribute("data-paused")) this.#timers.push(setInterval(show, 250));
    const region = this.closest("live-region");
    const toNextMinute = MINUTE_MS - (now % MINUTE_MS) + 200;
    this.#timers.push(setTimeout(() => region?.refresh().catch(() => {}), toNextMinute));
  }

  disconnectedCallback() {
    for (const timer of this.#timers) clearInterval(timer);
  }
}

customElements.define("meeting-clock", MeetingClock);
