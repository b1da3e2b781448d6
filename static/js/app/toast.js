/* A short message in the corner: toast("Bewaard") from a module. */
const STAYS_MS = 7000;
const region = document.querySelector("[data-toasts]");
const mould = document.querySelector("template[data-toast]");

export function toast(text, level = "info") {
  if (!region) return;
  const message = mould.content.firstElementChild.cloneNode(true);
  message.className = `message ${level}`;
  message.querySelector("p").textContent = text;
  // Said once more, it takes the place of the first: they would pile up over the page.
  [...region.children].find((earlier) => earlier.textContent === message.textContent)?.remove();
  region.append(message);
  setTimeout(() => message.remove(), STAYS_MS);
}
