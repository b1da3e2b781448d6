import assert from "node:assert/strict";
import test from "node:test";
import { clustersOf, nextOf } from "../../static/js/shared/marker-rules.js";

test("markers that a finger cannot tell apart are one", () => {
  assert.deepEqual(clustersOf([0, 10, 43, 44, 60, 200], 44), [[0, 1, 2], [3, 4], [5]]);
});

test("markers that lie apart stay as they are, and none is none", () => {
  assert.deepEqual(clustersOf([0, 44, 88], 44), [[0], [1], [2]]);
  assert.deepEqual(clustersOf([], 44), []);
});

test("a press goes through the moments in turn, and begins anew after the last", () => {
  assert.equal(nextOf([1000, 1000, 3000], 0), 1000);
  assert.equal(nextOf([1000, 3000], 1000), 3000);
  assert.equal(nextOf([1000, 3000], 3000), 1000);
});
