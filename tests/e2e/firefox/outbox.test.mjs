/* Nothing typed is lost, on a tablet that two people share: tests/e2e/test_outbox.py, in Firefox. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { Network } from "./support/network.mjs";
import { launch, shell, shows, until } from "./support/room.mjs";

const { seed, names, password, film } = JSON.parse(process.env.TABLET);
const NOTEREN = "/talentmomenten/";

let browser;
let rooms;
let network;
let room;
let context;

before(async () => {
  browser = await launch();
  const line = (await shell(seed)).split("\n").find((printed) => printed.startsWith("SEEDED"));
  const [, ...words] = line.trim().split(" ");
  rooms = Array.from({ length: words.length / names.length }, (_, at) =>
    Object.fromEntries(names.map((name, index) => [name, words[at * names.length + index]])),
  );
});
after(() => browser.close());

beforeEach(async () => {
  room = rooms.pop();
  network = new Network(process.env.PORTAL_URL);
  await network.on();
  context = await browser.createBrowserContext();
  await context.setCookie({ name: "sessionid", value: room.session, domain: "127.0.0.1", path: "/" });
});
afterEach(async () => {
  await context.close();
  await network.off().catch(() => {});
});

async function tab(path) {
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(network.url + path);
  return page;
}

const evaluation = () => `/bijeenkomsten/${room.meeting}/evaluatie/`;
const field = (page, name) => page.$(`[name=${name}]`);

async function fill(page, name, text) {
  const input = await field(page, name);
  await input.evaluate((element) => element.focus());
  await input.type(text);
}

async function paste(page, name, text) {
  const input = await field(page, name);
  await input.evaluate((element, pasted) => {
    element.value = pasted;
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }, text);
}

const contentOf = (page, name) => page.$eval(`[name=${name}]`, (input) => input.value);
const press = (page, selector) => page.$eval(selector, (button) => button.click());
const send = (page) => press(page, "#noteer .btn.wide");

async function endSession() {
  const session = (await context.cookies()).filter(({ name }) => name === "sessionid");
  await context.deleteCookie(...session);
}

async function signIn(page, email) {
  await endSession();
  await page.goto(`${network.url}/account/login/`);
  await page.$eval("[name=login]", (input, text) => (input.value = text), email);
  await page.$eval("[name=password]", (input, text) => (input.value = text), password);
  await press(page, "form[action*=login] button.primary");
  await until(page, () => location.pathname === "/");
}

/** In another tab Sanne's session is over and this person signs in. */
async function elsewhere(email) {
  const page = await tab("/account/login/");
  await signIn(page, email);
  return page;
}

const noted = (page) =>
  page.evaluate(async (path) => {
    const html = await (await fetch(path)).text();
    const found = new DOMParser().parseFromString(html, "text/html").querySelectorAll("article.talentmoment");
    return [...found].map((each) => {
      const who = each.querySelector(".tools span").textContent.trim().split(" ")[0];
      return `${who}:${each.querySelector(".typed").textContent}`;
    });
  }, NOTEREN);

/** It comes a moment after the page. */
const shelfIsEmpty = (page) => until(page, () => document.querySelector("[data-shelf]")?.hidden);

test("a form and what saves itself go when the same person signed in elsewhere", async () => {
  const form = await tab(NOTEREN);
  const long = await tab(evaluation());
  await fill(form, "text", "Noor legde uit");
  await elsewhere(room.sanne);

  await fill(long, "tops", "Open sfeer");
  await shows(long, "Bewaard om");
  await send(form);
  await shows(form, "Bewaard. Je ziet het terug");
  assert.deepEqual(await noted(form), ["Sanne:Noor legde uit"]);
});

const choosesFilm = async (page) => {
  await (await field(page, "file")).uploadFile(film);
  await page.$eval("[name=goes_whole]", (tick) => {
    tick.checked = true;
  });
};

test("of a form, what saves itself and a recording nothing goes as another, and all goes as its writer", async () => {
  const form = await tab(NOTEREN);
  const long = await tab(evaluation());
  const upload = await tab(`/fragmenten/${room.clip}/`);
  await fill(form, "text", "Noor legde uit");
  await choosesFilm(upload);
  const other = await elsewhere(room.yusuf);

  await send(form);
  await shows(form, "Dit is van Sanne Wolters en is niet verstuurd.");
  await fill(long, "tops", "Van Sanne");
  await shows(long, "Dit is van Sanne Wolters en is niet bewaard.");
  await press(upload, "upload-recording [data-send]");
  await shows(upload, "Deze opname stuurde Sanne Wolters op");
  await long.close();
  await other.goto(network.url + NOTEREN);
  assert.equal(await other.$eval("[data-shelf]", (shelf) => shelf.hidden), true);
  assert.equal(await contentOf(form, "text"), "Noor legde uit");
  assert.deepEqual(await noted(other), []);

  await signIn(other, room.sanne);
  await shows(other, "2 dingen die wachtten, zijn verstuurd.");
  assert.deepEqual(await noted(other), ["Sanne:Noor legde uit"]);
  await press(upload, "upload-recording [data-send]");
  await shows(upload, "Wie mag kijken?");
});

