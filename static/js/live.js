/* Live pages: a topic has a version; when it changes, whoever follows fetches anew.
   <section data-live="meetlat:…" hx-get="…" hx-trigger="live"> needs no module of its own; serverNow() is for timers,
   so that a wrong clock on a phone changes nothing. */
const VISIBLE_MS = 500;
const HIDDEN_MS = 5000;
const OFFLINE_AFTER = 3;

let offset = 0;
/** The server's time in ms since 1970. */
export const serverNow = () => Date.now() + offset;

/** Calls `changed` at every new version of the topic. Returns a function that stops. */
export function follow(topic, changed) {
  let version = null;
  let failures = 0;
  let timer = 0;
  let stopped = false;

  async function look() {
    const sent = Date.now();
    try {
      const headers = version === null ? {} : { "If-None-Match": `"${version}"` };
      const response = await fetch(`/live/${topic}/`, { headers, cache: "no-store", credentials: "same-origin" });
      if (response.status === 200) {
        const body = await response.json();
        offset = body.now - (sent + Date.now()) / 2;
        if (version !== null && body.version !== version) changed(body.version);
        version = body.version;
      } else if (response.status !== 304) {
        throw new Error(String(response.status));
      }
      failures = 0;
    } catch {
      failures += 1;
    }
    document.documentElement.classList.toggle("is-offline", failures >= OFFLINE_AFTER);
    const pause = document.hidden ? HIDDEN_MS : VISIBLE_MS * Math.min(1 + failures, 10);
    if (!stopped) timer = setTimeout(look, pause);
  }
  function wake() {
    if (document.hidden) return;
    clearTimeout(timer);
    look();
  }
  document.addEventListener("visibilitychange", wake);
  look();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener("visibilitychange", wake);
  };
}

for (const element of document.querySelectorAll("[data-live]")) {
  follow(element.dataset.live, () => element.dispatchEvent(new CustomEvent("live")));
}
