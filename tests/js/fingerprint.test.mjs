import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { fingerprintOf } from "../../static/js/shared/fingerprint.js";

const MIB = 1024 * 1024;

function film(length, { name = "IMG_0042.mov", lastModified = 1, change = [] } = {}) {
  const bytes = new Uint8Array(length).map((_, at) => at % 251);
  for (const at of change) bytes[at] ^= 1;
  return { bytes, file: new File([bytes], name, { lastModified }) };
}

test("it is the SHA-256 of the first MiB and the last", async () => {
  const { bytes, file } = film(3 * MIB);
  const ends = Buffer.concat([bytes.subarray(0, MIB), bytes.subarray(2 * MIB)]);
  assert.equal(await fingerprintOf(file), createHash("sha256").update(ends).digest("hex"));
});

test("another name and another date are the same film; another beginning or end is not", async () => {
  const first = await fingerprintOf(film(3 * MIB).file);
  assert.equal(await fingerprintOf(film(3 * MIB, { name: "trim.8A1F.mov", lastModified: 99 }).file), first);
  for (const change of [[0], [MIB - 1], [2 * MIB], [3 * MIB - 1]]) {
    assert.notEqual(await fingerprintOf(film(3 * MIB, { change }).file), first, String(change));
  }
});

test("a film of less than a MiB has one too", async () => {
  assert.match(await fingerprintOf(film(10).file), /^[0-9a-f]{64}$/);
});

test("what cannot be read now has none", async () => {
  const gone = () => {
    throw new Error("NotReadableError");
  };
  assert.equal(await fingerprintOf({ slice: gone }), "");
});
