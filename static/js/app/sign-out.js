/* Who signs out leaves nothing on a device that may be shared: what waits is sent or erased first, and what was typed
   in open pages is let go. <dialog id="leaving"> asks; its words stand in components/waiting.html. */

import * as keptCuts from "../shared/kept-cuts.js";
import * as outbox from "../shared/outbox.js";
import { counted } from "../shared/outbox-rules.js";
import * as store from "../shared/outbox-store.js";
import { parts } from "../shared/parts.js";
import { account } from "../shared/who.js";

const ADDRESSES = ["/account/logout/", "/eigen-telefoon/vergeten/"];

export const isSignOut = (form) => account() !== "" && ADDRESSES.includes(form.getAttribute("action"));

/** What waits, in words: in the outbox, a recording that this page is sending, and what was cut and not sent. "" for nothing. */
async function waiting() {
  await parts();
  const dialog = document.getElementById("leaving");
  const { one, many, recording, cut } = dialog.dataset;
  const { length } = await store.itemsOf(account()).catch(() => []);
  const isSending = document.querySelector("[data-unfinished]") !== null;
  const isCut = !isSending && (await keptCuts.all(account()).catch(() => [])).length > 0;
  return [length > 0 && counted(length, one, many), isSending && recording, isCut && cut].filter(Boolean).join(" ");
}

/** Resolves to true when nothing waits any more. */
export async function mayLeave() {
  let question = await waiting();
  let more = "";
  while (question) {
    const answer = await ask(question, more);
    if (answer === "erase") return true;
    if (answer !== "send") return false;
    await outbox.flush().catch(() => 0);
    question = await waiting();
    more = document.getElementById("leaving").dataset.notSent;
  }
  return true;
}

function ask(question, more) {
  const dialog = document.getElementById("leaving");
  dialog.querySelector("h2").textContent = question;
  dialog.querySelector("p").textContent = more;
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true });
  });
}

export async function leave() {
  dropTyped(account());
  for (const upload of document.querySelectorAll("[data-unfinished]")) upload.dispatchEvent(new CustomEvent("left"));
  await keptCuts.leave(account()).catch(() => {});
  await store.leave(account()).catch(() => {});
}

/** What keep-typed.js keeps of an account in this tab. */
function dropTyped(user) {
  for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith("typed:"))) {
    if (JSON.parse(sessionStorage.getItem(key))?.user === user) sessionStorage.removeItem(key);
  }
}

// Another tab signed out.
store.onChange(({ left }) => {
  if (left) dropTyped(left);
});
