"""What runs in a recogniser process: one page of pixels in, one reading out.

Recognition is imported here at the first page, so that its libraries never reach the parent. The alarm clock kills
the process when a page takes too long, even inside native code; the parent sees a dead worker and passes that page
over.
"""

import os
import signal
from typing import TYPE_CHECKING

from kbtool.intake.untrusted import RasterPage
from kbtool.limits import RECOGNISE_PAGE_S
from kbtool.reading import PageReading

if TYPE_CHECKING:
    from kbtool.recognise import RecogniseOptions

_ONE_THREAD = ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def start() -> None:
    """Prepare a fresh process: one thread, and Ctrl-C left to the parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))


def fingerprint(options: "RecogniseOptions") -> str:
    """Name the engines, models and rules that read pages here."""
    from kbtool import recognise

    return recognise.fingerprint(options)


def read(page: RasterPage, options: "RecogniseOptions") -> PageReading:
    """Recognise one page."""
    import numpy as np

    from kbtool import recognise

    shape = (page.height, page.width) if page.channels == 1 else (page.height, page.width, page.channels)
    pixels = np.frombuffer(page.pixels, dtype=np.uint8).reshape(shape)
    signal.alarm(int(RECOGNISE_PAGE_S))
    try:
        return recognise.recognise(recognise.Raster(pixels, page.dpi), page.number, options)
    finally:
        signal.alarm(0)
