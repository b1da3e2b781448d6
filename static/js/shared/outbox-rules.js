/* What waits on a device for a network, or for its writer: how long, and what an answer means for it. */
import { isOurs } from "./ours.js";

const DAYS = 7;
const DAY_MS = 86_400_000;

export const isOver = ({ when }, now) => now - when > DAYS * DAY_MS;

/** "sent": the server has it. "refused": it said no, and would again. "stop": not as this account. "wait": may yet pass. */
export function fateOf(response, isStale) {
  const { status, type, ok } = response;
  if (type === "opaqueredirect") return "sent"; // a browser hides whose it is; the portal answered a moment before
  if (!isOurs(response)) return "wait";
  if (ok) return "sent";
  if (status === 401 || isStale) return "stop";
  return status >= 500 || status === 429 || status === 408 ? "wait" : "refused";
}

/** One thing has one place: what is sent again, or written further, takes the place of what waits. */
export function placeOf({ account, action, fields }) {
  const named = (name) => fields.find(([field]) => field === name || field.endsWith(`-${name}`))?.[1];
  if (named("key")) return `${account} ${action} ${named("key")}`;
  return named("version") === undefined ? `${account} ${action} ${JSON.stringify(fields)}` : `${account} ${action}`;
}

/** The field with the key of a form: what is sent twice with one key makes one thing. */
export function keyFieldOf(form) {
  return [...(form?.elements ?? [])].find(({ name }) => name === "key" || name?.endsWith("-key"));
}

/** "1 ding wacht" or "2 dingen wachten". */
export const counted = (count, one, many) => (count === 1 ? one : many).replace("{n}", count);
