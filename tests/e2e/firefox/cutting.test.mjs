/* A fragment is cut on the device in Firefox too: tests/e2e/test_cutting.py, with its films. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch, shell, shows, until } from "./support/room.mjs";

const { seed, names } = JSON.parse(process.env.TABLET);
const { films, start, end } = JSON.parse(process.env.CUTTING);
const { PORTAL_URL } = process.env;

let browser;
let page;

before(async () => {
  browser = await launch();
  const line = (await shell(seed)).split("\n").find((printed) => printed.startsWith("SEEDED"));
  const [, ...words] = line.trim().split(" ");
  const room = Object.fromEntries(names.map((name, index) => [name, words[index]]));
  const context = await browser.createBrowserContext();
  await context.setCookie({ name: "sessionid", value: room.session, domain: new URL(PORTAL_URL).hostname, path: "/" });
  page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(`${PORTAL_URL}/fragmenten/${room.clip}/knippen/`);
});
after(() => browser.close());

/** What the worker of the page makes of the film that was chosen, as base64; or why it makes nothing of it. */
const cutInPage = async (asked) => {
  const worker = new Worker(document.querySelector("cut-recording").dataset.worker, { type: "module" });
  const file = document.querySelector("#cut-file").files[0];
  const nothing = { sound: true, covers: [], crop: null, way: "flat", allBut: false, silences: [] };
  const given = { ...nothing, ...asked };
  const { done, failed, detail } = await new Promise((resolve) => {
    worker.onmessage = ({ data }) => (data.done || data.failed) && resolve(data);
    worker.postMessage({ id: 1, what: "cut", file, given });
  });
  worker.terminate();
  if (failed) return `${failed} ${detail}`;
  const bytes = new Uint8Array(await done.blob.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
};

/** The number of each frame in the file, by its grey; also of one that an edit list would hide. */
function numbersIn(path, { width, height, step }) {
  const command = ["-v", "fatal", "-nostdin", "-ignore_editlist", "1", "-i", path, "-fps_mode", "passthrough"];
  const raw = execFileSync("ffmpeg", [...command, "-f", "rawvideo", "-pix_fmt", "gray", "-"], { maxBuffer: 1e9 });
  const size = width * height;
  return Array.from({ length: raw.length / size }, (_, at) => {
    const grey = raw.subarray(at * size, (at + 1) * size).reduce((sum, value) => sum + value, 0) / size;
    return Math.round((16 + (grey * 219) / 255 - 20) / step);
  });
}

test("the cut holds exactly the chosen frames, upright", async () => {
  const folder = await mkdtemp(join(tmpdir(), "cut-"));
  for (const film of films) {
    await (await page.$("#cut-file")).uploadFile(film.path);
    const made = await page.evaluate(cutInPage, { start, end });
    const path = join(folder, `${film.name}.mp4`);
    await writeFile(path, Buffer.from(made, "base64"));
    assert.deepEqual(numbersIn(path, film), film.chosen, `${film.name}: ${made.slice(0, 60)}`);
  }
});

/** What ffmpeg makes of the file, as bytes. */
const decoded = (path, ...options) =>
  execFileSync("ffmpeg", ["-v", "fatal", "-nostdin", "-i", path, ...options, "-"], { maxBuffer: 1e9 });

/** The loudest sample between two moments, 0 to 1. */
function loudest(path, from, to) {
  const sound = decoded(path, "-map", "0:a", "-ac", "1", "-ar", "8000", "-f", "s16le");
  const samples = new Int16Array(new Uint8Array(sound).buffer).slice(from * 8000, to * 8000);
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) / 32768;
}

test("what is under a box is gone, and a stretch that was muted is silent", async () => {
  const [film] = films;
  const covers = [[{ t: 0, box: { x: 0.25, y: 0.25, w: 0.5, h: 0.5 } }]];
  await (await page.$("#cut-file")).uploadFile(film.path);
  const made = await page.evaluate(cutInPage, { start: 0.5, end: 2.5, covers, silences: [{ from: 1, to: 1.6 }] });
  const path = join(await mkdtemp(join(tmpdir(), "cut-")), "covered.mp4");
  await writeFile(path, Buffer.from(made, "base64"));

  const greys = (part) => {
    const seen = decoded(path, "-vf", `crop=${part}`, "-f", "rawvideo", "-pix_fmt", "gray");
    return seen.reduce((found, grey) => [Math.min(found[0], grey), Math.max(found[1], grey)], [255, 0]);
  };
  const [darkest, lightest] = greys("64:44:48:38");
  assert.ok(lightest - darkest <= 8, `under the box it goes from ${darkest} to ${lightest}`);
  const [darkestBeside, lightestBeside] = greys("24:44:4:38");
  assert.ok(lightestBeside - darkestBeside > 100, "beside it each frame has its own grey");
  assert.ok(loudest(path, 0.55, 1.05) < 0.002);
  assert.ok(Math.min(loudest(path, 0.1, 0.45), loudest(path, 1.2, 1.9)) > 0.05);
});

test("it is chosen, cut and watched before it can be sent", async () => {
  await page.reload();
  await (await page.$("#cut-file")).uploadFile(films[0].path);
  await until(page, () => !document.querySelector("section[data-step=pick]").hidden);
  await page.$eval("[data-do=cut]", (button) => button.click());
  await shows(page, "Je fragment is ");
  await until(page, () => !document.querySelector("section[data-step=watch]").hidden);
  assert.equal(await page.$eval("[data-send]", (button) => button.disabled), true);
  await page.$eval("[data-result]", (film) => {
    film.muted = true;
    film.play();
  });
  await until(page, () => !document.querySelector("[data-send]").disabled);
});
