"""An engine of somebody else: a package with an entry point, found by its name, whose lines become a page."""

import subprocess
import sys
from pathlib import Path

MODULE = """
from kbtool.recognise.engines.line import OcrLine, upright_quad

class Stamp:
    name = "stamp"
    def __init__(self, languages):
        self.fingerprint = "stamp/1/" + "+".join(languages)
    def read(self, image, dpi):
        spans = tuple((100.0 + 30 * i, 130.0 + 30 * i) for i in range(4))
        return (OcrLine("解約受付", upright_quad(100, 100, 220, 130), 99.0, spans, (99.0,) * 4, engine=self.name),)
    def read_line(self, image, dpi):
        return None
"""
SCRIPT = """
import numpy as np
from kbtool.recognise import RecogniseOptions, Raster, fingerprint, recognise
options = RecogniseOptions(engine="stamp")
page = np.full((400, 600), 255, np.uint8)
page[100:130, 100:220:3] = 0
reading = recognise(Raster(page, 200), 1, options)
print(reading.engine, [line.text for line in reading.lines], fingerprint(options).endswith("/stamp/1/jpn"))
"""


def test_a_package_brings_an_engine(tmp_path: Path) -> None:
    (tmp_path / "stamp_engine.py").write_text(MODULE, encoding="utf-8")
    info = tmp_path / "stamp_engine-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: stamp-engine\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[kbtool.ocr_engines]\nstamp = stamp_engine:Stamp\n", encoding="utf-8")
    paths = [str(tmp_path), *(path for path in sys.path if path)]
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = {paths!r}\n{SCRIPT}"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.stdout.strip(), done.stderr[-300:]) == ("stamp ['解約受付'] True", "")
