/* What this device keeps in IndexedDB: what waits to be sent, each under the id of the account that wrote it, and who
   signed in here last (for Noteren without a network). Every call rejects where a browser keeps nothing. */
import { isOver } from "./outbox-rules.js";

const [OUTBOX, DEVICE] = ["outbox", "device"];
const news = new BroadcastChannel("outbox");

let opened = null;

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("netwerkleren", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(OUTBOX, { keyPath: "place" });
      request.result.createObjectStore(DEVICE);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/** Runs `work(objectStore)` in one transaction; resolves, when that is done, to the result of the request it returned. */
async function within(name, mode, work) {
  const transaction = (await database()).transaction(name, mode);
  const request = work(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

/** Calls back when what waits was changed, here or in another tab, with who signed out if someone did. */
const listeners = new Set();
export const onChange = (listener) => listeners.add(listener);
news.onmessage = ({ data }) => {
  for (const listener of listeners) listener(data ?? {});
};
function changed(data = {}) {
  for (const listener of listeners) listener(data);
  news.postMessage(data);
}

/** Oldest first; what is over its time goes now. */
async function all() {
  const items = await within(OUTBOX, "readonly", (store) => store.getAll());
  const over = items.filter((item) => isOver(item, Date.now()));
  if (over.length > 0) await erase(over);
  return items.filter((item) => !over.includes(item)).sort((one, other) => one.when - other.when);
}

async function erase(items) {
  await within(OUTBOX, "readwrite", (store) => {
    for (const { place } of items) store.delete(place);
  });
}

export const itemsOf = async (account) => (await all()).filter((item) => item.account === account);
export const isAnythingHere = async () => (await all()).length > 0;

export async function put(item) {
  await within(OUTBOX, "readwrite", (store) => store.put(item));
  changed();
}

export async function remove(...items) {
  await erase(items);
  changed();
}

export const remember = (who) => within(DEVICE, "readwrite", (store) => store.put(who, "account"));
export const remembered = () => within(DEVICE, "readonly", (store) => store.get("account"));

/** Of an account that signs out nothing stays. */
export async function leave(account) {
  await erase(await itemsOf(account));
  await within(DEVICE, "readwrite", (store) => store.delete("account"));
  changed({ left: account });
}
