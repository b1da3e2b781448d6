/* <section data-kept-cuts> lists what was cut on this device and is not sent yet, of who is signed in. */
import { ask } from "../app/confirm.js";
import { momentOf } from "../shared/cut-rules.js";
import { dayOf } from "../shared/kept-cut-rules.js";
import * as kept from "../shared/kept-cuts.js";
import { account } from "../shared/who.js";

const NO_CLIP = "00000000-0000-0000-0000-000000000000";
const section = document.querySelector("[data-kept-cuts]");

function row({ clip, title, name, length, until }) {
  const line = section.querySelector("template").content.firstElementChild.cloneNode(true);
  const link = line.querySelector("a");
  const values = { length: momentOf(length), name, date: dayOf(until) };
  line.querySelector("[data-title]").textContent = title;
  line.querySelector("[data-words]").textContent = section.dataset.line.replace(/\{(\w+)\}/g, (_, of) => values[of]);
  link.href = link.dataset.address.replace(NO_CLIP, clip);
  line.querySelector("button").addEventListener("click", async () => {
    if (!(await ask(section.dataset.throw))) return;
    await kept.remove(account(), clip);
    await show();
    (section.hidden ? document.querySelector("main") : section.querySelector("h2")).focus();
  });
  return line;
}

/** What was erased, or sent from elsewhere, is not kept for it any longer. */
async function waiting() {
  const ids = section.dataset.waiting.split(" ");
  const found = await kept.all(account());
  const over = found.filter(({ clip }) => !ids.includes(clip));
  for (const { clip } of over) await kept.remove(account(), clip);
  return found.filter((about) => !over.includes(about));
}

async function show() {
  const found = await waiting();
  section.querySelector("ul").replaceChildren(...found.map(row));
  section.hidden = found.length === 0;
}

if (section && account()) show().catch(() => {}); // a browser that keeps nothing has nothing to show
