import assert from "node:assert/strict";
import { test } from "node:test";
import { mayBeKeptAlive, outcomeOf, pauseAfter } from "../../static/js/shared/save-rules.js";

const OURS = new Headers({ "X-From-Portal": "1" });
const answer = (status, { redirected = false, headers = OURS } = {}) => ({
  status,
  redirected,
  headers,
  ok: status >= 200 && status < 300,
});

test("what an answer means to who types", () => {
  const outcomes = [200, 401, 403, 409, 422, 500, 503].map((status) => [status, outcomeOf(answer(status))]);
  assert.deepEqual(outcomes, [
    [200, "saved"],
    [401, "signed out"],
    [403, "refused"],
    [409, "written meanwhile"],
    [422, "refused"],
    [500, "failed"],
    [503, "failed"],
  ]);
});

test("who was led to another page is signed out, also when that page answers", () => {
  assert.equal(outcomeOf(answer(200, { redirected: true })), "signed out");
});

test("what another answers in the portal's place saves nothing, refuses nothing and signs nobody out", () => {
  for (const status of [200, 401, 403, 409, 413, 422, 502]) {
    assert.equal(outcomeOf(answer(status, { headers: new Headers() })), "failed", String(status));
  }
});

test("after each failure it waits twice as long, a minute at most", () => {
  assert.deepEqual([1, 2, 3, 4, 5, 20].map(pauseAfter), [5000, 10_000, 20_000, 40_000, 60_000, 60_000]);
});

test("a save outlives the page up to what a browser keeps, counted in bytes", () => {
  assert.equal(mayBeKeptAlive(["a".repeat(30_000), "b".repeat(29_999)]), true);
  assert.equal(mayBeKeptAlive(["a".repeat(30_000), "b".repeat(30_000)]), false);
  assert.equal(mayBeKeptAlive(["é".repeat(30_000)]), false);
});
