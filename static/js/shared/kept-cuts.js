/* What was cut and is not sent yet lies in the browser's own file store, under its account and fragment, for to encode
   it twice would give other bytes, and an upload that was begun could not go on. Each has its film and, written last, what
   is known of it: {hash, until, title, name, length, size}. Every call rejects where a browser keeps nothing. */
import { folderOf, isOver, keptUntil } from "./kept-cut-rules.js";

const [ROOT, FILM, ABOUT] = ["fragmenten", "film.mp4", "about.json"];

const hex = (digest) => [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const hashOf = async (blob) => hex(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));

async function folder(path, options) {
  let found = await navigator.storage.getDirectory();
  for (const name of [ROOT, ...path.map(folderOf)]) found = await found.getDirectoryHandle(name, options);
  return found;
}

const isMissing = (error) => error.name === "NotFoundError";

/** Resolves to what `work` does in a folder; to `otherwise` where it is not there. */
async function within(path, work, otherwise) {
  try {
    return await work(await folder(path));
  } catch (error) {
    if (isMissing(error)) return otherwise;
    throw error;
  }
}

async function write(place, name, content) {
  const file = await (await place.getFileHandle(name, { create: true })).createWritable();
  try {
    await file.write(content);
    await file.close();
  } catch (error) {
    await file.abort().catch(() => {}); // or what was begun could not be erased
    throw error;
  }
}

const read = async (place, name) => (await place.getFileHandle(name)).getFile();

/** Whether this browser keeps anything: a private window may have no such store. */
export async function canKeep() {
  try {
    await navigator.storage.getDirectory();
    return "createWritable" in FileSystemFileHandle.prototype;
  } catch {
    return false;
  }
}

/** Keeps it in the place of what was kept of this fragment; of what could not be kept nothing stays. */
export async function put(account, clip, blob, about) {
  const place = await folder([account, clip], { create: true });
  try {
    await write(place, FILM, blob);
    const known = { ...about, hash: await hashOf(blob), until: keptUntil(Date.now()) };
    await write(place, ABOUT, JSON.stringify(known));
    return known;
  } catch (error) {
    await remove(account, clip).catch(() => {});
    throw error;
  }
}

const aboutIn = async (place) => JSON.parse(await (await read(place, ABOUT)).text());

/** What is known of the one of this fragment, or null. */
export const find = (account, clip) => within([account, clip], aboutIn, null);

/** Its film, or null where that is not what was kept. */
export const film = (account, clip) =>
  within(
    [account, clip],
    async (place) => {
      const [{ hash }, file] = [await aboutIn(place), await read(place, FILM)];
      return (await hashOf(file)) === hash ? file : null;
    },
    null,
  );

export const remove = (account, clip) =>
  within([account], (place) => place.removeEntry(folderOf(clip), { recursive: true }));

/** All of an account, as [{clip, ...}], the one that goes first first. */
export const all = (account) =>
  within(
    [account],
    async (place) => {
      const found = [];
      for await (const [clip, entry] of place.entries()) {
        const about = await aboutIn(entry).catch(() => null);
        if (about) found.push({ clip, ...about });
      }
      return found.sort((one, other) => one.until - other.until);
    },
    [],
  );

/** Of an account that signs out nothing stays. */
export const leave = (account) => within([], (place) => place.removeEntry(folderOf(account), { recursive: true }));

/** Erases what is over its time, of whomever it is, and what was broken off while it was written. */
export const sweep = () =>
  within([], async (root) => {
    for await (const [account, mine] of root.entries()) {
      for await (const [clip, place] of mine.entries()) {
        const about = await aboutIn(place).catch(() => null);
        const isBeingWritten = !about && (await isFresh(place));
        if (!isBeingWritten && isOver(about ?? {}, Date.now())) await remove(account, clip);
      }
    }
  });

const HOUR_MS = 3_600_000;

const isFresh = async (place) => {
  const file = await read(place, FILM).catch(() => null);
  return file !== null && Date.now() - file.lastModified < HOUR_MS;
};
