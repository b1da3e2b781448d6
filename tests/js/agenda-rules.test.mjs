import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clockOf,
  isMinutes,
  isSwipe,
  minutesOf,
  pulled,
  startsOf,
  stepped,
} from "../../static/js/shared/agenda-rules.js";

test("a key goes to the next five minutes, and below five to the next minute", () => {
  assert.deepEqual(
    [15, 12, 45, 4, 1].map((minutes) => stepped(minutes, 1)),
    [20, 15, 50, 5, 2],
  );
  assert.deepEqual(
    [15, 12, 10, 5, 2].map((minutes) => stepped(minutes, -1)),
    [10, 10, 5, 4, 1],
  );
});

test("no key goes below one minute or above four hours", () => {
  assert.equal(stepped(1, -1), 1);
  assert.equal(stepped(240, 1), 240);
  assert.equal(stepped(238, 1), 240);
});

test("pulling the edge lands on whole fives, and stays within what an onderdeel can last", () => {
  assert.equal(pulled(15, 0, 9), 15);
  assert.equal(pulled(15, 44, 9), 20);
  assert.equal(pulled(15, 22, 9), 15);
  assert.equal(pulled(15, -110, 9), 3);
  assert.equal(pulled(15, -4000, 9), 1);
  assert.equal(pulled(15, 90_000, 9), 240);
});

test("minutes are a whole number from 1 to 240", () => {
  assert.deepEqual(["1", "240", " 45 "].map(isMinutes), [true, true, true]);
  assert.deepEqual(["0", "-5", "10000", "241", "", "vijf", "1.5", "1e2"].map(isMinutes), Array(8).fill(false));
});

test("an hour is read and written on the clock, also past midnight", () => {
  assert.equal(minutesOf("15.30"), 930);
  assert.equal(minutesOf(""), null);
  assert.equal(minutesOf(undefined), null);
  assert.equal(clockOf(930), "15.30");
  assert.equal(clockOf(1445), "00.05");
});

test("each block begins where the one before ends, and a fixed hour is waited for", () => {
  const plain = (minutes) => ({ minutes, fixed: null });
  assert.deepEqual(startsOf(930, [plain(15), plain(10), plain(5)]), { starts: [930, 945, 955], end: 960 });
  const fixed = [plain(15), { minutes: 10, fixed: 960 }, plain(5)];
  assert.deepEqual(startsOf(930, fixed), { starts: [930, 960, 970], end: 975 });
  assert.deepEqual(startsOf(930, [plain(60), { minutes: 10, fixed: 960 }]), { starts: [930, 990], end: 1000 });
  assert.deepEqual(startsOf(null, [plain(15)]), { starts: [null], end: null });
});

test("a finger that goes before it was held is a swipe", () => {
  assert.equal(isSwipe({ x: 5, y: 5 }, { x: 8, y: 9 }), false);
  assert.equal(isSwipe({ x: 5, y: 5 }, { x: 5, y: 40 }), true);
});
