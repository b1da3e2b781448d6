/* The Scherm is light, whatever the laptop prefers: a room is lit. The key D, or the button that comes with the mouse,
   takes the sheet <link data-dark> in or out, for this browser. */
import { isPlain } from "../shared/own-keys.js";

const KEPT = "scherm-donker";
const AWAKE_MS = 3000;

const sheet = document.querySelector("link[data-dark]");
const screen = document.querySelector(".beamer");
let asleep = 0;

function kept() {
  try {
    return localStorage.getItem(KEPT) === "ja";
  } catch {
    return false; // storage may be closed: then it begins light each time
  }
}

function show(isDark) {
  sheet.media = isDark ? "all" : "not all";
}

function turn() {
  const isDark = sheet.media !== "all";
  show(isDark);
  try {
    localStorage.setItem(KEPT, isDark ? "ja" : "nee");
  } catch {
    // shown all the same
  }
}

show(kept());
document.querySelector("[data-theme-switch]").addEventListener("click", turn);
// Nobody types on this page, so the key is about all of it.
addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "d" && isPlain(event) && !event.repeat) turn();
});
addEventListener("mousemove", () => {
  screen.classList.add("awake");
  clearTimeout(asleep);
  asleep = setTimeout(() => screen.classList.remove("awake"), AWAKE_MS);
});
