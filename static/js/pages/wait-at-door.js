/* <wait-at-door src="/…/">: looks every few seconds whether one still waits, and when not, the page comes anew and says
   what became of it. Without a network it goes on looking; the link within does the same by hand. */
import { isOurs } from "../shared/ours.js";

const PAUSE_MS = 3000;
const PATIENCE_MS = 10_000;

class WaitAtDoor extends HTMLElement {
  #timer = 0;

  connectedCallback() {
    this.#timer = setTimeout(() => this.#look(), PAUSE_MS);
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
  }

  async #look() {
    try {
      const options = { cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(PATIENCE_MS) };
      const response = await fetch(this.getAttribute("src"), options);
      if (isOurs(response) && response.ok && (await response.text()) !== "waiting") return location.reload();
    } catch {
      // No answer came; the next look is soon.
    }
    if (this.isConnected) this.#timer = setTimeout(() => this.#look(), PAUSE_MS);
  }
}

customElements.define("wait-at-door", WaitAtDoor);
