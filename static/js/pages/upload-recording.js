/* <upload-recording> sends a film by tus, in pieces, and carries on where it was: after a lost connection, a closed tab
   or on another day, when the same film is chosen again, whatever its name is then. The bar shows what the server has.
   Without it the form inside sends the file in one piece. */
import { ask } from "../app/confirm.js";
import { csrfToken, renew } from "../shared/csrf.js";
import { refusalOfFile } from "../shared/film-kind.js";
import { fingerprintOf } from "../shared/fingerprint.js";
import { isOurs, responseOf, sentenceIn } from "../shared/ours.js";
import { Pieces } from "../shared/piece-rules.js";
import { nameHere } from "../shared/who.js";

const RETRY_MS = [0, 1000, 3000, 5000, 10000, 20000, 30000];
const MB = 1024 * 1024;

const answerOf = (response) => responseOf(response.getUnderlyingObject());

/** The status is 0 where no answer came. */
const askedAndAnswered = ({ originalResponse, originalRequest }) => ({
  status: originalResponse?.getStatus() ?? 0,
  byPortal: Boolean(originalResponse) && isOurs(answerOf(originalResponse)),
  method: originalRequest?.getMethod(),
});

/** The fragment has a recording, so it takes no other. */
const isTaken = (error) => {
  const { status, byPortal, method } = askedAndAnswered(error);
  return byPortal && status === 409 && method === "POST";
};

/** Its sender signed out and in elsewhere, or someone else did. */
const isStale = (error) => error.originalResponse?.getHeader("X-Stale-Token") === "1";

/** Another window carries it on. To go on here would take it back, and so on. */
const isOvertaken = (error) => error.originalResponse?.getHeader("Upload-Overtaken") === "1";

/** No answer of the portal, a fault of ours, or another offset: a next attempt may fare better. */
const mayPass = (error) => {
  const { status, byPortal } = askedAndAnswered(error);
  if (!byPortal) return true;
  return !isTaken(error) && !isOvertaken(error) && (status < 400 || status >= 500 || status === 409);
};

