/* A recording through an nginx that takes 1 MB at most, in Firefox: tests/e2e/test_proxies.py, and under another name. */
import assert from "node:assert/strict";
import { copyFile, mkdtemp, utimes } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, shell, shows, until } from "./support/room.mjs";

const { seed, names, largeFilm, largeBytes } = JSON.parse(process.env.TABLET);
const { NGINX_URL } = process.env;

let browser;
let rooms;

before(async () => {
  browser = await launch();
  const line = (await shell(seed)).split("\n").find((printed) => printed.startsWith("SEEDED"));
  const [, ...words] = line.trim().split(" ");
  rooms = Array.from({ length: words.length / names.length }, (_, at) =>
    Object.fromEntries(names.map((name, index) => [name, words[at * names.length + index]])),
  );
});
after(() => browser.close());

/** The page of a fragment in a browser of its own, and the offsets that the portal told it. */
async function open() {
  const room = rooms.pop();
  const context = await browser.createBrowserContext();
  await context.setCookie({ name: "sessionid", value: room.session, domain: "127.0.0.1", path: "/" });
  const address = `${NGINX_URL}/fragmenten/${room.clip}/`;
  const tab = async () => {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(address);
    return page;
  };
  return { context, tab };
}

const choose = async (page, film) => {
  await (await page.$("[name=file]")).uploadFile(film);
  await page.$eval("[name=goes_whole]", (tick) => {
    tick.checked = true;
  });
};
const send = (page) => page.$eval("upload-recording [data-send]", (button) => button.click());

test("through an nginx that takes 1 MB a recording arrives whole, and no page of nginx is shown", async () => {
  const { context, tab } = await open();
  const page = await tab();
  const taken = [];
  page.on("response", (response) => {
    if (response.request().method() !== "PATCH") return;
    taken.push([response.status(), Number(response.headers()["upload-offset"])]);
  });
  await choose(page, largeFilm);
  await send(page);
  await shows(page, "Wie mag kijken?");
  assert.equal(taken.filter(([status]) => status === 413).length, 1);
  assert.equal(taken.at(-1)[1], largeBytes);
  await context.close();
});

test("the same film under another name goes on where it was", async () => {
  const { context, tab } = await open();
  const page = await tab();
  await choose(page, largeFilm);
  await send(page);
  await until(page, () => document.querySelector("upload-recording progress").value > 0);
  await page.close();
  const again = join(await mkdtemp(join(tmpdir(), "film-")), "trim.8A1F0C2E.MOV");
  await copyFile(largeFilm, again);
  await utimes(again, 1, 1);

  const later = await tab();
  const offsets = [];
  later.on("request", (request) => {
    if (request.method() === "PATCH") offsets.push(Number(request.headers()["upload-offset"]));
  });
  await choose(later, again);
  await send(later);
  await shows(later, "Wie mag kijken?");
  assert.ok(offsets[0] > 0, `it began at ${offsets[0]}`);
  await context.close();
});
