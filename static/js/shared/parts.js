/* The parts of a page that are hidden until something cannot be sent: components/waiting.html. They are the same on every
   page and in every hand, so no page carries them: they are fetched once a release, and then come from the cache. */
import { isOurs } from "./ours.js";

let asked = null;

/** Resolves to the shelf of what waits, when all parts are on the page; rejects when they did not come. */
export function parts() {
  asked ??= fetchAll();
  asked.catch(() => {
    asked = null; // the next time it may
  });
  return asked;
}

async function fetchAll() {
  const response = await fetch(document.body.dataset.parts);
  if (!response.ok || !isOurs(response)) throw new Error(String(response.status));
  const { body } = new DOMParser().parseFromString(await response.text(), "text/html");
  const shelf = body.querySelector("[data-shelf]");
  document.querySelector("main").prepend(shelf);
  document.body.append(...body.children);
  return shelf;
}
