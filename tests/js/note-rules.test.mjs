import assert from "node:assert/strict";
import test from "node:test";
import { beganBy, firstIn, placeOf, stretchBy } from "../../static/js/shared/note-rules.js";

const LESSON = Date.UTC(2026, 10, 24, 8, 30);
const noted = (seconds) => LESSON + seconds * 1000;

test("one note that was found gives every other its place within half a second", () => {
  // Found by eye: a third of a second late.
  const began = beganBy(noted(600), 600.33);
  for (const seconds of [1, 31.25, 2399]) assert.ok(Math.abs(placeOf(noted(seconds), began, 2400) - seconds) <= 0.5);
});

test("a note from before the recording or after it has no place, nor has one of another day", () => {
  const began = beganBy(noted(10), 10);
  assert.deepEqual(
    [-1, 0, 60, 61, 24 * 3600].map((seconds) => placeOf(noted(seconds), began, 60)),
    [null, 0, 60, null, null],
  );
});

test("it suggests what came before the tap, within the recording", () => {
  assert.deepEqual(stretchBy(100, 2400), { start: 80, end: 110 });
  assert.deepEqual(stretchBy(5, 12), { start: 0, end: 12 });
});

test("of what is cut, the first note in it says where they are", () => {
  const places = [null, 4, 25.5, 28];
  assert.deepEqual(firstIn({ start: 20, end: 30 }, places), { index: 2, at: 5500 });
  assert.equal(firstIn({ start: 40, end: 50 }, places), null);
});
