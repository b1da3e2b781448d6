/* What autosave.js does with what comes back; what the server means by it: netwerkleren/base/autosave.py. */
import { isOurs } from "./ours.js";

const RETRY_MS = 5000;
const RETRY_MAX_MS = 60_000;
const KEEPALIVE_BYTES = 60_000; // a browser refuses to keep more alive

/** "saved", "signed out", "written meanwhile", "refused", or "failed": then a next attempt may fare better. */
export function outcomeOf(response) {
  const { status, ok, redirected } = response;
  if (status >= 500 || !isOurs(response)) return "failed";
  if (status === 401 || redirected) return "signed out";
  if (ok) return "saved";
  return status === 409 ? "written meanwhile" : "refused";
}

/** How long to wait after so many failures; in ms. */
export const pauseAfter = (failures) => Math.min(RETRY_MS * 2 ** (failures - 1), RETRY_MAX_MS);

/** Whether the save may outlive the page, by how much it has to carry. */
export function mayBeKeptAlive(texts) {
  const encoder = new TextEncoder();
  return texts.reduce((sum, text) => sum + encoder.encode(text).length, 0) < KEEPALIVE_BYTES;
}
