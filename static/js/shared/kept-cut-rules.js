/* How long what was cut waits on this device. Pure. */
const KEPT_DAYS = 7; // as what waits to be sent (outbox-rules.js)
const DAY_MS = 86_400_000;

export const keptUntil = (now) => now + KEPT_DAYS * DAY_MS;

/** Also what says nothing of its end, or an end that no clock here can have written, is over. */
export const isOver = ({ until }, now) => !(until > now && until <= keptUntil(now));

/** What the folder of an account or a fragment is called: ids alone, so that no name leads elsewhere. */
export function folderOf(id) {
  if (!/^[0-9a-f-]{1,40}$/i.test(String(id))) throw new Error(`no id: ${id}`);
  return String(id);
}

/** "3 december": the day until which it stays, by the clock of this device. */
export const dayOf = (until) => new Date(until).toLocaleDateString("nl-NL", { day: "numeric", month: "long" });
