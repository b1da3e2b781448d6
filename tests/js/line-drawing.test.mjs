import assert from "node:assert/strict";
import { test } from "node:test";
import { byHand, inWords, isTop, Paper, unbrokenStretches } from "../../static/js/shared/line-drawing.js";

const LYING = { start: 100, step: 200, low: 500, high: 100, width: 1000, isStanding: false };
const STANDING = { start: 60, step: 80, low: 150, high: 350, width: 400, isStanding: true };
const WORDS = [
  [0, "nooit"],
  [50, "soms"],
  [100, "altijd"],
];

test("a missed moment is a gap, and a point alone is a stretch", () => {
  assert.deepEqual(unbrokenStretches([10, null, 30, 40]), [
    [[0, 10]],
    [
      [2, 30],
      [3, 40],
    ],
  ]);
  assert.deepEqual(unbrokenStretches([null, null]), []);
});

test("a stroke goes exactly through its points, also another stroke", () => {
  for (const phase of [0, 1.7]) {
    const points = byHand(
      [
        [0, 10],
        [1, 90],
      ],
      phase,
    );
    assert.equal(points.length, 25);
    assert.deepEqual(points[0], [0, 10]);
    assert.deepEqual(points.at(-1), [1, 90]);
  }
});

test("a lying paper has the moments along and the heights upwards; a standing one the other way", () => {
  assert.deepEqual(new Paper(LYING).place(2, 25), [500, 400]);
  assert.deepEqual(new Paper(STANDING).place(2, 25), [200, 220]);
});

test("a press finds the moment and the height that it is on, and none beside the paper", () => {
  for (const measures of [LYING, STANDING]) {
    const paper = new Paper(measures);
    const [x, y] = paper.place(3, 40);
    assert.deepEqual(paper.nearest({ x, y }, 5), { position: 3, height: 40 });
    assert.deepEqual(paper.nearest({ x, y }, 3), { position: 2, height: 40 });
  }
  assert.deepEqual(new Paper(LYING).nearest({ x: -50, y: 900 }, 5), { position: 0, height: 0 });
});

test("a stroke on paper is a path through its points", () => {
  const path = new Paper(LYING).stroke([
    [0, 0],
    [1, 100],
  ]);
  assert.match(path, /^M100\.0 500\.0L/);
  assert.match(path, /L300\.0 100\.0$/);
});

test("above a point is free where the line goes down on both sides", () => {
  assert.equal(isTop([20, 80, 30], 1), true);
  assert.equal(isTop([80, 20, 70], 1), false);
  assert.equal(isTop([null, 49, null], 1), true, "alone and low");
  assert.equal(isTop([null, 50, null], 1), false);
  assert.equal(isTop([40, 60], 1), true, "the last one has one neighbour");
});

test("a note lies on the free side, and within the paper", () => {
  const note = new Paper(LYING).note(950, 300, { isTop: true, words: "Rust" });
  assert.deepEqual(note, {
    x: 806,
    y: 188,
    width: 192,
    height: 92,
    side: "above",
    lead: "M950 288Q950 280 950 276",
  });
});

test("a note for which the free side has no room lies within the bend, farther off", () => {
  const note = new Paper(LYING).note(500, 80, { isTop: true, words: "Wat ik die dag in mijn klas zag gebeuren" });
  assert.equal(note.side, "below");
  assert.equal(note.y, 80 + 56);
});

test("on a standing paper a note lies where its words have room", () => {
  const paper = new Paper(STANDING);
  assert.equal(paper.note(200, 100, { isTop: true, words: "Rust" }).side, "right");
  assert.equal(paper.note(200, 100, { isTop: false, words: "Rust" }).side, "right", "left is too narrow");
  assert.equal(paper.note(330, 100, { isTop: true, words: "Rust" }).side, "left");
});

test("a height near a word has that word, and one between two has both", () => {
  const said = [0, 6, 7, 43, 44, 50, 94, 100].map((height) => inWords(height, WORDS, "{below}–{above}"));
  assert.deepEqual(said, ["nooit", "nooit", "nooit–soms", "nooit–soms", "soms", "soms", "altijd", "altijd"]);
});

test("a stroke sets what it crosses in its order, and what it ends beside", () => {
  const lying = new Paper(LYING); // moments at 100, 300, 500; heights 0 at 500 and 100 at 100
  assert.deepEqual(
    lying.crossed({ x: 60, y: 500 }, { x: 540, y: 100 }, 3).map(({ position, isCrossed }) => [position, isCrossed]),
    [
      [0, true],
      [1, true],
      [2, true],
    ],
  );
  const back = lying.crossed({ x: 540, y: 300 }, { x: 340, y: 300 }, 3);
  assert.deepEqual(back, [
    { position: 2, height: 50, isCrossed: true },
    { position: 1, height: 50, isCrossed: false },
  ]);
  const standing = new Paper(STANDING);
  assert.deepEqual(standing.crossed({ x: 150, y: 100 }, { x: 350, y: 180 }, 2), [
    { position: 1, height: 50, isCrossed: true },
  ]);
  assert.deepEqual(standing.crossed({ x: 250, y: 60 }, { x: 250, y: 60 }, 2), [
    { position: 0, height: 50, isCrossed: false },
  ]);
});
