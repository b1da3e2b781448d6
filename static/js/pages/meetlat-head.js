/* The head of the meetlat: how many look, until when the onderdeel lasts, and what time it is. All three come with each
   board (#meetlat-kop); a board on which nothing moves is asked again now and then, for who came or went. Leiden has a
   clock of its own, and shows the first alone. */
const ASK_AGAIN_MS = 60_000;

const board = document.getElementById("board");
const [watching, left, clock] = ["kijken-mee", "nog", "hoe-laat"].map((id) => document.getElementById(id));

function show() {
  const { dataset } = board.querySelector("#meetlat-kop");
  watching.textContent = dataset.watching;
  watching.parentElement.hidden = false;
  if (!left) return;
  clock.textContent = dataset.clock;
  left.hidden = !dataset.until;
  left.setAttribute("ends", dataset.until ?? "");
  left.setAttribute("at", dataset.at ?? "");
  left.toggleAttribute("paused", "at" in dataset);
}

setInterval(() => {
  if (!document.hidden) board.refresh().catch(() => {});
}, ASK_AGAIN_MS);
board.addEventListener("live:swapped", show);
