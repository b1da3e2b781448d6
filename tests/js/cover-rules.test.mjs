import assert from "node:assert/strict";
import { test } from "node:test";
import {
  boxAt,
  cropOf,
  inCrop,
  pixelsOf,
  placed,
  resized,
  SMALLEST,
  silencesIn,
  silentSamples,
  withKey,
} from "../../static/js/shared/cover-rules.js";

const box = { x: 0.2, y: 0.2, w: 0.4, h: 0.4 };
const near = (one, other) => {
  for (const name of Object.keys(other)) assert.ok(Math.abs(one[name] - other[name]) < 1e-9, JSON.stringify(one));
};

test("a box that is moved or resized stays within the picture", () => {
  near(placed(box, 0.9, -3), { x: 0.6, y: 0, w: 0.4, h: 0.4 });
  near(resized(box, 5, 0), { x: 0.2, y: 0.2, w: 0.8, h: SMALLEST });
});

test("a box that stays is at its place at every moment", () => {
  for (const t of [-5, 0, 3, 900]) near(boxAt([{ t: 3, box }], t), box);
});

test("a box that goes along is between its keys on a straight line, and never gone before or after", () => {
  const cover = [
    { t: 2, box },
    { t: 4, box: { x: 0.6, y: 0.2, w: 0.2, h: 0.4 } },
  ];
  near(boxAt(cover, 3), { x: 0.4, y: 0.2, w: 0.3, h: 0.4 });
  near(boxAt(cover, 0), box);
  near(boxAt(cover, 2), box);
  near(boxAt(cover, 9), cover[1].box);
});

test("a key that is set again at its moment takes the place of the one before", () => {
  const other = { ...box, x: 0.5 };
  const cover = withKey(withKey([{ t: 4, box }], 1, box), 4, other);
  assert.deepEqual(
    cover.map(({ t }) => t),
    [1, 4],
  );
  near(cover[1].box, other);
});

test("a box takes every pixel that it touches, and no others when it ends between two", () => {
  assert.deepEqual(pixelsOf(box, { width: 100, height: 50 }), { left: 20, top: 10, width: 40, height: 20 });
  assert.deepEqual(pixelsOf({ x: 0.101, y: 0, w: 0.101, h: 1 }, { width: 100, height: 10 }), {
    left: 10,
    top: 0,
    width: 11,
    height: 10,
  });
});

test("a box outside of the picture takes nothing, and one that sticks out is cut off", () => {
  assert.equal(pixelsOf({ x: 1.2, y: 0, w: 0.2, h: 0.2 }, { width: 100, height: 100 }), null);
  assert.deepEqual(pixelsOf({ x: -0.1, y: 0.9, w: 0.2, h: 0.4 }, { width: 100, height: 100 }), {
    left: 0,
    top: 90,
    width: 10,
    height: 10,
  });
});

test("a crop is in even pixels, and shows not a line more than was chosen", () => {
  for (const [width, height] of [
    [1280, 720],
    [719, 1281],
    [64, 48],
  ]) {
    for (let turn = 1; turn < 40; turn += 1) {
      const crop = { x: turn / 83, y: turn / 97, w: 0.3 + turn / 131, h: 0.5 - turn / 211 };
      const kept = cropOf(crop, { width, height });
      for (const value of Object.values(kept)) assert.equal(value % 2, 0);
      assert.ok(kept.left >= crop.x * width - 1e-6 && kept.top >= crop.y * height - 1e-6);
      assert.ok(kept.left + kept.width <= (crop.x + crop.w) * width + 1e-6);
      assert.ok(kept.top + kept.height <= (crop.y + crop.h) * height + 1e-6);
    }
  }
});

test("a box lies on the same place of the picture after a crop", () => {
  const crop = { x: 0.25, y: 0.5, w: 0.5, h: 0.5 };
  near(inCrop({ x: 0.5, y: 0.5, w: 0.25, h: 0.25 }, crop), { x: 0.5, y: 0, w: 0.5, h: 0.5 });
  near(inCrop(box, null), box);
});

test("what is silent in a recording is silent in the fragment at its own time, and nowhere else", () => {
  const silences = [
    { from: 5, to: 12 },
    { from: 14, to: 15 },
    { from: 38, to: 50 },
    { from: 60, to: 61 },
  ];
  assert.deepEqual(silencesIn(silences, { start: 10, end: 40 }), [
    { from: 0, to: 2 },
    { from: 4, to: 5 },
    { from: 28, to: 30 },
  ]);
});

test("of a piece of sound every sample that a silence touches is silent", () => {
  const piece = { timestamp: 1, count: 1000, rate: 1000 };
  assert.deepEqual(silentSamples([{ from: 1.2504, to: 1.5001 }], piece), [[250, 501]]);
  assert.deepEqual(silentSamples([{ from: 0, to: 9 }], piece), [[0, 1000]]);
  assert.deepEqual(silentSamples([{ from: 2, to: 9 }], piece), []);
});
