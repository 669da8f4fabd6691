"""A recogniser that does as the pixels say: ``python recogniser_fake.py FOLDER``.

The first byte of a page is what to do; FOLDER remembers what was done, so that a fault can happen once.
"""

import json
import os
import signal
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kbtool.document import Box, Method
from kbtool.intake.child_start import answering
from kbtool.intake.frames import read_frame, write_frame
from kbtool.outcome import Problem, Severity
from kbtool.reading import FieldReading, Grid, GridCell, Line, PageReading, Stamp

READ, DIE, DIE_ONCE, HANG, BABBLE, LIE, GROW, REFUSE, SLOW = range(9)
PAUSES_S = {HANG: 60.0, SLOW: 0.3}

BOX = Box(1.0, 2.0, 3.0, 4.0)
READING = PageReading(
    1,
    595.0,
    842.0,
    Method.OCR,
    "fake",
    (Line("水漏れ", BOX, ((1.0, 2.0),) * 3, 10.0, 90.0, (90.0, 80.0, 70.0)),),
    (Grid(BOX, 1, 1, (GridCell(0, 0, BOX),)),),
    (BOX,),
    (Stamp(BOX, "社外秘", 80.0),),
    (FieldReading("slip/kind/a", BOX, marked=True),),
    problems=(Problem("recognise_form_frame", "1", Severity.WARNING, {"form": "slip"}),),
)


def main(folder: Path) -> None:
    answers = answering()
    while True:
        header, pixels = read_frame(sys.stdin.buffer.read)
        answer: dict[str, Any] = {"fingerprint": "fake 1", "memory": 1}
        if header["page"]:
            with (folder / "pages").open("a") as log:
                log.write(f"{header['page']['number']} {os.getpid()}\n")
            misbehave(pixels[0], folder)
            answer |= UNUSUAL.get(pixels[0], {})
        if header["page"] and pixels[0] == BABBLE:
            answers.write(b"no frame at all")
        lies = header["page"] and pixels[0] == LIE
        write_frame(answers, answer, b'{"lines": 7}' if lies else json.dumps(asdict(READING)).encode())


UNUSUAL: dict[int, dict[str, Any]] = {
    GROW: {"memory": 10**12},
    REFUSE: {"error": "EnvironmentMissing", "code": "recognise_ppocr_missing", "params": {}},
}


def misbehave(what: int, folder: Path) -> None:
    if what == DIE:
        signal.raise_signal(signal.SIGKILL)
    if what == DIE_ONCE and not (folder / "died").exists():
        (folder / "died").touch()
        signal.raise_signal(signal.SIGSEGV)
    if what in PAUSES_S:
        time.sleep(PAUSES_S[what])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
