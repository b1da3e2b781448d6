/* The page's side of workers/cutter.js: jobs, and whether the worker still lives. */

const TICK_MS = 1000;
const SILENT_TICKS = 10;

export class CutFailed extends Error {
  constructor(reason, detail = "") {
    super(`${reason} ${detail}`.trim());
    this.reason = reason;
  }
}

export class Cutter {
  #address;
  #worker = null;
  #jobs = new Map();
  #last = 0;
  #silence = 0;
  #ticking = 0;

  constructor(address) {
    this.#address = address;
  }

  /** Resolves to what the job made. Rejects with CutFailed: the worker's reason, "worker-died" or "cancelled". */
  ask(what, file, given = {}, { hear = () => {}, signal } = {}) {
    if (signal?.aborted) return Promise.reject(new CutFailed("cancelled"));
    this.#worker ??= this.#start();
    this.#last += 1;
    const id = this.#last;
    const worker = this.#worker;
    signal?.addEventListener("abort", () => worker.postMessage({ id, isCancelled: true }));
    return new Promise((resolve, reject) => {
      this.#jobs.set(id, { resolve, reject, hear });
      this.#listen();
      worker.postMessage({ id, what, file, given });
    });
  }

  #start() {
    const worker = new Worker(this.#address, { type: "module" });
    worker.addEventListener("message", ({ data }) => this.#hear(data));
    worker.addEventListener("error", (event) => {
      event.preventDefault(); // the page says it in words
      this.#die(event.message);
    });
    worker.addEventListener("messageerror", () => this.#die("messageerror"));
    return worker;
  }

  #hear({ id, news, done, failed, detail }) {
    this.#silence = 0;
    const job = this.#jobs.get(id);
    if (!job) return;
    if (news) return job.hear(news);
    this.#jobs.delete(id);
    if (failed) job.reject(new CutFailed(failed, detail));
    else job.resolve(done);
  }

  /** Counts ticks, not time: a phone that slept let none of them pass. */
  #listen() {
    this.#silence = 0;
    if (this.#ticking) return;
    this.#ticking = setInterval(() => {
      if (this.#jobs.size === 0) {
        clearInterval(this.#ticking);
        this.#ticking = 0;
        return;
      }
      this.#silence += 1;
      if (this.#silence >= SILENT_TICKS) this.#die("silent");
    }, TICK_MS);
  }

  #die(detail) {
    this.#worker?.terminate();
    this.#worker = null;
    const jobs = [...this.#jobs.values()];
    this.#jobs.clear();
    for (const { reject } of jobs) reject(new CutFailed("worker-died", detail));
  }
}
