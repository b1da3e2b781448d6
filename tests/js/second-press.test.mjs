import assert from "node:assert/strict";
import { test } from "node:test";
import { deedOf, isSame, isSecond } from "../../static/js/shared/second-press.js";

const button = ({ id = "", value = "", form = null, attributes = {}, dataset = {} } = {}) => ({
  id,
  name: "done",
  value,
  form: form && { getAttribute: () => form },
  dataset,
  getAttribute: (name) => attributes[name] ?? null,
});
const pressed = (control) => ({ control, deed: deedOf(control) });

test("a mouse counts its presses", () => {
  assert.equal(isSecond({ detail: 1, pointerType: "mouse", timeStamp: 1010 }, 1000), false);
  assert.equal(isSecond({ detail: 2, pointerType: "mouse", timeStamp: 9000 }, 1000), true);
});

test("of a finger the time between two taps counts", () => {
  assert.equal(isSecond({ detail: 1, pointerType: "touch", timeStamp: 1399 }, 1000), true);
  assert.equal(isSecond({ detail: 1, pointerType: "touch", timeStamp: 1400 }, 1000), false);
});

test("a click that does not know its pointer is of the pointer that went down, or else of any", () => {
  assert.equal(isSecond({ detail: 1, timeStamp: 1399 }, 1000, "touch"), true);
  assert.equal(isSecond({ detail: 1, timeStamp: 1399 }, 1000, "mouse"), false);
  assert.equal(isSecond({ detail: 2, timeStamp: 1399 }, 1000, "mouse"), true);
  assert.equal(isSecond({ detail: 1, timeStamp: 1399 }, 1000), true);
});

test("two keys, or a click that a module makes, are no double press", () => {
  assert.equal(isSecond({ detail: 0, timeStamp: 1010 }, 1000, "touch"), false);
  assert.equal(isSecond({ detail: 0, timeStamp: 1010 }, 1000), false);
});

test("a button that stayed and does the same is the same", () => {
  const control = button({ form: "/stil/" });
  assert.equal(isSame(control, pressed(control)), true);
  assert.equal(isSame(button({ form: "/stil/" }), pressed(control)), false);
  assert.equal(isSame(control, null), false);
});

test("a button that stayed and does something else by now is another", () => {
  const control = button({ value: "1", form: "/kies/" });
  const first = pressed(control);
  control.value = "0";
  assert.equal(isSame(control, first), false);
  control.value = "1";
  control.form = { getAttribute: () => "/verder/" };
  assert.equal(isSame(control, first), false);
});

test("a button of a form that is ready for the next thing does something else by now", () => {
  const key = { name: "key", value: "1" };
  const control = button({ form: "/noteer/" });
  control.form.elements = [{ name: "text", value: "kring" }, key];
  const first = pressed(control);
  assert.equal(isSame(control, first), true);
  key.value = "2";
  assert.equal(isSame(control, first), false);
});

test("a button that may be pressed again is known by its id", () => {
  const first = pressed(button({ id: "omhoog" }));
  assert.equal(isSame(button({ id: "omhoog", dataset: { again: "" } }), first), true);
  assert.equal(isSame(button({ id: "omlaag", dataset: { again: "" } }), first), false);
  assert.equal(isSame(button({ id: "omhoog" }), first), false);
});

test("a link does what its address says, a button what its own address says before its form's", () => {
  assert.notEqual(
    deedOf(button({ attributes: { href: "?stap=1" } })),
    deedOf(button({ attributes: { href: "?stap=2" } })),
  );
  const own = { form: "/vraag/", attributes: { formaction: "/einde/" } };
  assert.equal(deedOf(button(own)), deedOf(button({ ...own, form: "/andere/" })));
});
