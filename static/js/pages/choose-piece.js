/* <choose-piece> plays a recording from the memory of this tab, so that its reader finds where the piece begins and ends
   that the server is to cut; a press writes the moment into the form, in whole seconds, for the server takes no parts. */
const momentOf = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

class ChoosePiece extends HTMLElement {
  connectedCallback() {
    this.film = this.querySelector("video");
    this.form = document.getElementById(this.dataset.form);
    this.hidden = false;
    this.querySelector("[data-choose]").addEventListener("change", ({ target }) => this.show(target.files[0]));
    this.film.addEventListener("error", () => this.tell(false));
    this.film.addEventListener("loadedmetadata", () => this.tell(this.film.videoWidth > 0));
    for (const button of this.querySelectorAll("[data-put]"))
      button.addEventListener("click", () => this.put(button.dataset.put));
    addEventListener("pagehide", () => this.letGo());
  }

  show(file) {
    this.letGo();
    if (!file) return;
    this.held = URL.createObjectURL(file);
    this.film.src = this.held;
  }

  /** One that HEVC is too much for fires no error: it has a length and no picture. */
  tell(canPlay) {
    if (!this.held) return;
    this.querySelector("[data-shown]").hidden = !canPlay;
    this.querySelector("[data-no-play]").hidden = canPlay;
  }

  /** Rather a moment more than one less. */
  put(name) {
    this.film.pause();
    const { currentTime } = this.film;
    const field = this.form.elements[name];
    field.value = momentOf(name === "start" ? Math.floor(currentTime) : Math.ceil(currentTime));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  letGo() {
    for (const part of this.querySelectorAll("[data-shown], [data-no-play]")) part.hidden = true;
    if (!this.held) return;
    const { held } = this;
    this.held = "";
    this.film.removeAttribute("src");
    this.film.load();
    URL.revokeObjectURL(held);
  }
}

customElements.define("choose-piece", ChoosePiece);
