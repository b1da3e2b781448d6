/* One stream of events for all that this page follows, where the portal has one (<body data-live="events">) and the page
   is in sight: a browser keeps few lines to one host. Who follows polls as long as nothing comes through it. */
import { FIRST_WORD, pauseBeforeStream, SILENCE, saidIn } from "./live-rules.js";

const followers = new Map(); // by topic a set of { told(version), lost() }
const breaks = [];
let source = null;
let isHeard = false;
let hasWorked = false;
let notBefore = 0;
let opening = 0;
let patience = 0;

/** Whether changes are told now, so that nobody has to ask. */
export const isLive = () => isHeard;

/** From now on the follower is told each version of the topic, and when the stream is lost. Returns `leave()`. */
export function join(topic, follower) {
  if (!followers.has(topic)) followers.set(topic, new Set());
  followers.get(topic).add(follower);
  openSoon();
  return () => {
    followers.get(topic).delete(follower);
  };
}

function openSoon() {
  if (document.body.dataset.live !== "events") return;
  clearTimeout(opening);
  opening = setTimeout(open, Math.max(0, notBefore - Date.now()));
}

function open() {
  close();
  const topics = [...followers.keys()].filter((topic) => followers.get(topic).size > 0);
  // Without a network it would fail, and count as a break: "online" comes of itself.
  if (document.hidden || navigator.onLine === false || topics.length === 0) return;
  source = new EventSource(`/stroom/?${topics.map((topic) => `topic=${topic}`).join("&")}`);
  source.onmessage = ({ data }) => hear(data);
  source.onerror = lose;
  patience = setTimeout(lose, FIRST_WORD);
}

function hear(line) {
  clearTimeout(patience);
  patience = setTimeout(lose, SILENCE);
  isHeard = hasWorked = true;
  const said = saidIn(line);
  for (const follower of followers.get(said?.topic) ?? []) follower.told(said.version);
}

/** Each break is told: what was said meanwhile was heard by nobody. */
function lose() {
  const now = Date.now();
  breaks.push(now);
  notBefore = now + pauseBeforeStream(breaks, now, hasWorked);
  giveUp();
  openSoon();
}

function giveUp() {
  close();
  for (const all of followers.values()) for (const follower of all) follower.lost();
}

function close() {
  clearTimeout(opening);
  clearTimeout(patience);
  source?.close();
  source = null;
  isHeard = false;
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) openSoon();
  else if (source) giveUp();
});
addEventListener("offline", () => {
  if (source) lose();
});
addEventListener("online", () => {
  // It broke for want of a network, which says nothing of what is behind it.
  if (hasWorked) notBefore = 0;
  if (!source) openSoon();
});
