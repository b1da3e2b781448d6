import assert from "node:assert/strict";
import { test } from "node:test";
import { corrected, isSteady } from "../../static/js/shared/clock-offset.js";

test("an answer puts a wrong clock right, to the middle of the time that it was on its way", () => {
  assert.equal(corrected(0, 100_000, 40_000, 40_200), 59_900);
});

test("an offset that fits stands, so a slow answer changes nothing", () => {
  assert.equal(corrected(59_950, 100_000, 39_000, 42_000), 59_950);
});

test("both ends of the time on its way still fit", () => {
  assert.equal(corrected(59_800, 100_000, 40_000, 40_200), 59_800);
  assert.equal(corrected(60_000, 100_000, 40_000, 40_200), 60_000);
  assert.equal(corrected(60_001, 100_000, 40_000, 40_200), 59_900);
});

test("two clocks that went apart by more than a second tell of a sleep, whichever way", () => {
  assert.equal(isSteady(5000, 4000), true);
  assert.equal(isSteady(5001, 4000), false);
  assert.equal(isSteady(2999, 4000), false);
});

test("before anything was heard nothing is sure", () => {
  assert.equal(isSteady(5000, Number.NaN), false);
});
