/* <aside data-shelf> shows what waits on this device of who is signed in: each thing with its text, to send now, to put
   back in its form or to throw away. It goes by itself when there is a network. Of someone else's it shows nothing. */

import * as keptCuts from "../shared/kept-cuts.js";
import * as outbox from "../shared/outbox.js";
import { counted } from "../shared/outbox-rules.js";
import * as store from "../shared/outbox-store.js";
import { parts } from "../shared/parts.js";
import { pauseAfter } from "../shared/save-rules.js";
import { account, nameHere } from "../shared/who.js";
import { ask } from "./confirm.js";
import { toast } from "./toast.js";

let shelf = null;
let timer = 0;
let tries = 0;

async function show() {
  const items = account() ? await store.itemsOf(account()) : [];
  const open = shelf.querySelector("details");
  shelf.querySelector("[data-others]").hidden = account() !== "" || !(await store.isAnythingHere());
  open.hidden = items.length === 0;
  shelf.hidden = open.hidden && shelf.querySelector("[data-others]").hidden;
  const refused = items.filter((item) => item.refused).length;
  const { one, many, refusedOne, refusedMany } = shelf.dataset;
  const waiting = items.length - refused;
  const lines = [waiting && counted(waiting, one, many), refused && counted(refused, refusedOne, refusedMany)];
  shelf.querySelector("[data-count]").textContent = lines.filter(Boolean).join(" ");
  shelf.querySelector("[data-go]").hidden = waiting === 0;
  shelf.querySelector("ul").replaceChildren(...items.map(row));
}

function row(item) {
  const mould = document.querySelector("template[data-item]");
  const line = mould.content.firstElementChild.cloneNode(true);
  line.querySelector("[data-name]").textContent = item.name;
  line.querySelector("[data-text]").textContent = item.text;
  const { refused, [`refused${item.refused}`]: said = item.refused, refusedOther } = shelf.dataset;
  const why = Number(said) ? refusedOther : said;
  line.querySelector("[data-why]").textContent = item.refused && `${refused} ${why}`;
  line.querySelector("[data-page]").href = item.page;
  line.querySelector("[data-page]").hidden = !item.refused;
  line.querySelector("[data-page]").addEventListener("click", () => putBack(item));
  line.querySelector("[data-erase]").addEventListener("click", async () => {
    if (await ask(shelf.dataset.question)) await store.remove(item);
  });
  return line;
}

/** keep-typed.js fills it in on the page of the form, and takes it from here when it was sent there. */
function putBack({ place, keptAt, values, stored, fields }) {
  const version = fields.find(([name]) => name === "version")?.[1];
  const kept = { user: account(), values, stored, version, place, sent: false };
  sessionStorage.setItem(keptAt, JSON.stringify(kept));
}

async function go() {
  clearTimeout(timer);
  if (!shelf) return;
  const items = account() ? await store.itemsOf(account()) : [];
  if (!items.some((item) => !item.refused)) return;
  const sent = await outbox.flush();
  if (sent > 0) toast(counted(sent, shelf.dataset.sentOne, shelf.dataset.sentMany), "success");
  tries = sent > 0 ? 1 : tries + 1;
  timer = setTimeout(tryToGo, pauseAfter(tries));
}

const tryToGo = () => go().catch(() => {}); // a browser that keeps nothing has nothing to send
const tryToShow = () => show().catch(() => {});

addEventListener("online", tryToGo);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) tryToGo();
});
keptCuts.sweep().catch(() => {}); // where a browser keeps nothing, nothing is over its time
if (account()) store.remember({ account: account(), name: nameHere() }).catch(() => {});
parts()
  .then((found) => {
    shelf = found;
    shelf.querySelector("[data-go]").addEventListener("click", tryToGo);
    store.onChange(tryToShow);
    tryToShow();
    tryToGo();
  })
  .catch(() => {}); // without words nothing is shown; a next page has them

const { cold } = document.querySelector("form[data-cold]")?.dataset ?? {};
if (cold) navigator.serviceWorker?.register(cold).catch(() => {});
