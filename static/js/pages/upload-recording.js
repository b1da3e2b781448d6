/* <upload-recording> sends a film by tus, in chunks, and carries on where it was: after a lost connection, a closed tab
   or on another day, when the same file is chosen again. Without it the form inside sends the file in one piece. */
import { ask } from "../app/confirm.js";
import { csrfToken, renew } from "../shared/csrf.js";
import { refusalOfFile } from "../shared/film-kind.js";
import { nameHere } from "../shared/who.js";

const CHUNK = 8 * 1024 * 1024;
const RETRY_MS = [0, 1000, 3000, 5000, 10000, 20000, 30000];
const MB = 1024 * 1024;

const askedAndAnswered = (error) => ({
  status: error.originalResponse?.getStatus() ?? 0,
  method: error.originalRequest?.getMethod(),
});

/** The fragment has a recording, so it takes no other. */
const isTaken = (error) => {
  const { status, method } = askedAndAnswered(error);
  return status === 409 && method === "POST";
};

/** Its sender signed out and in elsewhere, or someone else did. */
const isStale = (error) => error.originalResponse?.getHeader("X-Stale-Token") === "1";

/** Another window carries it on. To go on here would take it back, and so on. */
const isOvertaken = (error) => error.originalResponse?.getHeader("Upload-Overtaken") === "1";

/** No answer, a fault of ours, or another offset: a next attempt may fare better. */
const mayPass = (error) => {
  const { status } = askedAndAnswered(error);
  return !isTaken(error) && !isOvertaken(error) && (status < 400 || status >= 500 || status === 409);
};

/** What the answer says in words. That to a HEAD has no body, so whether we are signed out is asked once more. */
const wordsOf = async (error) => {
  const { status, method } = askedAndAnswered(error);
  if (status !== 401 || method !== "HEAD") return error.originalResponse.getBody();
  const again = await fetch(error.originalRequest.getURL(), { credentials: "same-origin" });
  return again.status === 401 ? again.text() : "";
};

class UploadRecording extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.sendButton = this.querySelector("[data-send]");
    this.pauseButton = this.querySelector("[data-pause]");
    this.upload = null;
    this.refusal = "";
    if (window.tus?.isSupported) this.form.dataset.ownWay = "";
    this.addEventListener("left", () => this.pause());
    this.form.addEventListener("submit", (event) => {
      if (!("ownWay" in this.form.dataset)) return;
      event.preventDefault();
      this.send();
    });
    this.form.elements.file.addEventListener("change", async (event) => {
      this.upload = null;
      this.refusal = "";
      const file = event.target.files[0];
      const words = await this.refusalWords(file);
      if (file !== event.target.files[0]) return;
      this.refusal = words;
      this.complain(words);
    });
    this.pauseButton.addEventListener("click", () => this.pause());
    window.addEventListener("online", () => {
      if (this.waits) this.start();
    });
  }

  async send() {
    const file = this.form.elements.file.files[0];
    if (!file) return;
    if (file.size === 0) return this.complain(this.dataset.empty);
    if (this.refusal) return this.complain(this.refusal);
    if (!this.upload) {
      const isSame = String(file.size) === this.dataset.length && file.name === this.dataset.filename;
      if (this.dataset.upload && !isSame && !(await ask(this.dataset.otherFile))) return;
      this.upload = this.prepare(file, isSame ? this.dataset.upload : null);
    }
    this.start();
  }

  /** Why this file can become no film, in the words of the server; empty when it may. */
  async refusalWords(file) {
    const reason = file && (await refusalOfFile(file));
    const words = reason && this.querySelector(`[data-refusal="${reason}"]`);
    return words ? words.content.textContent.replace(/\s+/g, " ").trim() : "";
  }

  prepare(file, uploadUrl) {
    const upload = new window.tus.Upload(file, {
      endpoint: uploadUrl ? null : this.dataset.begin,
      uploadUrl,
      chunkSize: CHUNK,
      retryDelays: RETRY_MS,
      storeFingerprintForResuming: false,
      metadata: { filename: file.name },
      onBeforeRequest: (request) => request.setHeader("X-CSRFToken", csrfToken()),
      onProgress: (sent, total) => this.show(sent, total),
      // As long as it knows where to begin, tus begins anew at any fault of ours, with nothing of what is in.
      onChunkComplete: () => {
        this.isRenewed = false;
      },
      onUploadUrlAvailable: () => {
        upload.options.endpoint = null;
      },
      onShouldRetry: (error) => navigator.onLine && mayPass(error),
      onSuccess: () => this.finish(),
      onError: (error) => this.fail(error, file),
    });
    return upload;
  }

  start() {
    this.waits = false;
    this.toggleAttribute("data-unfinished", true);
    this.complain("");
    this.setBusy(true);
    this.upload.start();
  }

  pause() {
    this.upload?.abort();
    this.setBusy(false);
  }

  show(sent, total) {
    const percent = Math.floor((100 * sent) / total);
    const number = (bytes) => (bytes / MB).toFixed(total < 10 * MB ? 1 : 0).replace(".", ",");
    const words = this.dataset.busy
      .replace("{done}", number(sent))
      .replace("{total}", number(total))
      .replace("{percent}", percent);
    this.querySelector("[data-progress]").hidden = false;
    this.querySelector("progress").value = percent;
    this.querySelector("[data-words]").textContent = words;
    // A screen reader hears every tenth part, not every chunk.
    if (Math.floor(percent / 10) !== this.said) {
      this.said = Math.floor(percent / 10);
      this.say(words);
    }
  }

  finish() {
    this.toggleAttribute("data-unfinished", false);
    this.say(this.dataset.done);
    location.reload();
  }

  async fail(error, file) {
    const { status, method } = askedAndAnswered(error);
    // The answer to the last piece was lost, and all of it is in.
    if (isTaken(error)) return this.finish();
    const stands = isStale(error) ? await renew() : "same";
    if (isStale(error) && stands === "same" && !this.isRenewed) {
      this.isRenewed = true;
      return this.start();
    }
    if (method === "HEAD" && (status === 404 || status === 410)) {
      // What was begun is no longer there: it is over its time, or has become a film, which beginning anew finds out.
      this.upload = this.prepare(file, null);
      return this.start();
    }
    this.setBusy(false);
    this.waits = status === 0 || stands === "offline";
    if (stands === "other") this.complain(this.dataset.other.replaceAll("{name}", nameHere()));
    else if (stands === "signed out") this.complain(this.dataset.signedOut);
    else if (status >= 400 && status < 500)
      this.complain((await wordsOf(error).catch(() => "")) || this.dataset.failed);
    else this.complain(navigator.onLine ? this.dataset.failed : this.dataset.waiting);
  }

  setBusy(busy) {
    this.sendButton.hidden = busy;
    this.pauseButton.hidden = !busy;
    this.form.elements.file.disabled = busy;
  }

  complain(text) {
    const problem = this.querySelector("[data-problem]");
    problem.textContent = text;
    problem.hidden = !text;
  }

  say(text) {
    this.querySelector("[data-said]").textContent = text;
  }
}

customElements.define("upload-recording", UploadRecording);
