/* What a chosen file is, by its first bytes: why it can be no film, before any of it is sent. The server knows the same
   (video_feedback/media/kinds.py), and judges anew. */

/** Bytes that decide. */
export const HEAD = 64 * 1024;

const STILL_BRANDS = ["heic", "heix", "heim", "heis", "mif1", "msf1", "avif", "avis", "jxl "];
const SOUND_BRANDS = ["M4A ", "M4B ", "M4P "];
const RAW_BRANDS = ["crx "];
const PROTECTED_TRACKS = ["encv", "drmi"];
const RAW_TRACKS = ["aprn", "aprh", "braw", "cdng"];
const FIRST_BOXES = ["ftyp", "moov", "mdat", "wide", "free", "skip", "pnot"];

const PLAYLISTS = ["#EXTM3U", "ffconcat", "[playlist]", "<MPD", "<smil", "<asx", "<ASX", "rtsp://", "v=0\r\n"];
const STILLS = ["\xff\xd8\xff", "\x89PNG\r\n", "GIF8", "BM", "\x00\x00\x00\x0cJXL ", "<svg"];
const RAWS = [
  "II*\x00",
  "MM\x00*",
  "FUJIFILMCCD-RAW",
  "YUV4MPEG2",
  "DKIF",
  "\x00\x00\x00\x01\x67",
  "\x00\x00\x01\x67",
  "\x00\x00\x00\x01\x27",
  "\x00\x00\x00\x01\x40\x01",
  "\x00\x00\x01\xb3",
  "SDPX",
  "XPDS",
  "\x1f\x07\x00",
];
const SOUNDS = [
  "ID3",
  "\xff\xfb",
  "\xff\xf3",
  "\xff\xf2",
  "\xff\xfa",
  "\xff\xf1",
  "\xff\xf9",
  "fLaC",
  "#!AMR",
  "caff",
  "MThd",
  "\x0b\x77",
];

const startsWithAny = (text, starts) => starts.some((start) => text.startsWith(start));

const textOf = (bytes) => {
  let text = "";
  for (let place = 0; place < bytes.length; place += 4096) {
    text += String.fromCharCode(...bytes.subarray(place, place + 4096));
  }
  return text;
};

/** The index, as far as it is there: of the film itself any four bytes may be the name of a box. */
const indexIn = (text) => {
  const sizeAt = (place) => [0, 1, 2, 3].reduce((size, byte) => size * 256 + text.charCodeAt(place + byte), 0);
  for (let place = 0, size = 8; place + 8 <= text.length && size >= 8; place += size) {
    size = sizeAt(place);
    if (text.slice(place + 4, place + 8) === "moov") return text.slice(place, place + size);
  }
  return "";
};

const byTracks = (text) => {
  const index = indexIn(text);
  for (let place = index.indexOf("stsd"); place >= 0; place = index.indexOf("stsd", place + 4)) {
    const track = index.slice(place + 16, place + 20);
    if (PROTECTED_TRACKS.includes(track)) return "protected";
    if (RAW_TRACKS.includes(track)) return "raw";
  }
  return null;
};

const byBrand = (brand) => {
  if (STILL_BRANDS.includes(brand)) return "still";
  if (SOUND_BRANDS.includes(brand)) return "no_picture";
  return RAW_BRANDS.includes(brand) ? "raw" : null;
};

const byStart = (whole) => {
  const text = whole.replace(/^\xef\xbb\xbf/, "").replace(/^[ \t\r\n]+/, "");
  if (text.startsWith("<?xml")) {
    const holds = (starts) => starts.some((start) => start.startsWith("<") && text.slice(0, 2000).includes(start));
    if (holds(PLAYLISTS)) return "playlist";
    return holds(STILLS) ? "still" : null;
  }
  if (startsWithAny(text, PLAYLISTS)) return "playlist";
  if (startsWithAny(whole, STILLS)) return "still";
  if (startsWithAny(whole, RAWS)) return "raw";
  return startsWithAny(whole, SOUNDS) ? "no_picture" : null;
};

/** Why these first bytes can be no film: "playlist", "still", "no_picture", "protected" or "raw"; null when they may. */
export function refusalOf(bytes) {
  const text = textOf(bytes);
  const [first, second, third] = [text.slice(0, 4), text.slice(4, 8), text.slice(8, 12)];
  if (second === "ftyp") return byBrand(third) ?? byTracks(text);
  if (FIRST_BOXES.includes(second)) return byTracks(text);
  if (first === "RIFF") return { WAVE: "no_picture", WEBP: "still" }[third] ?? null;
  if (first === "FORM" && (third === "AIFF" || third === "AIFC")) return "no_picture";
  if (first === "OggS") return text.slice(0, 200).includes("theora") ? null : "no_picture";
  if (second === "RED1" || second === "RED2") return "raw";
  return byStart(text);
}

/** The same, of a file that was chosen; null as well when it cannot be read now. */
export async function refusalOfFile(file) {
  try {
    return refusalOf(new Uint8Array(await file.slice(0, HEAD).arrayBuffer()));
  } catch {
    return null;
  }
}
