"""How many pages with a text layer are read in a CPU second: kbtool beside pdfplumber's plain text, on one long PDF.

Separate from the conditions because it needs many pages and one process. Start-up is told apart: each reader also
reads a PDF of one page, and what the other pages cost beyond that is their speed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.reading.corpus import make
from benchmarks.reading.readers import Cost, run
from benchmarks.reading.scores import rates, score
from benchmarks.reading.targets import Target

OURS, THEIRS = "kbtool", "pdfplumber-text"


@dataclass(frozen=True, slots=True)
class Speed:
    """One reader on the long PDF: CPU seconds of start-up and in all, pages, and the error rate in order."""

    reader: str
    start_s: float
    cpu_s: float
    pages: int
    cer: float

    @property
    def pages_a_s(self) -> float:
        """Pages in a CPU second, start-up left out."""
        return (self.pages - 1) / (self.cpu_s - self.start_s)


def measure(folder: Path, seed: int, pages: int) -> tuple[Speed, Speed]:
    """Draw a PDF of so many pages and read it with kbtool and with pdfplumber, one process each."""
    (one,) = make(folder / "one", seed, 1, ["digital"])
    (long,) = make(folder / "long", seed, pages, ["digital"])
    speeds = []
    for reader in (OURS, THEIRS):
        start, whole = run(reader, [one], 1, folder), run(reader, [long], 1, folder)
        assert isinstance(start.cost, Cost) and isinstance(whole.cost, Cost)
        cer = rates(score(whole, [long])).cer
        speeds.append(Speed(reader, start.cost.cpu_s, whole.cost.cpu_s, pages, cer))
    return speeds[0], speeds[1]


def targets(ours: Speed, theirs: Speed) -> Iterator[Target]:
    """Yield what is to be reached beside pdfplumber."""
    yield Target("text-layer pages in a CPU second, times pdfplumber's", 16, ours.pages_a_s / theirs.pages_a_s)
    yield Target("text-layer CER, as good as pdfplumber's", theirs.cer, ours.cer, at_most=True)
