/* A live topic has a version; when it changes, whoever follows fetches anew. A stream tells of it (stream.js); without
   one the page asks, often while something happens. */
import { showBlind } from "./blind.js";
import { pauseBetweenLooks } from "./live-rules.js";
import { isOurs } from "./ours.js";
import { heard } from "./server-time.js";
import { isLive, join } from "./stream.js";

const OFFLINE_AFTER = 3;
export const PATIENCE_MS = 10_000; // for an answer; then the next attempt

// A form or a link is on its way to another page: a reload now would come instead of it. A download leads nowhere.
let leftAt = -Infinity;
addEventListener("beforeunload", () => {
  leftAt = Date.now();
});
const isLeaving = () => Date.now() - leftAt < PATIENCE_MS;

// What one does oneself may change what one sees, as much as what another does.
let lastAt = Date.now();
const note = () => {
  lastAt = Date.now();
};
for (const done of ["pointerdown", "keydown"]) addEventListener(done, note, { passive: true, capture: true });

/** Calls `changed(version)` at every version of the topic that is newer than `version`, and again when it fails.
    Returns `stop()`, `know(version)` for what the page was told of by itself, and `knows()`: the version that it shows. */
export function follow(topic, changed, version = null) {
  let failures = 0;
  let timer = 0;
  let stopped = false;
  let looking = false;
  let told = null; // by the stream

  /** The newest version, or null when that is the one we have. */
  async function ask() {
    const headers = version === null ? {} : { "If-None-Match": `"${version}"` };
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const options = { headers, signal, cache: "no-store", credentials: "same-origin" };
    const response = await heard(fetch(`/live/${topic}/`, options));
    if (!isOurs(response)) throw new Error(String(response.status));
    // No longer ours to see, or the session ended: the page itself says what is left, or leads to the login page.
    const isLost = response.redirected || [401, 403, 404].includes(response.status);
    if (isLost && !isLeaving()) location.reload();
    if (isLost) return null;
    if (![200, 304].includes(response.status)) throw new Error(String(response.status));
    return response.status === 200 ? (await response.json()).version : null;
  }

  async function look(known = null) {
    clearTimeout(timer);
    looking = true;
    try {
      const newest = known ?? (await ask());
      if (newest !== null) {
        // An answer may be older than what the page was told meanwhile.
        if (version !== null && newest > version) {
          note();
          await changed(newest);
        }
        version = Math.max(newest, version ?? newest); // only now: what could not be shown is news at the next look
      }
      failures = 0;
    } catch {
      failures += 1;
    }
    showBlind(failures >= OFFLINE_AFTER);
    looking = false;
    if (stopped) return;
    if (failures === 0 && told > version) return look(told);
    if (failures > 0 || !isLive()) timer = setTimeout(look, pauseNow());
  }
  const pauseNow = () => pauseBetweenLooks({ isHidden: document.hidden, failures, sinceLast: Date.now() - lastAt });

  function wake() {
    if (document.hidden || looking || stopped) return;
    look();
  }
  const leave = join(topic, {
    told(newest) {
      told = newest;
      if (!looking && failures === 0 && version !== null && newest > version) look(newest);
    },
    lost() {
      if (!looking && !stopped) look();
    },
  });
  document.addEventListener("visibilitychange", wake);
  look();
  return {
    know(newest) {
      version = newest;
      note();
    },
    knows: () => version,
    stop() {
      stopped = true;
      clearTimeout(timer);
      leave();
      document.removeEventListener("visibilitychange", wake);
    },
  };
}
