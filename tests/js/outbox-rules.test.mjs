import assert from "node:assert/strict";
import { test } from "node:test";
import { counted, fateOf, isOver, placeOf } from "../../static/js/shared/outbox-rules.js";

const DAY_MS = 86_400_000;
const OURS = new Headers({ "X-From-Portal": "1" });
const answer = (status, headers = OURS) => ({ status, type: "basic", headers, ok: status >= 200 && status < 300 });

test("what waits is gone after seven days, and not before", () => {
  assert.equal(isOver({ when: 1000 }, 1000 + 7 * DAY_MS), false);
  assert.equal(isOver({ when: 1000 }, 1001 + 7 * DAY_MS), true);
});

test("a redirect means that the form was taken, as it does for a browser", () => {
  assert.equal(fateOf({ status: 0, ok: false, type: "opaqueredirect" }, false), "sent");
});

test("what the server refuses is shown and not sent again; what may pass waits; who is another stops", () => {
  const fates = [200, 400, 401, 403, 404, 409, 422, 429, 500, 503].map((status) => [
    status,
    fateOf(answer(status), false),
  ]);
  assert.deepEqual(fates, [
    [200, "sent"],
    [400, "refused"],
    [401, "stop"],
    [403, "refused"],
    [404, "refused"],
    [409, "refused"],
    [422, "refused"],
    [429, "wait"],
    [500, "wait"],
    [503, "wait"],
  ]);
});

test("what another answers in the portal's place sent nothing and refuses nothing: it waits", () => {
  for (const status of [200, 401, 403, 404, 413, 422, 502]) {
    assert.equal(fateOf(answer(status, new Headers()), false), "wait", String(status));
  }
});

test("a 403 for an old token never counts as a no", () => {
  assert.equal(fateOf(answer(403), true), "stop");
});

test("the same key, shared text or words take one place, and of each account its own", () => {
  const item = (fields, account = "1") => placeOf({ account, action: "/a/", fields });
  const same = [
    [
      [
        ["key", "k1"],
        ["text", "een"],
      ],
      [
        ["key", "k1"],
        ["text", "anders"],
      ],
    ],
    [
      [["point-key", "k1"]],
      [
        ["point-key", "k1"],
        ["point-text", "meer"],
      ],
    ],
    [
      [
        ["version", "v1"],
        ["tops", "een"],
      ],
      [
        ["version", "v2"],
        ["tops", "twee"],
      ],
    ],
    [[["text", "een"]], [["text", "een"]]],
  ];
  for (const [one, other] of same) assert.equal(item(one), item(other));
  assert.notEqual(item([["key", "k1"]]), item([["key", "k2"]]));
  assert.notEqual(item([["text", "een"]]), item([["text", "twee"]]));
  assert.notEqual(item([["key", "k1"]]), item([["key", "k1"]], "2"));
});

test("one thing is one", () => {
  assert.deepEqual(
    [1, 2].map((count) => counted(count, "1 ding wacht.", "{n} dingen wachten.")),
    ["1 ding wacht.", "2 dingen wachten."],
  );
});
