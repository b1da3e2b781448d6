/* Every page that shows what others do says in the same way that it sees nothing now: what stands there may be old. */
export function showBlind(isBlind) {
  const line = document.querySelector("[data-blind]");
  const words = isBlind ? line?.dataset.blind : "";
  document.documentElement.classList.toggle("is-offline", isBlind);
  if (line && line.textContent !== words) line.textContent = words;
}
