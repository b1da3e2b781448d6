import assert from "node:assert/strict";
import { test } from "node:test";
import {
  atFirst,
  bitrateOf,
  bytesInWords,
  LONGEST_S,
  momentOf,
  moved,
  notSeen,
  SHORTEST_S,
  secondsOf,
  shiftOf,
  sizeOf,
  stepOf,
} from "../../static/js/shared/cut-rules.js";

test("a moment is read as it is written, and also as people type it", () => {
  assert.deepEqual([0, 7.5, 59.96, 67.25, 1800].map(momentOf), ["0:00,0", "0:07,5", "1:00,0", "1:07,3", "30:00,0"]);
  for (const seconds of [0, 7.5, 67.2, 1800]) assert.equal(secondsOf(momentOf(seconds)), seconds);
  assert.deepEqual([" 1:07 ", "67,5", "67.5", "0:59,25"].map(secondsOf), [67, 67.5, 67.5, 59.25]);
});

test("what is no moment is none", () => {
  for (const text of ["", "een", "1:75", "1:", ":5", "-3", "1:2:3", "7,5,5", "1e3"])
    assert.equal(secondsOf(text), null);
});

test("the first two minutes are chosen before anyone chose, or all of what is shorter", () => {
  assert.deepEqual(atFirst(1800), { start: 0, end: 120 });
  assert.deepEqual(atFirst(40), { start: 0, end: 40 });
});

test("an end that is moved takes the other along, and neither leaves the recording", () => {
  const length = 900;
  const chosen = { start: 10, end: 70 };
  assert.deepEqual(moved(chosen, "start", 30, length), { start: 30, end: 70 });
  assert.deepEqual(moved(chosen, "start", 200, length), { start: 200, end: 201 });
  assert.deepEqual(moved(chosen, "end", 5, length), { start: 4, end: 5 });
  assert.deepEqual(moved(chosen, "end", 600, length), { start: 300, end: 600 });
  assert.deepEqual(moved(chosen, "start", -4, length), { start: 0, end: 70 });
  assert.deepEqual(moved(chosen, "end", 5000, length), { start: 600, end: 900 });
});

test("however the ends are moved, what is chosen is a stretch of the recording, not too short and not too long", () => {
  for (const length of [1, 1.4, 5, 240, 1800]) {
    let stretch = atFirst(length);
    for (let turn = 0; turn < 400; turn += 1) {
      const to = ((turn * 7919) % 2200) - 150;
      stretch = moved(stretch, turn % 3 === 0 ? "start" : "end", to, length);
      const { start, end } = stretch;
      assert.ok(start >= 0 && end <= length + 1e-9, `${start} to ${end} of ${length}`);
      assert.ok(end - start >= SHORTEST_S - 1e-9 && end - start <= LONGEST_S + 1e-9, `${start} to ${end} of ${length}`);
    }
  }
});

test("a step is a second, or a frame of this recording", () => {
  assert.equal(stepOf("second", 25), 1);
  assert.equal(stepOf("frame", 25), 0.04);
  assert.equal(stepOf("frame", 0), 1 / 30);
});

test("what comes out has even sides, the short one at most 720, and is never larger than what went in", () => {
  const sizes = [
    [1920, 1080, 1280, 720],
    [1080, 1920, 720, 1280],
    [3840, 2160, 1280, 720],
    [640, 480, 640, 480],
    [853, 479, 854, 480],
    [720, 720, 720, 720],
  ];
  for (const [width, height, across, down] of sizes) {
    assert.deepEqual(sizeOf({ width, height }), { width: across, height: down });
  }
});

test("a fragment gets no more bits than its picture needs, nor than the recording has", () => {
  assert.equal(bitrateOf({ width: 1280, height: 720 }, 17_000_000), 2_488_320);
  assert.equal(bitrateOf({ width: 1280, height: 720 }, 900_000), 900_000);
  assert.equal(bitrateOf({ width: 320, height: 180 }, 17_000_000), 500_000);
});

test("a player that begins at 0 where the film does not is put right, and one that does not is left", () => {
  const film = { first: 12.4, end: 42.4 };
  assert.equal(shiftOf(film, 30), 12.4);
  assert.equal(shiftOf(film, 42.4), 0);
  assert.equal(shiftOf({ first: 0, end: 30 }, 30.02), 0);
});

test("a film is seen when all of it was played, in whatever order", () => {
  assert.equal(notSeen([[0, 30]], 30), 0);
  const two = [
    [14.9, 30],
    [0, 15],
  ];
  assert.equal(notSeen(two, 30), 0);
  assert.equal(notSeen([[0, 29.8]], 30), 0);
});

test("what was skipped is told, also when its end was played", () => {
  const ends = [
    [0, 4],
    [20, 30],
  ];
  assert.equal(notSeen(ends, 30), 16);
  assert.equal(notSeen([], 30), 30);
  assert.equal(notSeen([[0, 12]], 30), 18);
  assert.equal(notSeen([[29, 30]], 30), 29);
});

test("a size is told as people read it", () => {
  assert.deepEqual([0, 512_000, 1_240_000, 12_400_000, 2_100_000_000].map(bytesInWords), [
    "0 kB",
    "512 kB",
    "1,2 MB",
    "12 MB",
    "2,1 GB",
  ]);
});
