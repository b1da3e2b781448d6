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
const cutInPage = async ([from, to]) => {
  const worker = new Worker(document.querySelector("cut-recording").dataset.worker, { type: "module" });
  const file = document.querySelector("#cut-file").files[0];
  const given = { start: from, end: to, sound: true, covers: [], crop: null, way: "flat", allBut: false, silences: [] };
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
    const made = await page.evaluate(cutInPage, [start, end]);
    const path = join(folder, `${film.name}.mp4`);
    await writeFile(path, Buffer.from(made, "base64"));
    assert.deepEqual(numbersIn(path, film), film.chosen, `${film.name}: ${made.slice(0, 60)}`);
  }
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
