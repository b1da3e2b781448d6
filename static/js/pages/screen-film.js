/* <screen-film data-playing> on the Scherm: its film plays while its owner lets it, from a phone. Where the browser first
   wants someone at the board, the large button stands there. A film that was taken back says so. */
class ScreenFilm extends HTMLElement {
  static observedAttributes = ["data-playing"];

  connectedCallback() {
    this.addEventListener("click", (event) => {
      if (event.target.closest("[data-do=play]")) this.#play();
    });
    // These do not bubble; the film may be another one by then.
    this.addEventListener("play", () => this.#show("[data-do=play]", false), true);
    this.addEventListener("error", () => this.#show("[data-broken]", true), true);
    this.#follow();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#follow();
  }

  get #film() {
    return this.querySelector("video");
  }

  #follow() {
    if (this.hasAttribute("data-playing")) this.#play();
    else this.#film?.pause();
  }

  #play() {
    this.#film?.play().catch((problem) => {
      if (problem.name === "NotAllowedError") this.#show("[data-do=play]", true);
    });
  }

  #show(part, isShown) {
    const found = this.querySelector(part);
    if (found) found.hidden = !isShown;
  }
}

customElements.define("screen-film", ScreenFilm);
