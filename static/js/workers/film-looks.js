/* What a film is, and what helps to find the two minutes in it: stills and the loudness of its sound. All in seconds from
   its first frame. */
import {
  AudioSampleSink,
  BlobSource,
  CanvasSink,
  Input,
  MATROSKA,
  MP4,
  QTFF,
  WEBM,
} from "../../vendor/mediabunny.min.mjs";

/** Why this device cannot cut this film, as one of the reasons that the page has words for. */
export class CannotCut extends Error {
  constructor(reason, detail = "") {
    super(detail);
    this.reason = reason;
  }
}

/** What the server takes and this library reads; no playlists, for these name other files. */
export const openFilm = (file) => new Input({ formats: [MP4, QTFF, MATROSKA, WEBM], source: new BlobSource(file) });

const SOME_PACKETS = 120;
const STILL_HEIGHT = 72;
const EVERY_NTH_SAMPLE = 4;

/** Reads the index and a few packets. `first` and `end` are by the film's own clock. */
export async function inspect(file) {
  if (!globalThis.VideoEncoder || !globalThis.VideoDecoder) throw new CannotCut("no-webcodecs");
  const input = openFilm(file);
  try {
    const video = await input.getPrimaryVideoTrack();
    if (!video) throw new CannotCut("no-picture");
    const codec = await video.getCodecParameterString();
    if (!(await video.canDecode())) throw new CannotCut("cannot-decode", codec ?? "");
    const sound = await input.getPrimaryAudioTrack();
    const { averagePacketRate, averageBitrate } = await video.computePacketStats(SOME_PACKETS);
    const [first, end] = [await video.getFirstTimestamp(), await input.computeDuration()];
    return {
      first,
      end,
      length: end - first,
      width: await video.getDisplayWidth(),
      height: await video.getDisplayHeight(),
      rate: averagePacketRate,
      bitrate: averageBitrate,
      hasSound: sound !== null,
      canHear: sound !== null && (await sound.canDecode()),
    };
  } catch (error) {
    throw error.name === "UnsupportedInputFormatError" ? new CannotCut("no-film") : error;
  } finally {
    input.dispose();
  }
}

/** Tells of so many small pictures, spread over the film. */
export async function stills(file, { count }, { tell, signal }) {
  const { first, length } = await inspect(file);
  const input = openFilm(file);
  try {
    const sink = new CanvasSink(await input.getPrimaryVideoTrack(), { height: STILL_HEIGHT, fit: "contain" });
    const moments = Array.from({ length: count }, (_, at) => first + ((at + 0.5) * length) / count);
    let at = 0;
    for await (const shot of sink.canvasesAtTimestamps(moments)) {
      signal.throwIfAborted();
      if (shot) tell({ at, bitmap: await createImageBitmap(shot.canvas) });
      at += 1;
    }
  } finally {
    input.dispose();
  }
}

/** Tells of the loudest value of each of so many parts, 0 to 1, as they become known. */
export async function loudness(file, { count }, { tell, signal }) {
  const { first, length, canHear } = await inspect(file);
  if (!canHear) return;
  const input = openFilm(file);
  try {
    let [part, top, data] = [0, 0, new Float32Array(0)];
    for await (const sample of new AudioSampleSink(await input.getPrimaryAudioTrack()).samples(first, first + length)) {
      if (signal.aborted) {
        sample.close();
        signal.throwIfAborted();
      }
      const now = Math.min(count - 1, Math.max(0, Math.floor(((sample.timestamp - first) / length) * count)));
      if (now !== part) {
        tell({ part, top });
        [part, top] = [now, 0];
      }
      if (data.length < sample.numberOfFrames) data = new Float32Array(sample.numberOfFrames);
      sample.copyTo(data, { planeIndex: 0, format: "f32-planar" });
      for (let i = 0; i < sample.numberOfFrames; i += EVERY_NTH_SAMPLE) top = Math.max(top, Math.abs(data[i]));
      sample.close();
    }
    tell({ part, top });
  } finally {
    input.dispose();
  }
}
