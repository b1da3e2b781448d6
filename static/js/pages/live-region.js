/* <live-region topic="meetlat:…" version="3" src="/…/"> becomes what `src` answers to htmx, at every newer version of the
   topic. With data-busy (someone drags in it), with a question open about one of its forms, or when the field in which
   someone is typing would go, it waits until that is over. */
import { follow, PATIENCE_MS } from "../shared/follow.js";
import { isTypedIn, morph } from "../shared/morph.js";

class LiveRegion extends HTMLElement {
  static observedAttributes = ["data-busy"];
  #stop = () => {};
  #waits = false;

  connectedCallback() {
    this.#stop = follow(this.getAttribute("topic"), () => this.refresh(), this.getAttribute("version"));
    this.addEventListener("focusout", () => setTimeout(() => this.#goOn()));
    this.addEventListener("asked", () => this.#goOn());
  }

  disconnectedCallback() {
    this.#stop();
  }

  attributeChangedCallback() {
    this.#goOn();
  }

  /** Rejects when no answer came. */
  async refresh() {
    const response = await fetch(this.getAttribute("src"), {
      headers: { "HX-Request": "true" },
      signal: AbortSignal.timeout(PATIENCE_MS),
      cache: "no-store",
      credentials: "same-origin",
    });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    const fresh = this.#with(await response.text());
    const isBusy = this.hasAttribute("data-busy") || this.#losesTyping(fresh);
    if (!isBusy) morph(this, fresh);
    this.#waits = isBusy || this.querySelector("[data-asked]") !== null;
  }

  #goOn() {
    if (this.#waits) this.refresh().catch(() => {});
  }

  /** This region with other content, in a document where nothing loads or runs. */
  #with(html) {
    const inert = document.implementation.createHTMLDocument("");
    const fresh = inert.importNode(this, false);
    fresh.innerHTML = html;
    inert.body.append(fresh);
    return fresh;
  }

  #losesTyping(fresh) {
    const active = document.activeElement;
    if (!this.contains(active) || !isTypedIn(active)) return false;
    return !active.id || !fresh.querySelector(`[id="${CSS.escape(active.id)}"]`);
  }
}

customElements.define("live-region", LiveRegion);
