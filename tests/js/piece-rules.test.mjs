import assert from "node:assert/strict";
import { test } from "node:test";
import { LARGEST, Pieces, SMALLEST } from "../../static/js/shared/piece-rules.js";

const KIB = 1024;

/** Sends all of it in pieces over a line of so many bytes a second; answers the pieces as [bytes, ms]. */
function sendOver(bytesPerSecond, total, pieces = new Pieces()) {
  const sent = [];
  for (let left = total; left > 0; ) {
    const bytes = Math.min(pieces.size, left);
    const ms = (bytes * 1000) / bytesPerSecond;
    pieces.sent(bytes, ms);
    sent.push([bytes, ms]);
    left -= bytes;
  }
  return sent;
}

test("on a quick line the pieces double until they are as large as they get", () => {
  const sizes = sendOver(50_000_000, 60 * KIB * KIB).map(([bytes]) => bytes);
  assert.deepEqual(sizes.slice(0, 6), [512 * KIB, 1024 * KIB, 2048 * KIB, 4096 * KIB, LARGEST, LARGEST]);
});

test("on a slow line no piece takes more than ten seconds", () => {
  for (const speed of [64_000, 100_000, 300_000, 1_000_000]) {
    const slowest = Math.max(...sendOver(speed, 20_000_000).map(([, ms]) => ms));
    assert.ok(slowest <= 10_000, `${slowest} ms at ${speed} B/s`);
  }
});

test("when the line gets slow the next piece is small at once, and when it is quick again they grow", () => {
  const pieces = new Pieces();
  sendOver(50_000_000, 60 * KIB * KIB, pieces);
  assert.equal(pieces.size, LARGEST);
  pieces.sent(LARGEST, 80_000);
  assert.ok(pieces.size <= LARGEST / 16);
  sendOver(50_000_000, 60 * KIB * KIB, pieces);
  assert.equal(pieces.size, LARGEST);
});

test("what does not come through is halved, and never smaller than the smallest", () => {
  const pieces = new Pieces();
  const sizes = [1, 2, 3].map(() => {
    pieces.cut();
    return pieces.size;
  });
  assert.deepEqual(sizes, [SMALLEST, SMALLEST, SMALLEST]);
});

test("a proxy that takes 1 MB is found out once", () => {
  const pieces = new Pieces();
  const refused = [];
  for (let left = 20 * KIB * KIB; left > 0; ) {
    if (pieces.size > 1024 * KIB) {
      refused.push(pieces.size);
      assert.equal(pieces.tooLarge(), true);
      continue;
    }
    left -= pieces.size;
    pieces.sent(pieces.size, 10);
  }
  assert.deepEqual(refused, [2048 * KIB]);
  assert.equal(pieces.size, 1024 * KIB);
});

test("a proxy that takes nothing at all is not asked for ever", () => {
  const pieces = new Pieces();
  assert.deepEqual([pieces.tooLarge(), pieces.tooLarge()], [true, false]);
});

test("a speed that cannot be measured gives whole bytes", () => {
  const pieces = new Pieces();
  pieces.sent(700_001, 0);
  pieces.sent(700_001, 12_345.6);
  assert.ok(Number.isInteger(pieces.size));
});
