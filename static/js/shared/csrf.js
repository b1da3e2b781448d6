/* The token that Django wants with every POST by a module, and such a POST. */
const meta = document.querySelector('meta[name="csrf-token"]');

export const csrfToken = () => meta?.content ?? "";

/** POSTs a FormData, URLSearchParams or plain object; resolves to the Response, whatever its status. */
export function post(url, body = {}, options = {}) {
  const data = body instanceof FormData || body instanceof URLSearchParams ? body : new URLSearchParams(body);
  // Whoever asks for JSON is a module, and gets no page to go to.
  const headers = { "X-CSRFToken": csrfToken(), Accept: "application/json" };
  return fetch(url, { ...options, method: "POST", body: data, headers, credentials: "same-origin" });
}
