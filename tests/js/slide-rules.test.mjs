import assert from "node:assert/strict";
import { test } from "node:test";
import { turnedBy, within } from "../../static/js/shared/slide-rules.js";

test("arrows and a clicker turn one slide on or back", () => {
  for (const key of ["ArrowRight", "ArrowDown", "PageDown"]) assert.equal(turnedBy(key, 3, 9), 4);
  for (const key of ["ArrowLeft", "ArrowUp", "PageUp"]) assert.equal(turnedBy(key, 3, 9), 2);
});

test("Home and End lead to the first and the last", () => {
  assert.equal(turnedBy("Home", 5, 9), 1);
  assert.equal(turnedBy("End", 5, 9), 9);
});

test("before the first and after the last there is nothing", () => {
  assert.equal(turnedBy("ArrowLeft", 1, 9), 1);
  assert.equal(turnedBy("PageDown", 9, 9), 9);
  assert.equal(within(40, 9), 9);
  assert.equal(within(0, 9), 1);
});

test("another key is none of ours", () => {
  for (const key of ["d", "Enter", " ", "Tab", "toString"]) assert.equal(turnedBy(key, 3, 9), null);
});
