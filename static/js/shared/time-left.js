/* How a count-down writes and draws what is left; all in ms. */
const MINUTE_MS = 60_000;

export const minuteOf = (ms) => Math.floor(ms / MINUTE_MS);

/** Of whole seconds: 0:01 until the very end, as the server's minutes are. Past the end, how far. */
export function written(rest) {
  const seconds = Math.abs(Math.ceil(rest / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** How full the bar is, from 0 to 100. */
export const percentGone = (rest, length) => Math.min(100, Math.max(0, 100 * (1 - rest / length)));
