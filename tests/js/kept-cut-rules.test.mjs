import assert from "node:assert/strict";
import { test } from "node:test";
import { folderOf, isOver, keptUntil } from "../../static/js/shared/kept-cut-rules.js";

const NOW = 1_764_000_000_000;
const DAY = 86_400_000;

test("what was cut waits seven days and no longer", () => {
  const kept = { until: keptUntil(NOW) };
  assert.equal(isOver(kept, NOW + 7 * DAY - 1), false);
  assert.equal(isOver(kept, NOW + 7 * DAY), true);
});

test("what says nothing of its end, or an end that was never written here, is over", () => {
  for (const until of [undefined, null, "morgen", Number.NaN, NOW + 8 * DAY])
    assert.equal(isOver({ until }, NOW), true);
});

test("an account and a fragment are folders by their ids alone", () => {
  assert.equal(folderOf("0b9c2e4e-1111-4222-8333-444455556666"), "0b9c2e4e-1111-4222-8333-444455556666");
  assert.equal(folderOf(17), "17");
  for (const id of ["", "..", "a/b", "naam", undefined]) assert.throws(() => folderOf(id));
});
