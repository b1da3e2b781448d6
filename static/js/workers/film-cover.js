/* Takes out of a fragment what must not be seen or heard, before it is encoded: of what is under a cover nothing goes
   into the file. */
import { AudioSample } from "../../vendor/mediabunny.min.mjs";
import { boxAt, inCrop, pixelsOf, silentSamples } from "../shared/cover-rules.js";

const FLAT = "#565e5b";
const BLOCKS = 4;
const COARSE_PX = 26; // of all but a box
const MOST_COARSE = 64;

/** Answers what to encode in the place of each frame; null when nothing is covered. `covers` as in cover-rules.js. */
export function painter({ covers, crop, way, allBut }) {
  if (covers.length === 0) return null;
  let [canvas, context, small, smallContext] = [];

  function begin({ displayWidth, displayHeight }) {
    canvas = new OffscreenCanvas(displayWidth, displayHeight);
    context = canvas.getContext("2d", { alpha: false });
    small = new OffscreenCanvas(MOST_COARSE, MOST_COARSE);
    smallContext = small.getContext("2d", { alpha: false });
    smallContext.imageSmoothingQuality = "high";
  }

  function coarsen({ left, top, width, height }, across, down) {
    smallContext.drawImage(canvas, left, top, width, height, 0, 0, across, down);
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, across, down, left, top, width, height);
    context.imageSmoothingEnabled = true;
  }

  function cover(box) {
    if (way === "blocks") return coarsen(box, BLOCKS, BLOCKS);
    context.fillStyle = FLAT;
    context.fillRect(box.left, box.top, box.width, box.height);
  }

  function coverAllBut(boxes, sample) {
    const { width, height } = canvas;
    const parts = (size) => Math.min(MOST_COARSE, Math.max(1, Math.round(size / COARSE_PX)));
    coarsen({ left: 0, top: 0, width, height }, parts(width), parts(height));
    context.save();
    context.beginPath();
    for (const { left, top, width: across, height: down } of boxes) context.rect(left, top, across, down);
    context.clip();
    if (boxes.length > 0) sample.draw(context, 0, 0);
    context.restore();
  }

  return (sample) => {
    if (!canvas) begin(sample);
    sample.draw(context, 0, 0);
    const boxes = covers
      .map((keys) => pixelsOf(inCrop(boxAt(keys, sample.timestamp), crop), canvas))
      .filter((box) => box !== null);
    if (allBut) coverAllBut(boxes, sample);
    else boxes.forEach(cover);
    return canvas;
  };
}

/** Answers what to encode in the place of each piece of sound: the same with silence in it; null where nothing goes. */
export function silencer(silences) {
  if (silences.length === 0) return null;
  return (sample) => {
    const { timestamp, numberOfFrames: count, numberOfChannels, sampleRate: rate } = sample;
    const silent = silentSamples(silences, { timestamp, count, rate });
    if (silent.length === 0) return sample;
    const data = new Float32Array(count * numberOfChannels);
    for (let channel = 0; channel < numberOfChannels; channel += 1) {
      const plane = data.subarray(channel * count, (channel + 1) * count);
      sample.copyTo(plane, { planeIndex: channel, format: "f32-planar" });
      for (const [first, after] of silent) plane.fill(0, first, after);
    }
    return new AudioSample({ data, format: "f32-planar", numberOfChannels, sampleRate: rate, timestamp });
  };
}
