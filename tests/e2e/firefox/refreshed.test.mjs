/* What the reader has survives a refresh by what others do: tests/e2e/test_morph.py, in Firefox. */
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { asks, launch, Room, shows, wasRefreshed } from "./support/room.mjs";

let browser;
let room;

before(async () => {
  browser = await launch();
});
after(() => browser.close());
beforeEach(async () => {
  room = await Room.make(browser);
});
afterEach(() => room.leave());

const LEADING = "/bijeenkomsten/{meeting}/leiden/";
const REFRESHES = {
  "another stops the time": () => room.someoneElse("stops the time"),
  "the minute turns": (page) => page.evaluate(() => window.turnTheMinute()),
};

/** Before the last onderdeel, ending stands in "Meer". */
async function askToEnd(page) {
  await page.click("#more > summary");
  await page.click("form[action$='/einde/'] button");
  await asks(page);
}

for (const [words, refresh] of Object.entries(REFRESHES)) {
  test(`a question that is open while ${words} does what yes says`, async () => {
    const page = await room.open("coach", LEADING);
    await askToEnd(page);
    await refresh(page);
    await wasRefreshed(page);
    assert.ok(await page.$("#confirm[open]"));

    await Promise.all([page.waitForNavigation(), page.click("#confirm [value=yes]")]);
    const after = await room.open("coach", LEADING);
    await shows(after, "De bijeenkomst is afgerond");
  });
}

test("a yes to what is gone by now says so", async () => {
  const page = await room.open("coach", LEADING);
  await askToEnd(page);
  await room.someoneElse("ends the meeting");
  await wasRefreshed(page);

  await page.click("#confirm [value=yes]");
  await shows(page, "Dit is intussen veranderd. Kijk nog eens.");
  assert.equal(await page.$("#confirm[open]"), null);
});

test("what is being typed survives that what stood above it goes", async () => {
  const page = await room.open("member", "/bijeenkomsten/{meeting}/meetlat/");
  await page.evaluate(() => {
    const row = [...document.querySelectorAll(".ending")].find((one) => one.textContent.includes("Hoe stop ik?"));
    row.querySelector("[aria-expanded]").click();
  });
  const field = await page.waitForSelector(".ending [name$=destination]");
  await page.evaluate(() => {
    const fold = document.querySelector(".ending [name$=destination]").closest("details");
    if (fold) fold.open = true;
    window.swaps = 0;
  });
  await field.type("Directie");
  await field.evaluate((input) => input.setSelectionRange(3, 5));
  await room.someoneElse("ends the first question");
  await wasRefreshed(page);

  const state = await field.evaluate((input) => ({
    isThere: input.isConnected,
    hasFocus: document.activeElement === input,
    text: input.value,
    selection: [input.selectionStart, input.selectionEnd],
    questions: document.querySelectorAll(".finishing > li").length,
  }));
  const expected = { isThere: true, hasFocus: true, text: "Directie", selection: [3, 5], questions: 1 };
  assert.deepEqual(state, expected);
});

test("a film plays on", async () => {
  const page = await room.open("member", "/fragmenten/{clip}/");
  const film = await page.$("video");
  await film.evaluate((video) => {
    video.muted = true;
    return video.play();
  });
  await room.someoneElse("gives feedback");
  await shows(page, "Wat een rust");

  const before = await film.evaluate((video) => video.currentTime);
  await new Promise((go) => setTimeout(go, 500));
  const [isThere, isPaused, now] = await film.evaluate((video) => [video.isConnected, video.paused, video.currentTime]);
  assert.deepEqual([isThere, isPaused], [true, false]);
  assert.ok(now > before);
});
