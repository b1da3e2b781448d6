/* The server's time, for everything that counts: what this device's clock says, and by how much that is off. The page
   itself brings the time (<meta name="server-now">), each answer that passes through `heard` corrects it (X-Server-Now).
   A clock that is wrong changes nothing. After a sleep it is right at once: the clock ran on, while performance.now()
   may have stood still. That those two have drifted apart is the sign of a sleep, or of someone who set the clock.
   Nothing here can tell which, so then the server is asked. */
import { corrected, isSteady } from "./clock-offset.js";

const PATIENCE_MS = 10_000;
const PAUSE_MS = 2000;

const drift = () => Date.now() - performance.now();

let offset = 0;
let driftWhenHeard = Number.NaN; // nothing heard yet
let isAsking = false;

/** In ms since 1970. */
export function serverNow() {
  if (!isAsking && !isSure()) ask();
  return Date.now() + offset;
}

/** Passes an answer on, and hears what time the server says it is. */
export async function heard(answering) {
  const sentAt = Date.now();
  const driftWhenSent = drift();
  const response = await answering;
  // Who slept or set the clock meanwhile cannot say how long the answer took.
  const isTimed = isSteady(drift(), driftWhenSent);
  if (isTimed) hear(Number(response.headers.get("X-Server-Now")), sentAt, Date.now());
  return response;
}

const isSure = () => isSteady(drift(), driftWhenHeard);

function hear(serverMs, sentAt, arrivedAt) {
  if (!serverMs) return;
  offset = corrected(offset, serverMs, sentAt, arrivedAt);
  driftWhenHeard = drift();
}

async function ask() {
  isAsking = true;
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    await heard(fetch("/gezond/", { signal, cache: "no-store", credentials: "omit" }));
  } catch {
    // No connection, as just after a sleep: who still wants to know asks again.
  }
  setTimeout(() => {
    isAsking = false;
  }, PAUSE_MS);
}

// A page out of the browser's own store brings an old time. (performance.timeOrigin is no help in dating the page: one
// process serves many pages, and does not move it along when the device slept.)
const [page] = performance.getEntriesByType("navigation");
if (page && page.transferSize !== 0) {
  const told = document.querySelector("meta[name=server-now]")?.content;
  hear(Number(told), drift() + page.requestStart, drift() + page.responseStart);
}
