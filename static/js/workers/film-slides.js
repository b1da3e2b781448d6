/* A few pictures of a recording in the place of a film: each stands still for some seconds, and nothing is heard. What
   must not be seen is painted over as in a film, so it is watched, sent, shown and erased as one. */
import {
  BufferTarget,
  Mp4OutputFormat,
  Output,
  VideoSample,
  VideoSampleSink,
  VideoSampleSource,
} from "../../vendor/mediabunny.min.mjs";
import { SLIDE_S } from "../shared/cut-rules.js";
import { check, pictureOf } from "./film-cut.js";
import { CannotCut, inspect, openFilm } from "./film-looks.js";

const FRAMES_A_SECOND = 10;
const FRAMES_A_SLIDE = SLIDE_S * FRAMES_A_SECOND;

/** Resolves to a Blob as `cut` makes it, of the pictures at these moments, in seconds from the first frame. */
export async function slides(file, { moments, ...taken }, { tell, signal }) {
  const info = await inspect(file);
  const { kept, size, bitrate, paint } = await pictureOf(info, taken);
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext("2d", { alpha: false });
  const input = openFilm(file);
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: "in-memory" }), target: new BufferTarget() });
  const film = new VideoSampleSource({ codec: "avc", bitrate, keyFrameInterval: SLIDE_S });
  output.addVideoTrack(film, { frameRate: FRAMES_A_SECOND });
  try {
    await output.start();
    const sink = new VideoSampleSink(await input.getPrimaryVideoTrack());
    for (const [at, moment] of moments.entries()) {
      const shot = await sink.getSample(info.first + moment);
      if (!shot) throw new CannotCut("failed", `nothing at ${moment}`);
      shot.drawWithFit(context, { fit: "fill", crop: kept });
      shot.close();
      await addSlide(film, painted(canvas, moment, paint), at, signal);
      tell({ part: (at + 1) / moments.length });
    }
    await output.finalize();
  } catch (error) {
    await output.cancel();
    throw error;
  } finally {
    input.dispose();
  }
  const blob = new Blob([output.target.buffer], { type: "video/mp4" });
  await check(blob, { length: moments.length * SLIDE_S, hasSound: false });
  return { blob, ...size };
}

/** The picture with what lies on it at that moment of the recording. */
function painted(canvas, moment, paint) {
  if (!paint) return canvas;
  const sample = new VideoSample(canvas, { timestamp: moment });
  try {
    return paint(sample);
  } finally {
    sample.close();
  }
}

async function addSlide(film, picture, at, signal) {
  for (let frame = at * FRAMES_A_SLIDE; frame < (at + 1) * FRAMES_A_SLIDE; frame += 1) {
    signal.throwIfAborted();
    const times = { timestamp: frame / FRAMES_A_SECOND, duration: 1 / FRAMES_A_SECOND };
    const sample = new VideoSample(picture, times);
    await film.add(sample, { keyFrame: frame % FRAMES_A_SLIDE === 0 });
    sample.close();
  }
}
