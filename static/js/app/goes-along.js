/* Who follows a meeting that runs may look elsewhere in the portal, and come back: other pages say where the group is, as
   long as this tab followed it. [data-goes-along] on the page of the meeting holds the address that tells it. */
import { isOurs } from "../shared/ours.js";
import { parts } from "../shared/parts.js";
import { account } from "../shared/who.js";

const KEY = "goes-along";
const followed = document.querySelector("[data-goes-along]");
const user = account();

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY));
  } catch {
    return null;
  }
}

async function ask(address) {
  const response = await fetch(address, { cache: "no-store", credentials: "same-origin" });
  if (!isOurs(response) || !response.ok) throw new Error(String(response.status));
  return response.json();
}

function show(bar, { words, url }) {
  const link = bar.querySelector("a");
  const isHere = !words || location.pathname === url;
  bar.hidden = isHere;
  if (isHere) return;
  bar.querySelector("[data-words]").textContent = words;
  link.setAttribute("href", `${url}#nu`);
}

async function begin({ address }) {
  const answer = await ask(address).catch(() => null);
  if (!answer) return;
  if (!answer.words) return sessionStorage.removeItem(KEY);
  if (!(await parts().catch(() => null))) return;
  const bar = document.querySelector("template[data-goes-along-bar]").content.firstElementChild.cloneNode(true);
  document.getElementById("inhoud").prepend(bar);
  show(bar, answer);
  // Only who follows a meeting needs it: other pages do not load it.
  const { follow } = await import("../shared/follow.js");
  const topic = `meeting:${address.split("/").at(-3)}`;
  follow(topic, async () => show(bar, await ask(address)), answer.version);
}

if (followed) sessionStorage.setItem(KEY, JSON.stringify({ user, address: followed.dataset.goesAlong }));
else {
  const kept = read();
  const isLeading = document.querySelector("[data-leading], .beamer");
  if (kept && user && kept.user === user && !isLeading) begin(kept);
}