/** What the portal says in words. Its answer to a HEAD has no body, so whether we are signed out is asked once more. */
const wordsOf = async ({ originalResponse, originalRequest }) => {
  if (!originalResponse) return "";
  if (originalResponse.getStatus() !== 401 || originalRequest.getMethod() !== "HEAD") {
    return sentenceIn(answerOf(originalResponse));
  }
  const again = await fetch(originalRequest.getURL(), { credentials: "same-origin" });
  return again.status === 401 ? sentenceIn(again) : "";
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

  /** What another module made goes in place of a chosen file; `whenSent` is waited for before the page says it is in. */
  take(file, whenSent) {
    const files = new DataTransfer();
    files.items.add(file);
    this.form.elements.file.files = files.files;
    this.form.elements.file.dispatchEvent(new Event("change"));
    this.whenSent = whenSent;
  }

  async send() {
    const file = this.form.elements.file.files[0];
    if (!file || this.isLooking) return;
    if (file.size === 0) return this.complain(this.dataset.empty);
    if (this.refusal) return this.complain(this.refusal);
    if (!this.upload) {
      this.isLooking = true;
      const begun = await this.begin(file);
      this.isLooking = false;
      if (!begun || file !== this.form.elements.file.files[0]) return;
      this.upload = begun;
    }
    this.start();
  }

  /** Resolves to the upload of this file, or to nothing when its reader would rather keep what was begun. */
  async begin(file) {
    const fingerprint = await fingerprintOf(file);
    const isSame = this.isBegun(file, fingerprint);
    if (this.dataset.upload && !isSame && !(await ask(this.dataset.otherFile))) return null;
    return this.prepare(file, fingerprint, isSame ? this.dataset.upload : null);
  }

  isBegun(file, fingerprint) {
    const { upload, length, filename, fingerprint: begun } = this.dataset;
    if (!upload || String(file.size) !== length) return false;
    return begun && fingerprint ? begun === fingerprint : file.name === filename;
  }

  /** Why this file can become no film, in the words of the server; empty when it may. */
  async refusalWords(file) {
    const reason = file && (await refusalOfFile(file));
    const words = reason && this.querySelector(`[data-refusal="${reason}"]`);
    return words ? words.content.textContent.replace(/\s+/g, " ").trim() : "";
  }

  prepare(file, fingerprint, uploadUrl) {
    const pieces = new Pieces();
    let sentAt = 0;
    const upload = new window.tus.Upload(file, {
      endpoint: uploadUrl ? null : this.dataset.begin,
      uploadUrl,
      chunkSize: pieces.size,
      retryDelays: RETRY_MS,
      storeFingerprintForResuming: false,
      metadata: {
        filename: file.name,
        ...(fingerprint && { fingerprint }),
        ...this.agreed(),
      },
      onBeforeRequest: (request) => {
        request.setHeader("X-CSRFToken", csrfToken());
        sentAt = performance.now();
      },
      // What tus calls progress is what left this device, also when nobody took it.
      onAfterResponse: (request, response) => {
        const { status, headers } = answerOf(response);
        const offset = headers.get("Upload-Offset");
        if (status >= 300 || offset === null) return;
        this.show(Number(offset), file.size);
        // The same film was begun before: tus then goes on from what the answer to its POST says is in.
        if (request.getMethod() === "POST") upload.options.uploadDataDuringCreation = true;
      },
      onChunkComplete: (bytes) => {
        this.isRenewed = false;
        if (upload.options.uploadDataDuringCreation) upload.options.uploadDataDuringCreation = false;
        else pieces.sent(bytes, performance.now() - sentAt);
        upload.options.chunkSize = pieces.size;
      },
      // As long as it knows where to begin, tus begins anew at any fault of ours, with nothing of what is in.
      onUploadUrlAvailable: () => {
        upload.options.endpoint = null;
        Object.assign(this.dataset, { upload: upload.url, length: file.size, filename: file.name, fingerprint });
      },
      onShouldRetry: (error) => {
        const { status, byPortal, method } = askedAndAnswered(error);
        let isSmaller = true;
        if (method === "PATCH" && !byPortal) {
          if (status === 413) isSmaller = pieces.tooLarge();
          else pieces.cut();
          upload.options.chunkSize = pieces.size;
        }
        return isSmaller && navigator.onLine && mayPass(error);
      },
      onSuccess: () => this.finish(),
      onError: (error) => this.fail(error, file, fingerprint),
    });
    return upload;
  }

  /** What the server takes: what was cut here, or all of a recording once its sender agreed to that (uploads.py). */
  agreed() {
    const { goes_whole: goesWhole, cut_here: cutHere } = this.form.elements;
    if (!goesWhole) return { cut: "1" };
    return { ...(goesWhole.checked && { whole: "1" }), ...(cutHere.checked && { cut_here: "1" }) };
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

  async finish() {
    this.toggleAttribute("data-unfinished", false);
    this.say(this.dataset.done);
    await this.whenSent?.();
    location.reload();
  }

  async fail(error, file, fingerprint) {
    const { status, byPortal, method } = askedAndAnswered(error);
    // The answer to the last piece was lost, and all of it is in.
    if (isTaken(error)) return this.finish();
    const stands = isStale(error) ? await renew() : "same";
    if (isStale(error) && stands === "same" && !this.isRenewed) {
      this.isRenewed = true;
      return this.start();
    }
    if (byPortal && method === "HEAD" && (status === 404 || status === 410)) {
      // What was begun is no longer there: it is over its time, or has become a film, which beginning anew finds out.
      this.upload = this.prepare(file, fingerprint, null);
      return this.start();
    }
    this.setBusy(false);
    this.waits = status === 0 || stands === "offline";
    if (stands === "other") this.complain(this.dataset.other.replaceAll("{name}", nameHere()));
    else if (stands === "signed out") this.complain(this.dataset.signedOut);
    else if (!navigator.onLine) this.complain(this.dataset.waiting);
    else this.complain((await wordsOf(error).catch(() => "")) || this.dataset.failed);
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
