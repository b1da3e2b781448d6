import assert from "node:assert/strict";
import { mock, test } from "node:test";

/* What a browser gives, as far as following needs it. One page for all tests: the stream is the page's. */
const asked = [];
let answer = () => respond(304);
const respond = (status, body = {}, ours = "1") => ({
  status,
  headers: new Headers({ "X-From-Portal": ours }),
  json: async () => body,
});
class Stream {
  static opened = [];
  constructor(url) {
    Object.assign(this, { url, isOpen: true });
    Stream.opened.push(this);
  }
  close() {
    this.isOpen = false;
  }
  static get last() {
    return Stream.opened.at(-1);
  }
}
const page = Object.assign(new EventTarget(), {
  hidden: false,
  body: { dataset: { live: "events" } },
  documentElement: { classList: { toggle: (_name, isOn) => (page.isBlind = isOn) } },
  isBlind: false,
  querySelector: () => null,
});
const windowEvents = new EventTarget();
Object.assign(globalThis, {
  document: page,
  location: { reload: () => (page.isReloaded = true) },
  EventSource: Stream,
  addEventListener: windowEvents.addEventListener.bind(windowEvents),
  fetch: async (url, { headers }) => {
    asked.push([url, headers["If-None-Match"]]);
    return answer();
  },
});
const network = { onLine: true };
Object.defineProperty(globalThis, "navigator", { value: network, configurable: true });
performance.getEntriesByType = () => [];
mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_800_000_000_000 });
const { follow } = await import("../../static/js/shared/follow.js");

/** Lets so much time go by, with all that is answered meanwhile. */
async function pass(ms) {
  for (let left = ms; left > 0; left -= 100) {
    mock.timers.tick(Math.min(100, left));
    for (let turn = 0; turn < 20; turn++) await null;
  }
}
const say = (line) => Stream.last.onmessage({ data: line });
const asks = async (ms) => {
  asked.length = 0;
  await pass(ms);
  return asked.length;
};

const seen = [];
const following = [
  follow("meeting:1", (version) => seen.push(["meeting", version]), 3),
  follow("meetlat:1", (version) => seen.push(["meetlat", version]), 7),
];

test("until the stream says something the page asks", async () => {
  await pass(1100);
  assert.deepEqual(asked[0], ["/live/meeting:1/", '"3"']);
  assert.ok(asked.length >= 4);
});

test("one stream carries all topics of the page", () => {
  assert.deepEqual(
    Stream.opened.map(({ url }) => url),
    ["/stroom/?topic=meeting:1&topic=meetlat:1"],
  );
});

test("once it speaks nobody asks any more, and what it tells is shown once", async () => {
  say("meeting:1 3");
  say("meetlat:1 7");
  await pass(1000);
  assert.equal(await asks(10_000), 0);
  say("meetlat:1 8");
  say("meetlat:1 8");
  await pass(100);
  assert.deepEqual(seen.splice(0), [["meetlat", 8]]);
});

test("what the page was told by itself is not shown again", async () => {
  following[0].know(4);
  say("meeting:1 4");
  await pass(100);
  assert.deepEqual(seen, []);
});

test("a stream that falls silent is given up, and the page asks at once", async () => {
  say("");
  await pass(24_900);
  assert.ok(Stream.last.isOpen);
  const before = Stream.last;
  assert.ok((await asks(1000)) >= 2);
  assert.ok(!before.isOpen);
});

test("it is opened again soon, and what came meanwhile is shown", async () => {
  await pass(2000);
  assert.equal(Stream.opened.length, 2);
  say("meeting:1 6");
  say("meetlat:1 8");
  await pass(2100);
  assert.deepEqual(seen.splice(0), [["meeting", 6]]);
  assert.equal(await asks(5000), 0);
});

test("a page that nobody sees closes its stream, and asks every five seconds", async () => {
  page.hidden = true;
  page.dispatchEvent(new Event("visibilitychange"));
  assert.ok(!Stream.last.isOpen);
  await pass(100);
  assert.equal(await asks(10_000), 4);
  page.hidden = false;
  page.dispatchEvent(new Event("visibilitychange"));
  await pass(100);
  say("meeting:1 6");
  await pass(5000);
  assert.equal(await asks(5000), 0);
});

test("without a network the page says so within seconds, and it says so no more when there is one", async () => {
  answer = () => {
    throw new TypeError("no network");
  };
  const tried = Stream.opened.length;
  network.onLine = false;
  windowEvents.dispatchEvent(new Event("offline"));
  await pass(4000);
  assert.ok(page.isBlind);
  assert.equal(Stream.opened.length, tried);
  answer = () => respond(304);
  network.onLine = true;
  windowEvents.dispatchEvent(new Event("online"));
  await pass(5100);
  assert.ok(!page.isBlind);
});

test("at its third break in five minutes it is left alone for minutes, and the page asks every two seconds", async () => {
  const tried = Stream.opened.length;
  await pass(280_000);
  assert.equal(Stream.opened.length, tried);
  assert.equal(await asks(10_000), 10);
  await pass(10_000);
  assert.equal(Stream.opened.length, tried + 1);
});

test("who may see it no more is told by the page itself", async () => {
  answer = () => respond(404);
  await pass(2100);
  assert.ok(page.isReloaded);
});

test("who follows no more asks no more", async () => {
  for (const one of following) one.stop();
  await pass(2100);
  assert.equal(await asks(60_000), 0);
});