test("without a network a form and what saves itself wait, and go once with two tabs open", async () => {
  const form = await tab(NOTEREN);
  const long = await tab(evaluation());
  const other = await tab("/");
  await network.off();
  await fill(form, "text", "In de trein");
  await send(form);
  await shows(form, "1 ding wacht op verbinding.");
  await fill(long, "tops", "Ook in de trein");
  await shows(long, "Nog niet bewaard.");
  await long.close();
  await shows(other, "2 dingen wachten op verbinding.");

  await network.on();
  for (const page of [form, other]) await page.evaluate(() => dispatchEvent(new Event("online")));
  for (const page of [form, other]) await shelfIsEmpty(page);
  assert.deepEqual(await noted(other), ["Sanne:In de trein"]);
  await other.goto(network.url + evaluation());
  assert.equal(await contentOf(other, "tops"), "Ook in de trein");
});

test("a recording waits for the network and goes on", async () => {
  const page = await tab(`/fragmenten/${room.clip}/`);
  await choosesFilm(page);
  await network.off();
  await press(page, "upload-recording [data-send]");
  await new Promise((go) => setTimeout(go, 300));
  await network.on();
  await shows(page, "Wie mag kijken?");
});

test("a refused token shows the text, and the form has it again", async () => {
  const page = await tab(NOTEREN);
  await fill(page, "text", "Noor legde uit");
  await page.evaluate(() => {
    const really = window.fetch;
    const headers = { "X-From-Portal": "1" };
    const answer = () => Response.json({ account: document.body.dataset.user, token: "x".repeat(64) }, { headers });
    window.fetch = (url, ...more) => (url === "/wie/" ? Promise.resolve(answer()) : really(url, ...more));
  });
  await send(page);
  await shows(page, "Er is niets verstuurd");
  assert.equal(await page.$eval("textarea[readonly]", (text) => text.value), "Noor legde uit");

  await press(page, "a.btn.primary");
  await until(page, () => document.querySelector("#noteer [name=text]")?.value === "Noor legde uit");
  await send(page);
  await shows(page, "Bewaard. Je ziet het terug");
});

test("what is refused stays where it was typed, and another recording goes", async () => {
  const long = await tab(evaluation());
  const tooLong = "Te lang. ".repeat(1200);
  await paste(long, "tops", tooLong);
  await shows(long, "tekens");
  await long.reload();
  assert.equal((await contentOf(long, "tops")).trim(), tooLong.trim());

  const form = await tab(NOTEREN);
  await paste(form, "text", tooLong);
  await send(form);
  await until(form, () => document.querySelector("#noteer .field.bad") !== null);
  assert.equal((await contentOf(form, "text")).trim(), tooLong.trim());
  assert.deepEqual(await noted(form), []);

  const upload = await tab(`/fragmenten/${room.clip}/`);
  const photo = join(tmpdir(), `foto-${process.pid}.mov`);
  writeFileSync(photo, Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(4096)]));
  await (await field(upload, "file")).uploadFile(photo);
  await shows(upload, "foto");
  await choosesFilm(upload);
  await press(upload, "upload-recording [data-send]");
  await shows(upload, "Wie mag kijken?");
});

test("of a second tab nothing is lost and nothing comes twice", async () => {
  const [long, longToo] = [await tab(evaluation()), await tab(evaluation())];
  await fill(long, "tops", "Van de eerste");
  await shows(long, "Bewaard om");
  await fill(longToo, "tops", "Van de tweede");
  await until(longToo, () => !document.querySelector("#terugkijken-whole [data-meanwhile]").hidden);
  await shows(longToo, "Van de eerste");
  assert.equal(await contentOf(longToo, "tops"), "Van de tweede");

  const forms = [await tab(NOTEREN), await tab(NOTEREN)];
  await fill(forms[0], "text", "In de eerste");
  await fill(forms[1], "text", "In de tweede");
  for (const form of forms) {
    await send(form);
    await shows(form, "Bewaard. Je ziet het terug"); // which goes by itself after a while
  }
  assert.deepEqual((await noted(forms[0])).sort(), ["Sanne:In de eerste", "Sanne:In de tweede"]);

  const uploads = [await tab(`/fragmenten/${room.clip}/`), await tab(`/fragmenten/${room.clip}/`)];
  for (const upload of uploads) await choosesFilm(upload);
  for (const upload of uploads) {
    await press(upload, "upload-recording [data-send]");
    await shows(upload, "Wie mag kijken?");
  }
});

test("two people, one tablet, no network", async () => {
  const first = await tab(NOTEREN);
  await first.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await network.off();
  const cold = await tab(NOTEREN);
  await shows(cold, "Je schrijft als Sanne Wolters");
  await fill(cold, "text", "Van Sanne, koud");
  await send(cold);
  await shows(cold, "1 ding wacht op verbinding.");
  await first.close();

  await endSession();
  await network.on();
  await signIn(cold, room.yusuf);
  await shelfIsEmpty(cold);
  assert.deepEqual(await noted(cold), []);
  await signIn(cold, room.sanne);
  await shows(cold, "Wat wachtte, is verstuurd.");
  assert.deepEqual(await noted(cold), ["Sanne:Van Sanne, koud"]);

  await press(cold, "[data-menu] form[action*=logout] button");
  await until(cold, () => location.pathname === "/account/login/");
  await network.off();
  const after = await tab(NOTEREN);
  await shows(after, "Log eerst in als er verbinding is.");
});
