/* The worker that looks at a recording and cuts it. It is served with a policy of its own (base/static_headers.py), under
   which it can send nothing anywhere: what it reads of a recording stays on the device, and what it made goes back to the
   page that asked. A job is {id, what, file, given}; what it tells on the way is {id, news}. */
import { cut } from "./film-cut.js";
import { inspect, loudness, stills } from "./film-looks.js";
import { slides } from "./film-slides.js";

const JOBS = { inspect, stills, loudness, cut, slides };
const BEAT_MS = 1000; // so that the page knows that this worker lives while a job says nothing

const running = new Map();

setInterval(() => {
  if (running.size > 0) postMessage({ beat: true });
}, BEAT_MS);

/** Not when the disk took it away, or when it was written to since it was chosen; a stream only says that it failed. */
async function isReadable(file) {
  try {
    await file.slice(0, 1).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

const reasonOf = async (error, file) => error?.reason ?? ((await isReadable(file)) ? "failed" : "changed");

addEventListener("message", async ({ data: { id, what, file, given, isCancelled } }) => {
  if (isCancelled) return running.get(id)?.abort();
  const stop = new AbortController();
  running.set(id, stop);
  const tell = (news) => postMessage({ id, news }, news.bitmap ? [news.bitmap] : []);
  try {
    const done = await JOBS[what](file, given, { tell, signal: stop.signal });
    postMessage({ id, done });
  } catch (error) {
    postMessage({
      id,
      failed: stop.signal.aborted ? "cancelled" : await reasonOf(error, file),
      detail: String(error?.message),
    });
  } finally {
    running.delete(id);
  }
});
