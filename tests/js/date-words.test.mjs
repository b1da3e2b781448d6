import assert from "node:assert/strict";
import { test } from "node:test";
import { everyWeeks, freeWeekOf, wordsOf } from "../../static/js/shared/date-words.js";

const KERST = [{ name: "kerstvakantie", from: "2026-12-19", to: "2027-01-03" }];

test("a date reads as the server writes it", () => {
  assert.equal(wordsOf("2026-12-09T15:30"), "woensdag 9 december, 15.30 uur");
  assert.equal(wordsOf("2027-03-28"), "zondag 28 maart");
});

test("what is no date has no words", () => {
  assert.deepEqual(["", undefined, "morgen", "2026-02-30", "2026-13-01"].map(wordsOf), ["", "", "", "", ""]);
});

test("a free week has its first and last day, and none around them", () => {
  const days = ["2026-12-18", "2026-12-19T09:00", "2027-01-03", "2027-01-04"];
  assert.deepEqual(
    days.map((day) => freeWeekOf(day, KERST)),
    ["", "kerstvakantie", "kerstvakantie", ""],
  );
});

test("every 5 weeks on Wednesday, over a change of summer time", () => {
  const dates = everyWeeks("2026-09-23", { weeks: 5, weekday: 3, count: 3 });
  assert.deepEqual(dates, ["2026-10-28", "2026-12-02", "2027-01-06"]);
});

test("one in a free week moves on, and the next counts from there", () => {
  const dates = everyWeeks("2026-11-18", { weeks: 5, weekday: 3, count: 2, free: KERST });
  assert.deepEqual(dates, ["2027-01-06", "2027-02-10"]);
});

test("it begins on the weekday at or after the first step", () => {
  assert.deepEqual(everyWeeks("2026-09-22", { weeks: 1, weekday: 3, count: 1 }), ["2026-09-30"]);
});

test("without a start or a step there is nothing", () => {
  assert.deepEqual(everyWeeks("", { weeks: 5, weekday: 3, count: 2 }), []);
  assert.deepEqual(everyWeeks("2026-09-22", { weeks: 0, weekday: 3, count: 2 }), []);
});
