/* How a page hears of changes: how often it asks, and when it tries a stream (again). All times in ms. */
const LIVELY = 60_000; // so long after something happened the next thing may come at any moment
const QUICK = 500;
const QUIET = 2000;
const HIDDEN = 5000;

/** Until the next question. A failure says nothing of who is quiet: whether there is a network is known soon. */
export function pauseBetweenLooks({ isHidden, failures, sinceLast }) {
  if (isHidden) return HIDDEN;
  if (failures > 0) return QUICK * Math.min(1 + failures, 10);
  return sinceLast < LIVELY ? QUICK : QUIET;
}

export const FIRST_WORD = 5000; // from a stream that was opened; then something holds it back
export const SILENCE = 25_000; // between two words: a pulse comes every 15 s (PULSE in netwerkleren/base/streams.py)
const SOON = [2000, 5000];
const LATER = 300_000;

/** Until a stream that broke is tried again: minutes where none ever came through on this page, and at the third break
    in five minutes. */
export function pauseBeforeStream(breaks, now, hasWorked) {
  const recent = breaks.filter((at) => now - at < LATER).length;
  return hasWorked && recent <= SOON.length ? SOON[recent - 1] : LATER;
}

/** What a line of the stream says: null for a pulse. */
export function saidIn(line) {
  const [topic, version] = line.split(" ");
  return version ? { topic, version: Number(version) } : null;
}
