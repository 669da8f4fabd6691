"""The child that recognises pages: ``python -m kbtool.intake.recogniser``.

It lives for many pages, so that its engines are loaded once, and sees nothing but pixels. Each request is a frame:
how to read, and a page or none; each answer has the fingerprint and the memory in use, and behind them the reading
as JSON. What is wrong with the page or the machine is answered too; anything else ends the process, which costs a
page at most.
"""

import json
import os
import resource
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from kbtool import recognise
from kbtool.errors import KbError
from kbtool.intake.child_start import answering
from kbtool.intake.frames import read_frame, write_frame
from kbtool.intake.typed import built


def main() -> None:
    """Answer requests until nobody asks any more."""
    answers = answering()
    while True:
        header, pixels = read_frame(_read_exactly)
        try:
            told, reading = _answer(header, pixels)
        except KbError as error:
            params = {name: str(value) for name, value in error.params.items()}
            told, reading = {"error": type(error).__name__, "code": error.code, "params": params}, b""
        write_frame(answers, told, reading)


def _answer(header: Mapping[str, Any], pixels: bytes) -> tuple[dict[str, object], bytes]:
    options = built(recognise.RecogniseOptions, header["options"])
    reading = _read(header["page"], pixels, options) if header["page"] else b""
    return {"fingerprint": recognise.fingerprint(options), "memory": _resident_bytes()}, reading


def _read(page: Mapping[str, Any], pixels: bytes, options: recognise.RecogniseOptions) -> bytes:
    size = (page["height"], page["width"])
    array = np.frombuffer(pixels, dtype=np.uint8).reshape(size if page["channels"] == 1 else (*size, page["channels"]))
    reading = recognise.recognise(recognise.Raster(array, page["dpi"]), page["number"], options)
    return json.dumps(asdict(reading), ensure_ascii=False, separators=(",", ":")).encode()


def _resident_bytes() -> int:
    """Memory in use now; where the system does not tell, the most that ever was."""
    statistics = Path("/proc/self/statm")
    if statistics.exists():
        return int(statistics.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _read_exactly(count: int) -> bytes:
    data = sys.stdin.buffer.read(count)
    if len(data) < count:
        raise SystemExit
    return data


if __name__ == "__main__":
    main()
