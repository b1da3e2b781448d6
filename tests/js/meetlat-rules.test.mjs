import assert from "node:assert/strict";
import { test } from "node:test";
import { edgeAt, indexAt, nextOf, restOver, rowAt, scrollOf, stayOver } from "../../static/js/shared/meetlat-rules.js";

const ROWS = [
  { top: 100, bottom: 144 },
  { top: 154, bottom: 198 },
  { top: 208, bottom: 330 },
];

test("between two rows the nearest is meant, and past an end the last", () => {
  assert.deepEqual(
    [90, 100, 144, 148, 150, 198, 204, 329, 400].map((y) => rowAt(y, ROWS)),
    [0, 0, 0, 0, 1, 1, 2, 2, 2],
  );
  assert.equal(rowAt(100, []), -1);
});

test("a strip lands before the first whose middle is below the hand, else last", () => {
  assert.deepEqual(
    [100, 121, 123, 175, 177, 268, 270].map((y) => indexAt(y, ROWS)),
    [0, 0, 1, 1, 2, 2, 3],
  );
  assert.equal(indexAt(100, []), 0);
});

test("a hand stays over what it moves about in, and rests only where it is nearly still", () => {
  const [stays, rests] = [stayOver(), restOver()];
  const seen = [
    ["P", 0, 0],
    ["P", 4, 200],
    ["P", 40, 400],
    ["pitch", 40, 500],
    [null, 40, 600],
    [null, 40, 900],
  ];
  assert.deepEqual(
    seen.map(([what, y, now]) => stays(what, { x: 0, y }, now)),
    [0, 200, 400, 0, 0, 0],
  );
  assert.deepEqual(
    seen.map(([what, y, now]) => rests(what, { x: 0, y }, now)),
    [0, 200, 0, 0, 0, 0],
  );
});

test("the page goes along near an edge, the nearer the faster, and never past an end of the ruler", () => {
  const [view, ruler] = [
    { top: 0, bottom: 800 },
    { top: -500, bottom: 1300 },
  ];
  assert.deepEqual(
    [10, 47, 48, 400, 752, 753].map((y) => edgeAt(y, view)),
    ["top", "top", null, null, null, "bottom"],
  );
  assert.equal(scrollOf(400, view, ruler, 16), 0);
  assert.ok(scrollOf(795, view, ruler, 16) > scrollOf(760, view, ruler, 16));
  assert.ok(scrollOf(760, view, ruler, 16) > 0);
  assert.ok(scrollOf(5, view, ruler, 16) < 0);
  assert.equal(scrollOf(799, view, { top: -500, bottom: 803 }, 50), 3);
  assert.equal(scrollOf(799, view, { top: -500, bottom: 700 }, 50), 0);
  assert.equal(scrollOf(1, view, { top: -2, bottom: 1300 }, 50), -2);
  assert.equal(Math.abs(scrollOf(1, view, { top: 40, bottom: 1300 }, 50)), 0);
});

test("after a question comes the one behind it on the pile, else the first; one that another took is passed over", () => {
  const pile = ["a", "b", "c", "d"];
  assert.equal(nextOf("b", pile, ["a", "c", "d"]), "c");
  assert.equal(nextOf("b", pile, ["a", "d"]), "d");
  assert.equal(nextOf("d", pile, ["a", "b"]), "a");
  assert.equal(nextOf("a", pile, []), undefined);
});
