/* What one may cut out of a recording, in seconds of the recording: from its first frame, whatever its own clock says
   there. Pure; for the page and for the worker that cuts. */

export const SHORTEST_S = 1;
export const LONGEST_S = 300;
export const AT_FIRST_S = 120;
export const STILLS = 24;
export const SLIDE_S = 4;
export const FEWEST_SLIDES = 3;
export const MOST_SLIDES = 6;
const SHORT_SIDE = 720;
const BITS_A_PIXEL = 2.7; // a second: 2.5 Mbit at 1280 x 720
const FEWEST_BITS = 500_000;

/** 0:07,5: a moment in a recording, to a tenth. */
export function momentOf(seconds) {
  const tenths = Math.max(0, Math.round(seconds * 10));
  const [minutes, rest] = [Math.floor(tenths / 600), tenths % 600];
  return `${minutes}:${String(Math.floor(rest / 10)).padStart(2, "0")},${rest % 10}`;
}

/** What someone typed as a moment: 1:07,5 or 67.5; null where it is none. */
export function secondsOf(text) {
  const match = text.trim().match(/^(?:(\d{1,3}):)?(\d{1,4}(?:[.,]\d{1,3})?)$/);
  if (!match) return null;
  const seconds = Number(match[2].replace(",", "."));
  return match[1] && seconds >= 60 ? null : Number(match[1] ?? 0) * 60 + seconds;
}

/** What is chosen before anyone chose. */
export const atFirst = (length) => ({ start: 0, end: Math.min(length, AT_FIRST_S) });

const within = (value, least, most) => Math.min(Math.max(value, least), Math.max(least, most));

/** The stretch with one of its ends moved; the other goes along where it would be too short or too long. */
export function moved({ start, end }, which, to, length) {
  if (which === "start") {
    const begin = within(to, 0, length - SHORTEST_S);
    return { start: begin, end: within(end, begin + SHORTEST_S, Math.min(length, begin + LONGEST_S)) };
  }
  const finish = within(to, Math.min(SHORTEST_S, length), length);
  return { start: within(start, Math.max(0, finish - LONGEST_S), Math.max(0, finish - SHORTEST_S)), end: finish };
}

const STEPS = { second: 1, frame: null };

/** How far a step goes: a second or a frame of this recording. */
export const stepOf = (unit, rate) => STEPS[unit] ?? 1 / (rate > 0 ? rate : 30);

const even = (size) => Math.max(2, Math.round(size / 2) * 2);

/** The size of what comes out: never larger than the part of the picture that is kept, the short side at most 720. */
export function sizeOf({ width, height }) {
  const scale = Math.min(1, SHORT_SIDE / Math.min(width, height));
  return { width: even(width * scale), height: even(height * scale) };
}

/** Bits a second: as many as such a picture needs, and no more than the recording has. */
export function bitrateOf({ width, height }, ofRecording) {
  const needed = Math.round(width * height * BITS_A_PIXEL);
  return Math.max(FEWEST_BITS, Math.min(needed, ofRecording || needed));
}

/** What the clock of a <video> must be raised by to be that of the file. Firefox begins at 0 where the film does not. */
export function shiftOf({ first, end }, playable) {
  return Math.abs(playable - end) <= Math.abs(playable - (end - first)) ? 0 : first;
}

const MISSED_S = 0.35; // a player skips the last moment of a film, and some frames at a jump

/** How many seconds of a film were not played yet, by the stretches that were: [[from, to], ...]. */
export function notSeen(played, length) {
  const stretches = [...played].sort(([one], [other]) => one - other);
  let [missing, at] = [0, 0];
  for (const [from, to] of stretches) {
    if (from - at > MISSED_S) missing += from - at;
    at = Math.max(at, to);
  }
  if (length - at > MISSED_S) missing += length - at;
  return missing;
}

const UNITS = ["kB", "MB", "GB"];

/** 12,4 MB: as people read a size. */
export function bytesInWords(bytes) {
  let [size, unit] = [bytes / 1000, 0];
  for (; size >= 1000 && unit < UNITS.length - 1; unit += 1) size /= 1000;
  return `${size.toFixed(size < 10 && unit > 0 ? 1 : 0).replace(".", ",")} ${UNITS[unit]}`;
}
