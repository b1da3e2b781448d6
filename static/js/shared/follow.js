/* A live topic has a version; when it changes, whoever follows fetches anew. */
import { showBlind } from "./blind.js";
import { isOurs } from "./ours.js";
import { heard } from "./server-time.js";

const VISIBLE_MS = 500;
const HIDDEN_MS = 5000;
const OFFLINE_AFTER = 3;
export const PATIENCE_MS = 10_000; // for an answer; then the next attempt

// A form or a link is on its way to another page: a reload now would come instead of it. A download leads nowhere.
let leftAt = -Infinity;
addEventListener("beforeunload", () => {
  leftAt = Date.now();
});
const isLeaving = () => Date.now() - leftAt < PATIENCE_MS;

/** Calls `changed(version)` at every version of the topic that is newer than `version`, and again when it fails.
    Returns `stop()`, `know(version)` for what the page was told of by itself, and `knows()`: the version that it shows. */
export function follow(topic, changed, version = null) {
  let failures = 0;
  let timer = 0;
  let stopped = false;
  let looking = false;

  async function look() {
    looking = true;
    try {
      const headers = version === null ? {} : { "If-None-Match": `"${version}"` };
      const signal = AbortSignal.timeout(PATIENCE_MS);
      const options = { headers, signal, cache: "no-store", credentials: "same-origin" };
      const response = await heard(fetch(`/live/${topic}/`, options));
      if (!isOurs(response)) throw new Error(String(response.status));
      // No longer ours to see, or the session ended: the page itself says what is left, or leads to the login page.
      const isLost = response.redirected || [401, 403, 404].includes(response.status);
      if (isLost && !isLeaving()) return location.reload();
      if (!isLost && ![200, 304].includes(response.status)) throw new Error(String(response.status));
      if (response.status === 200 && !isLost) {
        const { version: newest } = await response.json();
        // An answer may be older than what the page was told meanwhile.
        if (version !== null && newest > version) await changed(newest);
        version = Math.max(newest, version ?? newest); // only now: what could not be shown is news at the next look
      }
      failures = 0;
    } catch {
      failures += 1;
    }
    showBlind(failures >= OFFLINE_AFTER);
    looking = false;
    const pause = document.hidden ? HIDDEN_MS : VISIBLE_MS * Math.min(1 + failures, 10);
    if (!stopped) timer = setTimeout(look, pause);
  }
  function wake() {
    if (document.hidden || looking) return;
    clearTimeout(timer);
    look();
  }
  document.addEventListener("visibilitychange", wake);
  look();
  return {
    know(told) {
      version = told;
    },
    knows: () => version,
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", wake);
    },
  };
}
