import assert from "node:assert/strict";
import { test } from "node:test";
import { standingOf } from "../../static/js/shared/who-rules.js";

test("what one account typed goes as that account alone", () => {
  const cases = [
    ["7", { account: "7" }, "same"],
    ["7", { account: "8" }, "other"],
    ["7", { account: "" }, "signed out"],
    ["7", null, "offline"],
    ["", { account: "" }, "same"],
    ["", { account: "7" }, "signed in"],
    ["", null, "offline"],
  ];
  assert.deepEqual(
    cases.map(([typedBy, found]) => standingOf(typedBy, found)),
    cases.map(([, , stands]) => stands),
  );
});
