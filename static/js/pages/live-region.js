/* <live-region topic="meetlat:…" version="3" src="/…/"> swaps its own content for what `src` answers to htmx, at every
   newer version of the topic. */
import { follow, PATIENCE_MS } from "../shared/follow.js";

const isTypedIn = (field) =>
  field.matches("textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=submit])") &&
  field.value !== field.defaultValue;

class LiveRegion extends HTMLElement {
  #stop = () => {};
  #held = false;

  connectedCallback() {
    this.#stop = follow(this.getAttribute("topic"), () => this.refresh(), this.getAttribute("version"));
    this.addEventListener("focusout", () => {
      if (this.#held) setTimeout(() => this.refresh());
    });
  }

  disconnectedCallback() {
    this.#stop();
  }

  /** Fetches and swaps, unless someone is typing or dragging in here; then it waits until they let go. */
  async refresh() {
    const response = await fetch(this.getAttribute("src"), {
      headers: { "HX-Request": "true" },
      signal: AbortSignal.timeout(PATIENCE_MS),
      cache: "no-store",
      credentials: "same-origin",
    });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    const html = await response.text();
    this.#held = this.#busy();
    if (this.#held) return;
    const focused = this.contains(document.activeElement) ? document.activeElement.id : "";
    const typed = [...this.querySelectorAll("textarea, input")].filter(isTypedIn).map(({ id, value }) => [id, value]);
    this.innerHTML = html;
    window.htmx?.process(this);
    for (const [id, value] of typed) {
      const field = id && document.getElementById(id);
      if (field) field.value = value;
    }
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    this.dispatchEvent(new CustomEvent("live:swapped", { bubbles: true }));
  }

  #busy() {
    const active = document.activeElement;
    return this.hasAttribute("data-busy") || (this.contains(active) && isTypedIn(active));
  }
}

customElements.define("live-region", LiveRegion);
