import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { refusalOf, refusalOfFile } from "../../static/js/shared/film-kind.js";

const rows = JSON.parse(readFileSync(new URL("../video_feedback/first_bytes.json", import.meta.url), "utf8"));
const bytesOf = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

for (const { name, bytes, refusal } of rows) {
  test(`of the first bytes, ${name} is ${refusal ? `refused as ${refusal}` : "let through"}`, () => {
    assert.equal(refusalOf(bytesOf(bytes)), refusal);
  });
}

test("only the first bytes of a file are read", async () => {
  const asked = [];
  const file = {
    slice: (begin, end) => {
      asked.push([begin, end]);
      return new Blob([bytesOf(rows[0].bytes)]);
    },
  };
  assert.equal(await refusalOfFile(file), rows[0].refusal);
  assert.deepEqual(asked, [[0, 64 * 1024]]);
});

test("a file that cannot be read now is not refused for that", async () => {
  const file = { slice: () => ({ arrayBuffer: () => Promise.reject(new Error("gone")) }) };
  assert.equal(await refusalOfFile(file), null);
});
