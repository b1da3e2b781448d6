/* The rules of an agenda in the hand, without a page: what a key or a drag makes of the minutes, where a block goes, and
   when each begins. Minutes are whole; an hour is "15.30" on the clock, or minutes since midnight. */
export const LEAST = 1;
export const MOST = 240;
const STEP = 5;

const within = (minutes) => Math.min(MOST, Math.max(LEAST, minutes));

/** The next five minutes up (1) or down (-1); below five, minute by minute. */
export function stepped(minutes, direction) {
  if (direction < 0 && minutes <= STEP) return within(minutes - 1);
  if (direction > 0 && minutes < STEP) return within(minutes + 1);
  const steps = minutes / STEP;
  return within((direction > 0 ? Math.floor(steps) + 1 : Math.ceil(steps) - 1) * STEP);
}

/** What pulling the lower edge by `pixels` makes of the minutes: whole fives, and below five each minute. */
export function pulled(minutes, pixels, pixelsAMinute) {
  const raw = minutes + pixels / pixelsAMinute;
  return within(raw < STEP ? Math.round(raw) : Math.round(raw / STEP) * STEP);
}

/** Whether what was typed can be minutes. */
export function isMinutes(typed) {
  return /^\d{1,3}$/.test(typed.trim()) && Number(typed) >= LEAST && Number(typed) <= MOST;
}

/** "15.30" as minutes since midnight; null for what is no hour. */
export function minutesOf(clock) {
  const [, hours, minutes] = /^(\d{1,2})\.(\d{2})$/.exec(clock ?? "") ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}

export function clockOf(minutes) {
  const day = ((minutes % 1440) + 1440) % 1440;
  return `${String(Math.floor(day / 60)).padStart(2, "0")}.${String(day % 60).padStart(2, "0")}`;
}

/** When each block begins and the last ends, from `start`; null where that is. A fixed hour is waited for, never
    gone back to. `blocks` are {minutes, fixed}, `fixed` in minutes since midnight or null. */
export function startsOf(start, blocks) {
  if (start === null) return { starts: blocks.map(() => null), end: null };
  let at = start;
  const starts = blocks.map(({ minutes, fixed }) => {
    const begins = Math.max(at, fixed ?? at);
    at = begins + minutes;
    return begins;
  });
  return { starts, end: at };
}

/** Whether a finger that has not been held long enough went away: then it scrolls, and nothing is taken in hand. */
export function isSwipe(from, to, slack = 8) {
  return Math.hypot(to.x - from.x, to.y - from.y) > slack;
}
