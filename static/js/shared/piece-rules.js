/* How large the pieces of a recording are. A piece that is cut off may have to come again, and some proxies take none that
   is larger than 1 MB; but on a quick line small ones cost time. All in bytes and ms. */
const KIB = 1024;
const FIRST = 512 * KIB;
export const SMALLEST = 256 * KIB;
export const LARGEST = 8 * KIB * KIB;
const LASTS_MS = 5000; // so that where the line gets twice as slow, a piece still takes ten seconds

export class Pieces {
  #most = LARGEST;
  size = FIRST;

  /** A piece came through: the next one lasts as long as it should at this speed, and is twice as large at most. */
  sent(bytes, ms) {
    const fits = Math.floor((bytes * LASTS_MS) / Math.max(ms, 1));
    this.size = Math.max(SMALLEST, Math.min(fits, 2 * this.size, this.#most));
  }

  /** It did not come through. */
  cut() {
    this.size = Math.max(SMALLEST, Math.floor(this.size / 2));
  }

  /** Someone on the way takes none of this size, now or later. Answers whether a smaller one may pass. */
  tooLarge() {
    const mayBeSmaller = this.size > SMALLEST;
    this.cut();
    this.#most = this.size;
    return mayBeSmaller;
  }
}
