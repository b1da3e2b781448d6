/* <interview-timer ends="1800000000" now="1799999900"> counts down to a moment on the server's clock, in seconds since
   1970; `now` was that clock when the page was made, so a device's own wrong clock changes nothing. It may run over:
   then it counts up, and the words below it change. Nothing else happens. */
class InterviewTimer extends HTMLElement {
  connectedCallback() {
    this.offset = Number(this.getAttribute("now")) * 1000 - Date.now();
    this.words = this.parentElement.querySelector("[data-over]");
    this.inTime = this.words?.textContent;
    this.tick();
    this.timer = setInterval(() => this.tick(), 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    const left = Math.round(Number(this.getAttribute("ends")) - (Date.now() + this.offset) / 1000);
    const seconds = Math.abs(left);
    this.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    this.classList.toggle("over", left < 0);
    if (this.words) this.words.textContent = left < 0 ? this.words.dataset.over : this.inTime;
  }
}

customElements.define("interview-timer", InterviewTimer);
