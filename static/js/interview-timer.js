/* <interview-timer ends="1800000000"> counts down to a moment on the server's clock, in seconds since 1970. It may run
   over: then it counts up, and the words below it change. Nothing else happens. */
import { serverNow, syncClock } from "./live.js";

class InterviewTimer extends HTMLElement {
  async connectedCallback() {
    this.words = this.parentElement.querySelector("[data-over]");
    this.inTime = this.words?.textContent;
    await syncClock();
    this.tick();
    this.timer = setInterval(() => this.tick(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    const left = Math.round(Number(this.getAttribute("ends")) - serverNow() / 1000);
    const seconds = Math.abs(left);
    this.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    this.classList.toggle("over", left < 0);
    if (this.words) this.words.textContent = left < 0 ? this.words.dataset.over : this.inTime;
  }
}

customElements.define("interview-timer", InterviewTimer);
