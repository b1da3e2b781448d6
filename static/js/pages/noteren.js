/* Noteren, opened without a network: the page holds nothing of anyone, and the device knows who signed in here last.
   What is written goes to what waits of that account; all modules take the page for that account's. */
import { remembered } from "../shared/outbox-store.js";

const who = await remembered().catch(() => null);
if (who) {
  document.body.dataset.user = who.account;
  document.body.dataset.name = who.name;
  document.querySelector("[data-writer]").textContent = who.name;
}
document.querySelector("#noteer [name=key]").value = crypto.randomUUID(); // the page itself is kept: its key would be too
document.querySelector("[data-unknown]").hidden = Boolean(who);
document.querySelector("[data-known]").hidden = !who;
await import("../app.js");
