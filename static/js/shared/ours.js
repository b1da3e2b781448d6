/* Whose answer is it? A proxy, a school's filter or the network of a train answers in the portal's place, in words of its
   own. Nothing of that comes on a page, and a 200 of theirs does not mean that anything was taken. The portal marks each
   answer of its own (OURS in netwerkleren/base/middleware.py). */
const MARK = "X-From-Portal";

/** Of a Response, or of what is like one. */
export const isOurs = ({ headers }) => headers.get(MARK) === "1";

/** What the portal says in a sentence; "" when it sent a page, or when another answered. */
export async function sentenceIn(response) {
  const isSentence = isOurs(response) && response.headers.get("Content-Type")?.startsWith("text/plain");
  return isSentence ? (await response.text()).trim() : "";
}

/** An XMLHttpRequest that has its answer, as the functions above ask for it. */
export const responseOf = (xhr) => ({
  status: xhr.status,
  headers: { get: (name) => xhr.getResponseHeader(name) },
  text: async () => xhr.responseText,
});
