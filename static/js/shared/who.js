/* Whose page this is, and who is signed in in this browser now: a page may stand open since before someone else signed
   in, and a school's tablet is of many. "" is nobody, or an expert by link. */
import { isOurs } from "./ours.js";
import { standingOf } from "./who-rules.js";

const PATIENCE_MS = 10_000;

export const account = () => document.body.dataset.user ?? "";
/** As others know who typed here. */
export const nameHere = () => document.body.dataset.name ?? "";

/** {account, token}, or null when no answer came. */
async function now(address) {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    // An own phone is its owner's for what it may add, and nobody's for the rest.
    const headers = address ? { "X-Sends-To": address } : {};
    const response = await fetch("/wie/", { signal, headers, cache: "no-store", credentials: "same-origin" });
    return response.ok && isOurs(response) ? await response.json() : null;
  } catch {
    return null;
  }
}

/** How who is signed in stands to `who`, and the token with which they may post to `address`. */
export async function standing(who = account(), address = "") {
  const found = await now(address);
  return { stands: standingOf(who, found), token: found?.token };
}
