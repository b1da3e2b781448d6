/* What of a picture is not to be seen, and what of the sound not to be heard. A box is {x, y, w, h} in parts of the
   upright picture; a cover is [{t, box}, ...]: where its box is at moments of the fragment. Between these it goes along
   a straight line, before the first and after the last it stays where it is: a cover never ends by itself. */

export const SMALLEST = 0.02;

const within = (value, least, most) => Math.min(Math.max(value, least), most);

/** The box with its corner moved there; it stays whole within the picture. */
export function placed(box, x, y) {
  return { ...box, x: within(x, 0, 1 - box.w), y: within(y, 0, 1 - box.h) };
}

/** The box made so large; it stays within the picture. */
export function resized(box, w, h) {
  return { ...box, w: within(w, SMALLEST, 1 - box.x), h: within(h, SMALLEST, 1 - box.y) };
}

/** Where the box of a cover is at a moment. */
export function boxAt(cover, t) {
  const after = cover.findIndex((key) => key.t >= t);
  if (after <= 0) return (after === 0 ? cover[0] : cover.at(-1)).box;
  const [one, other] = [cover[after - 1], cover[after]];
  const part = (t - one.t) / (other.t - one.t);
  const between = (name) => one.box[name] + (other.box[name] - one.box[name]) * part;
  return { x: between("x"), y: between("y"), w: between("w"), h: between("h") };
}

/** The cover with its box put here at this moment, and elsewhere as it was. */
export function withKey(cover, t, box) {
  const kept = cover.filter((key) => Math.abs(key.t - t) > 0.001);
  return [...kept, { t, box }].sort((one, other) => one.t - other.t);
}

/** The same box, in parts of what a crop leaves of the picture; it may lie outside of it. */
export function inCrop(box, crop) {
  if (!crop) return box;
  return { x: (box.x - crop.x) / crop.w, y: (box.y - crop.y) / crop.h, w: box.w / crop.w, h: box.h / crop.h };
}

/** The pixels that a box touches in a picture of this size, all of each; null when there are none. */
export function pixelsOf({ x, y, w, h }, { width, height }) {
  // What is a whole number but for rounding takes no next pixel.
  const floor = (value) => Math.floor(value + 1e-6);
  const ceil = (value) => Math.ceil(value - 1e-6);
  const left = Math.max(0, floor(x * width));
  const top = Math.max(0, floor(y * height));
  const right = Math.min(width, ceil((x + w) * width));
  const bottom = Math.min(height, ceil((y + h) * height));
  return right > left && bottom > top ? { left, top, width: right - left, height: bottom - top } : null;
}

/** The part of a picture that stays, in even pixels that lie all within the crop: not a line more than was chosen. */
export function cropOf({ x, y, w, h }, { width, height }) {
  const ceil = (value) => Math.ceil(value - 1e-6);
  const left = Math.min(width - 2, ceil((x * width) / 2) * 2);
  const top = Math.min(height - 2, ceil((y * height) / 2) * 2);
  const evenBelow = (value) => Math.max(2, Math.floor((value + 1e-6) / 2) * 2);
  return { left, top, width: evenBelow((x + w) * width - left), height: evenBelow((y + h) * height - top) };
}

/** The stretches of silence in the time of a fragment, from those in the time of its recording. */
export function silencesIn(silences, { start, end }) {
  return silences
    .map(({ from, to }) => ({ from: Math.max(0, from - start), to: Math.min(end, to) - start }))
    .filter(({ from, to }) => to > from);
}

/** Which samples of a piece of sound are to be silent: [[first, after the last], ...]. */
export function silentSamples(silences, { timestamp, count, rate }) {
  return silences
    .map(({ from, to }) => [
      Math.max(0, Math.floor((from - timestamp) * rate)),
      Math.min(count, Math.ceil((to - timestamp) * rate)),
    ])
    .filter(([first, after]) => after > first);
}
