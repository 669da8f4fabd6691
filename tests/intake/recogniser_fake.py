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

READ, DIE, DIE_ONCE, HANG, BABBLE, LIE, GROW, REFUSE = range(8)

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
    problems=(Problem("x", "p", Severity.WARNING, {"n": 1}),),
)


def main(folder: Path) -> None:
    answers = answering()
    while True:
        header, pixels = read_frame(sys.stdin.buffer.read)
        told = json.dumps(asdict(READING)).encode()
        answer: dict[str, Any] = {"fingerprint": "fake 1", "memory": 1}
        if header["page"]:
            with (folder / "pages").open("a") as log:
                log.write(f"{header['page']['number']} {os.getpid()}\n")
            match pixels[0]:
                case 1:
                    signal.raise_signal(signal.SIGKILL)
                case 2 if not (folder / "died").exists():
                    (folder / "died").touch()
                    signal.raise_signal(signal.SIGSEGV)
                case 3:
                    time.sleep(60)
                case 4:
                    told = b'{"lines": 7}'
                case 5:
                    answers.write(b"no frame at all")
                case 6:
                    answer["memory"] = 10**12
                case 7:
                    answer = {"error": "EnvironmentMissing", "code": "recognise_ppocr_missing", "params": {}}
        write_frame(answers, answer, told)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
