/* Debian's Firefox, and a portal that tests/e2e/test_firefox.py started: where it is, how to seed the room of
   tests/e2e/refreshed.py, and what others do there. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

import puppeteer from "puppeteer-core";

const { PORTAL_URL, PYTHON, SHELL_LOOP } = process.env;
const { seed, names, deeds, beforeEachPage } = JSON.parse(process.env.REFRESHED);

export const launch = () =>
  puppeteer.launch({ browser: "firefox", executablePath: "/usr/bin/firefox-esr", headless: true });

let shellOfAll;

/** What a script prints in the portal's shell, which runs one after another: to start it takes longer than most of them. */
export async function shell(script) {
  shellOfAll ??= new Shell();
  return shellOfAll.run(script);
}

class Shell {
  #child = spawn(PYTHON, ["manage.py", "shell", "--no-imports", "-c", SHELL_LOOP], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  #lines = createInterface({ input: this.#child.stdout });
  #last = Promise.resolve();

  constructor() {
    for (const part of [this.#child, this.#child.stdin, this.#child.stdout]) part.unref();
  }

  run(script) {
    const answer = this.#last.then(() => this.#ask(script));
    this.#last = answer.catch(() => null);
    return answer;
  }

  async #ask(script) {
    this.#child.stdout.ref();
    const answered = once(this.#lines, "line");
    this.#child.stdin.write(`${JSON.stringify(script)}\n`);
    const [line] = await answered;
    this.#child.stdout.unref();
    const { printed, error } = JSON.parse(line);
    assert.equal(error, "");
    return printed;
  }
}

/** A room that no other test has been in. */
export class Room {
  #browser;
  #known;
  #contexts = [];
  #complaints = [];

  static async make(browser) {
    const line = (await shell(seed)).split("\n").find((printed) => printed.startsWith("SEEDED"));
    const [, ...keys] = line.trim().split(" ");
    return new Room(browser, Object.fromEntries(names.map((name, at) => [name, keys[at]])));
  }

  constructor(browser, known) {
    this.#browser = browser;
    this.#known = known;
  }

  /** A page of someone in a browser of their own; its path names what is in the room, as {meeting}. */
  async open(who, path) {
    const context = await this.#browser.createBrowserContext();
    this.#contexts.push(context);
    await context.setCookie({
      name: "sessionid",
      value: this.#known[who],
      domain: new URL(PORTAL_URL).hostname,
      path: "/",
    });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on("pageerror", (error) => this.#complaints.push(String(error)));
    await page.evaluateOnNewDocument(beforeEachPage);
    await page.goto(PORTAL_URL + this.#fill(path));
    return page;
  }

  /** What another does, at the server. */
  someoneElse(deed) {
    return shell(this.#fill(deeds[deed]));
  }

  async leave() {
    for (const context of this.#contexts) await context.close();
    assert.deepEqual(this.#complaints, []);
  }

  #fill(text) {
    return text.replace(/\{(\w+)\}/g, (_, name) => this.#known[name]);
  }
}

const PATIENCE_MS = 20_000;
const PAUSE_MS = 100;

/** Waits until a function says true in the page. (Puppeteer's own way to wait makes a function of a text, which our
    Content-Security-Policy refuses.) */
export async function until(page, says, ...given) {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await page.evaluate(says, ...given))) {
    assert.ok(Date.now() < deadline, `${says} ${given} did not come within ${PATIENCE_MS} ms`);
    await new Promise((go) => setTimeout(go, PAUSE_MS));
  }
}

export const wasRefreshed = (page) => until(page, () => window.swaps > 0);
export const asks = (page) => until(page, () => document.querySelector("#confirm").open);
export const shows = (page, text) => until(page, (words) => document.body?.textContent.includes(words), text);
