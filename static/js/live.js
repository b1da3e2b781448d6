/* Live pages: a topic has a version; when it changes, whoever follows fetches anew. Two ways to use it:
   <live-region topic="meetlat:…" version="3" src="/…/"> swaps its own content for what `src` answers to htmx;
   follow() is for modules. */
import { heard } from "./server-time.js";

const VISIBLE_MS = 500;
const HIDDEN_MS = 5000;
const OFFLINE_AFTER = 3;
const PATIENCE_MS = 10000;

// A form or a link is on its way to another page: a reload now would come instead of it. A download leads nowhere.
let leftAt = -Infinity;
addEventListener("beforeunload", () => {
  leftAt = Date.now();
});
const isLeaving = () => Date.now() - leftAt < PATIENCE_MS;

/** Calls `changed(version)` at every version of the topic that is newer than `version`, and again when it fails.
    Returns a function that stops. */
export function follow(topic, changed, version = null) {
  let failures = 0;
  let timer = 0;
  let stopped = false;
  let looking = false;

  async function look() {
    looking = true;
    try {
      const headers = version === null ? {} : { "If-None-Match": `"${version}"` };
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const options = { headers, signal, cache: "no-store", credentials: "same-origin" };
      const response = await heard(fetch(`/live/${topic}/`, options));
      // No longer ours to see, or the session ended: the page itself says what is left, or leads to the login page.
      const isLost = response.redirected || [401, 403, 404].includes(response.status);
      if (isLost && !isLeaving()) return location.reload();
      if (!isLost && ![200, 304].includes(response.status)) throw new Error(String(response.status));
      if (response.status === 200 && !isLost) {
        const { version: newest } = await response.json();
        if (version !== null) await changed(newest);
        version = newest; // only now: what could not be shown is news at the next look
      }
      failures = 0;
    } catch {
      failures += 1;
    }
    document.documentElement.classList.toggle("is-offline", failures >= OFFLINE_AFTER);
    looking = false;
    const pause = document.hidden ? HIDDEN_MS : VISIBLE_MS * Math.min(1 + failures, 10);
    if (!stopped) timer = setTimeout(look, pause);
  }
  function wake() {
    if (document.hidden || looking) return;
    clearTimeout(timer);
    look();
  }
  document.addEventListener("visibilitychange", wake);
  look();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", wake);
  };
}

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
