/* Cuts a fragment out of a film: of what lies outside of it not one packet is in the file, and nothing that the camera
   wrote along. Picture and sound are always encoded anew, for what is copied begins at the key frame before. */
import {
  BufferTarget,
  Conversion,
  canEncodeVideo,
  EncodedPacketSink,
  getFirstEncodableAudioCodec,
  Mp4OutputFormat,
  Output,
} from "../../vendor/mediabunny.min.mjs";
import { cropOf, silencesIn } from "../shared/cover-rules.js";
import { bitrateOf, sizeOf } from "../shared/cut-rules.js";
import { painter, silencer } from "./film-cover.js";
import { CannotCut, inspect, openFilm } from "./film-looks.js";

const MOST_FRAMES_A_SECOND = 30;
const KEY_FRAME_EVERY_S = 2;
const SOUND_BITS = 96_000;
const TELL_EVERY = 0.01;

/**
 * Resolves to a Blob (mp4, H.264, upright) of exactly [start, end) in seconds from the first frame.
 * `covers`, `crop`, `way`, `allBut` as in cover-rules.js; `silences` [{from, to}] in the time of the film.
 */
export async function cut(file, { start, end, sound, covers, crop, way, allBut, silences }, { tell, signal }) {
  const info = await inspect(file);
  const { kept, size, bitrate, paint } = await pictureOf(info, { covers, crop, way, allBut });
  const soundCodec = sound && info.hasSound ? await soundCodecOf(info) : null;
  const hush = silencer(silencesIn(silences, { start, end }));

  const input = openFilm(file);
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: "in-memory" }), target: new BufferTarget() });
  const whole = { input, output, tracks: "primary", tags: {}, showWarnings: false };
  const trim = { start: info.first + start, end: Math.min(info.first + end, info.end) };
  const video = {
    ...size,
    codec: "avc",
    bitrate,
    fit: "fill",
    forceTranscode: true,
    keyFrameInterval: KEY_FRAME_EVERY_S,
  };
  Object.assign(video, { allowTransformationMetadata: false, ...(paint && { process: paint }) });
  if (crop) video.crop = kept;
  if (info.rate > MOST_FRAMES_A_SECOND + 1) video.frameRate = MOST_FRAMES_A_SECOND;
  const audio = soundCodec
    ? { codec: soundCodec, bitrate: SOUND_BITS, forceTranscode: true, ...(hush && { process: hush }) }
    : { discard: true };
  try {
    await run(await Conversion.init({ ...whole, trim, video, audio }), { tell, signal });
  } finally {
    input.dispose();
  }
  const blob = new Blob([output.target.buffer], { type: "video/mp4" });
  await check(blob, { length: trim.end - trim.start, hasSound: soundCodec !== null });
  return { blob, ...size };
}

/** What is kept of the picture, how large it comes out, in how many bits a second, and what is painted on it (or null). */
export async function pictureOf(info, { covers, crop, way, allBut }) {
  const kept = crop ? cropOf(crop, info) : { left: 0, top: 0, width: info.width, height: info.height };
  const size = sizeOf(kept);
  const bitrate = bitrateOf(size, info.bitrate);
  if (!(await canEncodeVideo("avc", { ...size, bitrate }))) throw new CannotCut("cannot-encode");
  return { kept, size, bitrate, paint: painter({ covers, way, allBut, crop: crop && partsOf(kept, info) }) };
}

/** What a crop is in parts of the picture, once its pixels are whole. */
const partsOf = ({ left, top, width, height }, info) => ({
  x: left / info.width,
  y: top / info.height,
  w: width / info.width,
  h: height / info.height,
});

async function soundCodecOf({ canHear }) {
  const codec = canHear ? await getFirstEncodableAudioCodec(["opus", "aac"]) : null;
  if (!codec) throw new CannotCut("cannot-hear");
  return codec;
}

async function run(conversion, { tell, signal }) {
  const lost = conversion.discardedTracks.filter(({ reason }) => reason !== "discarded_by_user");
  if (!conversion.isValid || lost.length > 0) {
    throw new CannotCut("lost-track", lost.map(({ reason }) => reason).join());
  }
  let told = 0;
  conversion.onProgress = (part) => {
    if (part - told < TELL_EVERY) return; // it says so at every frame
    told = part;
    tell({ part });
  };
  const stop = () => conversion.cancel();
  signal.throwIfAborted();
  signal.addEventListener("abort", stop, { once: true });
  try {
    await conversion.execute();
  } finally {
    signal.removeEventListener("abort", stop);
  }
  signal.throwIfAborted();
}

/** Trusts nothing of it: there is a picture, as long as was asked, and no packet before it or after. */
export async function check(blob, { length, hasSound }) {
  const input = openFilm(blob);
  try {
    const video = await input.getPrimaryVideoTrack();
    if (!video) throw new CannotCut("lost-track", "no picture");
    if (hasSound && !(await input.getPrimaryAudioTrack())) throw new CannotCut("lost-track", "no sound");
    let [from, to] = [Infinity, -Infinity];
    for await (const { timestamp, duration } of new EncodedPacketSink(video).packets()) {
      from = Math.min(from, timestamp);
      to = Math.max(to, timestamp + duration);
    }
    const isRight = from >= 0 && from < 1 && to <= length + 0.1 && to >= length - 1;
    if (!isRight) throw new CannotCut("wrong-length", `${from} to ${to}`);
  } finally {
    input.dispose();
  }
}
