/* The token that Django wants with every POST, and such a POST by a module. A token is of one login: it is old when its
   reader signed out and in elsewhere, and then a fresh one is taken, for the same account only. */
import { standing } from "./who.js";

const meta = document.querySelector('meta[name="csrf-token"]');
const FIELD = "csrfmiddlewaretoken";

export const csrfToken = () => meta?.content ?? "";

/** The server did nothing, for the token was old: a 403 that says no has no such header. */
export const isStale = ({ status, headers }) => status === 403 && headers.has("X-Stale-Token");

/** What was typed here is not of who is signed in now: nothing was sent. `stands` as in who-rules.js. */
export class NotTheirs extends Error {
  constructor(stands) {
    super(stands);
    this.stands = stands;
  }
}

function freshen(token) {
  if (meta) meta.content = token;
  for (const field of document.querySelectorAll(`input[name=${FIELD}]`)) field.value = token;
}

/** Takes a fresh token to post to `address`, when the account is still that of this page; resolves to how it stands. */
export async function renew(address) {
  const { stands, token } = await standing(undefined, address);
  if (stands === "same") freshen(token);
  return stands;
}

/** POSTs a FormData, URLSearchParams or plain object; resolves to the Response, whatever its status. Rejects without a
    network, and with NotTheirs. */
export async function post(url, body = {}, { headers = {}, token, ...options } = {}) {
  const data = body instanceof FormData || body instanceof URLSearchParams ? body : new URLSearchParams(body);
  const send = (given) => {
    if (data.has(FIELD)) data.set(FIELD, given);
    // Whoever asks for JSON is a module, and gets no page to go to.
    const all = { Accept: "application/json", ...headers, "X-CSRFToken": given };
    return fetch(url, { ...options, method: "POST", body: data, headers: all, credentials: "same-origin" });
  };
  const response = await send(token ?? csrfToken());
  if (token || !isStale(response)) return response;
  const stands = await renew(url);
  if (stands === "offline") throw new TypeError(stands);
  if (stands !== "same") throw new NotTheirs(stands);
  return send(csrfToken());
}
