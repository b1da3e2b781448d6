import assert from "node:assert/strict";
import { test } from "node:test";
import { pauseBeforeStream, pauseBetweenLooks, saidIn } from "../../static/js/shared/live-rules.js";

const MINUTE = 60_000;
const pause = (sinceLast, { isHidden = false, failures = 0 } = {}) =>
  pauseBetweenLooks({ isHidden, failures, sinceLast });

test("it asks twice a second in the minute after a change, and every two seconds after that", () => {
  assert.deepEqual(
    [0, MINUTE - 1, MINUTE, 10 * MINUTE].map((since) => pause(since)),
    [500, 500, 2000, 2000],
  );
});

test("a page that nobody sees asks every five seconds, whatever happens", () => {
  assert.equal(pause(0, { isHidden: true }), 5000);
  assert.equal(pause(MINUTE, { isHidden: true, failures: 3 }), 5000);
});

test("that there is no network is known soon on a quiet page too, and then it asks ever more rarely", () => {
  assert.deepEqual(
    [1, 2, 3, 9, 40].map((failures) => pause(10 * MINUTE, { failures })),
    [1000, 1500, 2000, 5000, 5000],
  );
});

test("an hour in which nothing happens is 1800 questions at most, but for its first minute", () => {
  assert.equal((60 * MINUTE) / pause(MINUTE), 1800);
});

test("a stream that never came through is tried again after minutes", () => {
  assert.equal(pauseBeforeStream([1000], 1000, false), 5 * MINUTE);
});

test("a stream that broke is tried again soon, and at its third break in five minutes after minutes", () => {
  assert.equal(pauseBeforeStream([1000], 1000, true), 2000);
  assert.equal(pauseBeforeStream([1000, 4000], 4000, true), 5000);
  assert.equal(pauseBeforeStream([1000, 4000, 9000], 9000, true), 5 * MINUTE);
});

test("breaks of long ago count no more", () => {
  assert.equal(pauseBeforeStream([0, 1000, 5 * MINUTE + 2000], 5 * MINUTE + 2000, true), 2000);
});

test("a line says a topic and its version, and a pulse says nothing", () => {
  assert.deepEqual(saidIn("meetlat:0190 12"), { topic: "meetlat:0190", version: 12 });
  assert.equal(saidIn(""), null);
});
