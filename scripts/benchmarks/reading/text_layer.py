"""How fast pages with a text layer are read: kbtool beside pdfplumber's plain text, on one long PDF.

Separate from the conditions because it needs many pages. Start-up is told apart: each reader also reads a PDF of one
page, and what the other pages cost beyond that is their speed. pdfplumber reads in one process; kbtool is told by CPU
seconds of all its processes, where it may open the file with one, and by the clock, where it may use all cores.
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
    """One reader with ``jobs`` processes on the long PDF: what one page and all pages cost, and the error rate."""

    reader: str
    jobs: int
    pages: int
    start: Cost
    whole: Cost
    cer: float

    @property
    def pages_a_cpu_s(self) -> float:
        """Pages in a CPU second, start-up left out."""
        return (self.pages - 1) / (self.whole.cpu_s - self.start.cpu_s)

    @property
    def pages_a_s(self) -> float:
        """Pages in a second by the clock, start-up left out."""
        return (self.pages - 1) / (self.whole.wall_s - self.start.wall_s)


@dataclass(frozen=True, slots=True)
class Speeds:
    """kbtool with one opener, kbtool with as many as may be, and pdfplumber."""

    ours: Speed
    ours_on_all: Speed
    theirs: Speed


def measure(folder: Path, seed: int, pages: int, jobs: int) -> Speeds:
    """Draw a PDF of so many pages and read it with kbtool, with ``jobs`` processes as well, and with pdfplumber."""
    (one,) = make(folder / "one", seed, 1, ["digital"])
    (long,) = make(folder / "long", seed, pages, ["digital"])

    def speed(reader: str, jobs: int) -> Speed:
        start, whole = run(reader, [one], jobs, folder), run(reader, [long], jobs, folder)
        assert start.cost and whole.cost
        return Speed(reader, jobs, pages, start.cost, whole.cost, rates(score(whole, [long])).cer)

    return Speeds(speed(OURS, 1), speed(OURS, jobs), speed(THEIRS, 1))


def targets(speeds: Speeds) -> Iterator[Target]:
    """Yield what is to be reached beside pdfplumber."""
    ours, ours_on_all, theirs = speeds.ours, speeds.ours_on_all, speeds.theirs
    times = ours_on_all.pages_a_s / theirs.pages_a_s
    yield Target(f"text-layer pages a second, {ours_on_all.jobs} processes, times pdfplumber's", 16, times)
    times = ours.pages_a_cpu_s / theirs.pages_a_cpu_s
    yield Target("text-layer pages in a CPU second, times pdfplumber's", 16, times)
    yield Target("text-layer CER, as good as pdfplumber's", theirs.cer, ours.cer, at_most=True)
