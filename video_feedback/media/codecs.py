"""Which tracks can be read, by which of ffmpeg's decoders; and how to name the others to the one who filmed."""

VIDEO_DECODERS = {
    "h264": "h264",
    "hevc": "hevc",
    "av1": "libdav1d",
    "vp8": "vp8",
    "vp9": "vp9",
    "prores": "prores",
    "mjpeg": "mjpeg",
    "mpeg1video": "mpeg1video",
    "mpeg2video": "mpeg2video",
    "mpeg4": "mpeg4",
    "msmpeg4v3": "msmpeg4",
    "h263": "h263",
    "dvvideo": "dvvideo",
}
AUDIO_DECODERS = {
    "aac": "aac",
    "aac_latm": "aac_latm",
    "ac3": "ac3",
    "eac3": "eac3",
    "mp2": "mp2float",
    "mp3": "mp3float",
    "opus": "opus",
    "vorbis": "vorbis",
    "flac": "flac",
    "alac": "alac",
    "amr_nb": "amrnb",
    "amr_wb": "amrwb",
    "adpcm_ima_qt": "adpcm_ima_qt",
    "adpcm_ima_wav": "adpcm_ima_wav",
    "adpcm_ms": "adpcm_ms",
    "pcm_alaw": "pcm_alaw",
    "pcm_mulaw": "pcm_mulaw",
    "pcm_bluray": "pcm_bluray",
    "pcm_dvd": "pcm_dvd",
    "pcm_u8": "pcm_u8",
    "pcm_s16le": "pcm_s16le",
    "pcm_s16be": "pcm_s16be",
    "pcm_s24le": "pcm_s24le",
    "pcm_s24be": "pcm_s24be",
    "pcm_s32le": "pcm_s32le",
    "pcm_f32le": "pcm_f32le",
}
# ffmpeg looks into a file with the first decoder that it has for a track, which is not always the one that we name.
WHITELIST = ",".join(sorted({*VIDEO_DECODERS.values(), *AUDIO_DECODERS.values(), "mp2", "mp3"}))

_NAMES = {
    "apv": "APV",
    "apv1": "APV",
    "aprn": "ProRes RAW",
    "aprh": "ProRes RAW",
    "cfhd": "CineForm",
    "dnxhd": "DNxHD",
    "vvc": "VVC",
    "theora": "Theora",
    "wmv3": "WMV",
    "vc1": "WMV",
}


def name_of(codec: str, tag: str) -> str:
    """Return how people know this kind of film: by its name, else by the letters that the file has for it."""
    for known in (codec, tag):
        if known in _NAMES:
            return _NAMES[known]
    letters = "".join(letter for letter in (codec or tag) if letter.isascii() and letter.isalnum())
    return letters[:20] if letters != "none" else ""
