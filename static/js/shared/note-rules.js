/* Where the kijknotities of a lesson are in its recording, once one of them was found there. Pure; notes in ms of the
   server's clock, places in seconds of the recording. */

const BEFORE_S = 20; // who taps has seen it already, and often chose a few words first
const AFTER_S = 10;

/** When the recording began, by a note that is seen at `place`. */
export const beganBy = (note, place) => note - place * 1000;

/** Where a note is; null where it lies before the recording or after it. */
export function placeOf(note, began, length) {
  const place = (note - began) / 1000;
  return place >= 0 && place <= length ? place : null;
}

/** The stretch that a note suggests to cut. */
export const stretchBy = (place, length) => ({
  start: Math.max(0, place - BEFORE_S),
  end: Math.min(length, place + AFTER_S),
});

/** The first note within a stretch, as {index, at} with `at` in whole ms from its beginning; null where none is. */
export function firstIn({ start, end }, places) {
  const index = places.findIndex((place) => place !== null && place >= start && place <= end);
  return index < 0 ? null : { index, at: Math.round((places[index] - start) * 1000) };
}
