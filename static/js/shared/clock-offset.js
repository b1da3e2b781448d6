/* By how much this device's clock is off: the rules of server-time.js, which reads the clocks. All in ms. */
const DRIFT_MS = 1000;

/** Two readings of how far the device's two clocks are apart: more than this and it slept, or someone set a clock. */
export const isSteady = (drift, before) => Math.abs(drift - before) <= DRIFT_MS;

/** The server wrote its time somewhere between these two moments of the device's clock. An offset that fits stands: a
    slow answer knows less than what was heard before, and a time that is right should not tremble. */
export function corrected(offset, serverMs, sentAt, arrivedAt) {
  const [least, most] = [serverMs - arrivedAt, serverMs - sentAt];
  return least <= offset && offset <= most ? offset : (least + most) / 2;
}
