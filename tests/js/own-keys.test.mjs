import assert from "node:assert/strict";
import { test } from "node:test";
import { isPlain } from "../../static/js/shared/own-keys.js";

const key = (held = {}) => ({ getModifierState: (name) => name === held.state, ...held });

test("a key by itself is a shortcut", () => {
  assert.equal(isPlain(key()), true);
});

test("a key that is held with another, or that composes a letter, is not", () => {
  for (const held of ["ctrlKey", "metaKey", "altKey", "shiftKey", "isComposing"]) {
    assert.equal(isPlain(key({ [held]: true })), false, held);
  }
  assert.equal(isPlain(key({ state: "AltGraph" })), false);
});
