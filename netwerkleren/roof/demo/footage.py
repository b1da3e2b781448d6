"""The demo's films: made on the spot by ffmpeg, with coloured blocks on a table and a soft tone instead of people."""

import subprocess
from pathlib import Path

SECONDS = 16


def make_film(path: Path, *, hue: int) -> None:
    """Writes a phone-like recording of 16 seconds. `hue` (0-359) tells the films apart."""
    scene = (
        "color=c=0xC9B48A:s=640x360:r=15,"
        "drawbox=x=0:y=0:w=iw:h=166:color=0x8E9A92:t=fill,"
        "drawbox=x=226:y=33:w=188:h=74:color=0x3C4F47:t=fill,"
        "drawbox=x='160+20*t':y=220:w=46:h=46:color=0xB4574F:t=fill,"
        "drawbox=x='414-13*t':y=234:w=46:h=46:color=0x4F6C96:t=fill,"
        f"drawbox=x=294:y='214+14*sin(t)':w=46:h=46:color=0xE7C57F:t=fill,hue=h={hue}"
    )
    tone = "sine=frequency=220:sample_rate=48000,volume=0.05"
    encode = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    inputs = ["-f", "lavfi", "-i", scene, "-f", "lavfi", "-i", tone, "-t", str(SECONDS)]
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", "-y", *inputs, *encode, str(path)], check=True, timeout=120)
