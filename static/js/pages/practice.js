/* The oefenfragment: "Neem dit moment" writes where the film is in the field, and the moment of a top leads the film there. */
const film = document.querySelector("#film");
const take = document.querySelector("[data-take-moment]");
const field = document.querySelector("#id_start");

const asMoment = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

take.hidden = false;
take.addEventListener("click", () => {
  film.pause();
  field.value = asMoment(film.currentTime);
  // What keeps a typed text listens to this.
  field.dispatchEvent(new Event("input", { bubbles: true }));
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-moment]");
  if (!link) return;
  event.preventDefault();
  film.currentTime = Number(link.dataset.moment) / 1000;
  film.focus();
});
