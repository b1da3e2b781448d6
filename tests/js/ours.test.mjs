import assert from "node:assert/strict";
import { test } from "node:test";
import { isOurs, responseOf, sentenceIn } from "../../static/js/shared/ours.js";

const TEXT = "text/plain; charset=utf-8";
const OURS = { "X-From-Portal": "1" };
const answer = (body, type, headers = {}) => new Response(body, { headers: { "Content-Type": type, ...headers } });

test("a sentence of the portal is shown", async () => {
  assert.equal(await sentenceIn(answer("Dit bestand is leeg.\n", TEXT, OURS)), "Dit bestand is leeg.");
});

test("a page is no sentence, whoever sent it", async () => {
  const page = "<html><h1>413 Request Entity Too Large</h1><hr>nginx</html>";
  assert.equal(await sentenceIn(answer(page, "text/html")), "");
  assert.equal(await sentenceIn(answer(page, "text/html", OURS)), "");
});

test("a sentence of a proxy is not shown, also when it names itself as the portal does", async () => {
  assert.equal(await sentenceIn(answer("Bad Gateway", TEXT)), "");
  assert.equal(await sentenceIn(answer("Bad Gateway", TEXT, { Server: "Netwerkleren" })), "");
});

test("an answer of htmx or tus is read in the same way", async () => {
  const xhr = (headers) => ({
    status: 413,
    responseText: "Te groot.",
    getResponseHeader: (name) => headers[name] ?? null,
  });
  const [ours, theirs] = [{ ...OURS, "Content-Type": TEXT }, { "Content-Type": TEXT }].map((headers) =>
    responseOf(xhr(headers)),
  );
  assert.deepEqual([isOurs(ours), await sentenceIn(ours)], [true, "Te groot."]);
  assert.deepEqual([isOurs(theirs), await sentenceIn(theirs)], [false, ""]);
});
