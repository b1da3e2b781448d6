/* <live-region topic="meetlat:…" version="3" src="/…/"> becomes what `src` answers to htmx, at every newer version of the
   topic. With data-busy (someone drags in it), with a question open about one of its forms, or when the field in which
   someone is typing would go, it waits until that is over. What of it stands elsewhere on the page comes along in a
   <template data-into>. */
import { follow, PATIENCE_MS } from "../shared/follow.js";
import { isTypedIn, morph } from "../shared/morph.js";
import { isOurs } from "../shared/ours.js";

class LiveRegion extends HTMLElement {
  static observedAttributes = ["data-busy"];
  #following = null;
  #waits = false;
  #tag = null; // of what it shows
  #told = 0; // how often it became what the server told by itself

  connectedCallback() {
    const version = Number(this.getAttribute("version"));
    this.#following = follow(this.getAttribute("topic"), (newest) => this.refresh(newest), version);
    this.addEventListener("focusout", () => setTimeout(() => this.#goOn()));
    this.addEventListener("asked", () => this.#goOn());
  }

  disconnectedCallback() {
    this.#following.stop();
  }

  attributeChangedCallback() {
    this.#goOn();
  }

  /** Becomes at least version `wanted`. Rejects when no answer came. */
  async refresh(wanted = this.#following.knows()) {
    const told = this.#told;
    const src = this.getAttribute("src");
    const response = await fetch(src, {
      headers: { "HX-Request": "true", ...(this.#tag && { "If-None-Match": this.#tag }) },
      signal: AbortSignal.timeout(PATIENCE_MS),
      cache: "no-store",
      credentials: "same-origin",
    });
    if (response.status === 304) return;
    if (!isOurs(response) || !response.ok || response.redirected) throw new Error(String(response.status));
    const html = await response.text();
    if (src !== this.getAttribute("src")) return; // who looks at something else now asked for that since
    // What was told since may be newer than this answer: the page would fall back, and not know it. And it may say why
    // something was refused: that stays, unless the page still lacks what it asked for.
    if (told !== this.#told) return this.#shows(wanted) ? undefined : this.refresh(wanted);
    this.#become(this.#with(html), response.headers.get("ETag"));
  }

  /** Becomes what the server told by itself, of that version: then there is nothing to ask. */
  take(html, version) {
    this.#taken(this.#with(html), version);
  }

  /** The same, for who is told no more than what is otherwise than in version `since`: parts, each with its id. */
  takeParts(html, version, since) {
    if (this.#following.knows() >= version) return; // a look was faster, and brought all of it
    if (this.#following.knows() !== since || this.#waits) return this.refresh().catch(() => {});
    const whole = this.#copy();
    for (const part of this.#with(html).children) {
      const old = whole.querySelector(`[id="${CSS.escape(part.id)}"]`);
      if (!old) return this.refresh().catch(() => {});
      old.replaceWith(part.cloneNode(true));
    }
    this.#taken(whole, version);
  }

  #shows(wanted) {
    return !this.#waits && wanted !== null && this.#following.knows() >= wanted;
  }

  #taken(fresh, version) {
    this.#told += 1;
    this.#following.know(version);
    this.#become(fresh, null);
  }

  #become(fresh, tag) {
    const isBusy = this.hasAttribute("data-busy") || this.#losesTyping(fresh);
    if (!isBusy) {
      const elsewhere = [...fresh.querySelectorAll("template[data-into]")];
      morph(this, fresh);
      for (const part of elsewhere) this.#becomeElsewhere(part);
    }
    this.#waits = isBusy || this.querySelector("[data-asked]") !== null;
    this.#tag = this.#waits ? null : tag;
  }

  /** <template data-into="facts"> holds what the element with that id becomes, which stands outside of this region. */
  #becomeElsewhere(part) {
    const old = document.getElementById(part.dataset.into);
    const fresh = part.content.firstElementChild;
    if (old && fresh) morph(old, fresh);
  }

  #goOn() {
    if (this.#waits) this.refresh().catch(() => {});
  }

  /** This region with other content, in a document where nothing loads or runs. */
  #with(html) {
    const fresh = this.#inert(false);
    fresh.innerHTML = html;
    return fresh;
  }

  /** This region as it stands there, without what a module moved by hand. */
  #copy() {
    const copy = this.#inert(true);
    for (const moved of copy.querySelectorAll("[style]")) moved.removeAttribute("style");
    return copy;
  }

  #inert(isDeep) {
    const inert = document.implementation.createHTMLDocument("");
    return inert.body.appendChild(inert.importNode(this, isDeep));
  }

  #losesTyping(fresh) {
    const active = document.activeElement;
    if (!this.contains(active) || !isTypedIn(active)) return false;
    return !active.id || !fresh.querySelector(`[id="${CSS.escape(active.id)}"]`);
  }
}

customElements.define("live-region", LiveRegion);
