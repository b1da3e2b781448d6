/* A film is looked at and responded to in Firefox too: tests/e2e/test_respond.py. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launch, shell, until } from "./support/room.mjs";

const { seed, names, uprightFilm } = JSON.parse(process.env.TABLET);
const { PORTAL_URL } = process.env;

let browser;
let page;

before(async () => {
  browser = await launch();
  const line = (await shell(seed)).split("\n").find((printed) => printed.startsWith("SEEDED"));
  const [, ...words] = line.trim().split(" ");
  const room = Object.fromEntries(names.map((name, index) => [name, words[index]]));
  await shell(uprightFilm.replace("CLIP", room.shared));
  const context = await browser.createBrowserContext();
  await context.setCookie({ name: "sessionid", value: room.session, domain: new URL(PORTAL_URL).hostname, path: "/" });
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.setViewport({ width: 390, height: 844 });
  await page.goto(`${PORTAL_URL}/fragmenten/${room.shared}/`);
});
after(() => browser.close());

const now = () => page.$eval("clip-player video", (video) => Math.round(video.currentTime * 100) / 100);
const focus = (selector) => page.$eval(selector, (element) => element.focus());

test("keys go through it, a stretch is played again and again, and its captions are there", async () => {
  await page.$eval("video", (video) => {
    video.muted = true;
    video.preload = "auto";
    video.load();
  });
  await until(page, () => document.querySelector("video").readyState >= 2);
  await until(page, () => document.querySelector("video").textTracks[0].cues?.length === 1);
  await focus("[data-do=play]");
  for (const [key, second] of [
    [".", 0.04],
    [".", 0.08],
    [",", 0.04],
    ["j", 0],
    ["k", null],
  ]) {
    await page.keyboard.press(key);
    if (second !== null) assert.equal(await now(), second, key);
  }
  await until(page, () => document.querySelector("video").played.length > 0);
  await page.$eval("video", (video) => video.pause());

  const loop = () => page.$eval("[data-do=loop]", (button) => button.click());
  const at = (second) =>
    page.$eval("video", (video, to) => Object.assign(video, { currentTime: to }).currentTime, second);
  await at(0.1);
  await loop();
  await at(0.4);
  await loop();
  const passes = () => {
    const video = document.querySelector("video");
    window.back ??= [];
    if (!window.hears) video.addEventListener("seeked", () => window.back.push(video.currentTime));
    window.hears = true;
    return window.back.filter((moment) => moment < 0.2).length >= 2;
  };
  await until(page, passes);
  await loop();
});

test("on a phone the upright film stays in view above the form, letters are no keys, and a draft is told apart", async () => {
  await page.$eval("video", (video) => video.pause());
  await focus("[data-respond] [name=text]");
  const before = await now();
  await page.keyboard.type("jkl");
  assert.equal(await now(), before);
  const seen = await page.evaluate(() => {
    const { top } = document.querySelector(".player").getBoundingClientRect();
    const { bottom } = document.querySelector("[data-respond] [name=text]").getBoundingClientRect();
    return [top >= 0, bottom <= window.innerHeight];
  });
  assert.deepEqual(seen, [true, true]);

  await page.$eval("[data-respond] > button", (button) => button.click());
  await until(page, () => document.querySelector("button.mk.draft") !== null);
  const [width, height] = await page.$eval("button.mk.draft", ({ offsetWidth, offsetHeight }) => [
    offsetWidth,
    offsetHeight,
  ]);
  assert.ok(width >= 44 && height >= 44, `${width} x ${height}`);
  assert.equal(await page.$eval("button.mk.draft .kind", (kind) => getComputedStyle(kind).outlineStyle), "dashed");
});
