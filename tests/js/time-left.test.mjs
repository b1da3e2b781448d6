import assert from "node:assert/strict";
import { test } from "node:test";
import { minuteOf, percentGone, written } from "../../static/js/shared/time-left.js";

test("time left is written in whole seconds, 0:01 until the very end", () => {
  const shown = [90_000, 60_000, 59_001, 1000, 1, 0].map(written);
  assert.deepEqual(shown, ["1:30", "1:00", "1:00", "0:01", "0:01", "0:00"]);
});

test("past the end it is written how far", () => {
  assert.deepEqual([-1, -999, -1000, -61_500, -6_000_000].map(written), ["0:00", "0:00", "0:01", "1:01", "100:00"]);
});

test("the bar fills up, and no further than full", () => {
  assert.deepEqual(
    [60_000, 45_000, 0, -5000, 70_000].map((rest) => percentGone(rest, 60_000)),
    [0, 25, 100, 100, 0],
  );
});

test("a minute begins at its first millisecond", () => {
  assert.deepEqual([59_999, 60_000, 119_999, 120_000].map(minuteOf), [0, 1, 1, 2]);
});
