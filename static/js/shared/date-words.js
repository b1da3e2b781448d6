/* A date in words, as the server writes it, and dates that follow one another; pure, so that node tests it.
   A date is "2026-12-09", as a field holds it: it has no time zone. */

const DAYS = ["zondag", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag"];
const MONTHS = [
  "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november",
  "december",
]; // biome-ignore format: twelve words on two lines

const DAY_MS = 24 * 60 * 60 * 1000;

function dayOf(text) {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(text ?? "");
  if (!found) return null;
  const day = new Date(Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])));
  return day.toISOString().startsWith(found[0]) ? day : null;
}

/** "woensdag 9 december, 15.30 uur"; without an hour "woensdag 9 december", and "" for what is no date. */
export function wordsOf(text) {
  const day = dayOf(text);
  if (!day) return "";
  const words = `${DAYS[day.getUTCDay()]} ${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]}`;
  const hour = /T(\d{2}):(\d{2})/.exec(text);
  return hour ? `${words}, ${hour[1]}.${hour[2]} uur` : words;
}

/** The name of the free week in which a date is, or "". `free` is [{name, from, to}], both days included. */
export function freeWeekOf(text, free) {
  const day = (text ?? "").slice(0, 10);
  return dayOf(day) ? (free.find(({ from, to }) => from <= day && day <= to)?.name ?? "") : "";
}

/** `count` dates after `start`, each `weeks` further, on `weekday` (0 is Sunday); one in a free week moves a week on. */
export function everyWeeks(start, { weeks, weekday, count, free = [] }) {
  const first = dayOf(start);
  if (!first || !(weeks >= 1)) return [];
  const dates = [];
  let day = first.getTime() + weeks * 7 * DAY_MS;
  day += ((weekday - new Date(day).getUTCDay() + 7) % 7) * DAY_MS;
  while (dates.length < count) {
    while (freeWeekOf(new Date(day).toISOString(), free)) day += 7 * DAY_MS;
    dates.push(new Date(day).toISOString().slice(0, 10));
    day += weeks * 7 * DAY_MS;
  }
  return dates;
}
