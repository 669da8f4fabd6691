"""What reading is to reach, beside what it reached in this run: one line a target.

Separate from the report, which shows how things are without judging. A target is judged only where this run measured
both sides of it; rates of scans are judged over the conditions that the run drew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.reading.corpus import SCANS
from benchmarks.reading.metrics import Hits
from benchmarks.reading.readers import OWN, Run
from benchmarks.reading.scores import PageScore, Verdict, rates, total, verdict

Scores = Mapping[str, Sequence[PageScore]]
_OURS, _TESSERACT_ALONE = "kbtool", "kbtool-tesseract"


@dataclass(frozen=True, slots=True)
class Target:
    """``value`` is to be at least (or, with ``at_most``, at most) ``bound``; None: not measured in this run."""

    name: str
    bound: float
    value: float | None
    at_most: bool = False

    @property
    def is_reached(self) -> bool | None:
        """Whether it was reached; None where it was not measured."""
        if self.value is None:
            return None
        return self.value <= self.bound if self.at_most else self.value >= self.bound


def targets(scores: Scores, runs: Sequence[Run], cores: int) -> Iterator[Target]:
    """Yield every target in the order of the issue: words, tables, forms, speed."""
    yield from _words(scores)
    yield from _beside_peers(scores)
    yield from _tables(scores.get(_OURS, ()))
    yield from _forms(scores.get(_OURS, ()), {run.reader: run for run in runs})
    yield from _speed({run.reader: run for run in runs}, cores)


def _words(scores: Scores) -> Iterator[Target]:
    ours, alone, plain = (_scans(scores.get(reader, ())) for reader in (_OURS, _TESSERACT_ALONE, "tesseract"))
    office = [page for page in ours if page.condition == "scan200"]
    upright = [page for page in scores.get(_OURS, ()) if page.condition == "vertical"]
    yield Target("200 dpi scans, bCER", 0.003, rates(office).bcer if office else None, at_most=True)
    yield Target("all scans, CER", 0.010, rates(ours).cer if ours else None, at_most=True)
    share = rates(ours).bcer / rates(plain).bcer if ours and plain else None
    yield Target("all scans, bCER as a share of tesseract's", 0.1, share, at_most=True)
    share = rates(alone).cer / rates(plain).cer if alone and plain else None
    yield Target("with Tesseract alone, CER as a share of tesseract's", 0.4, share, at_most=True)
    yield Target("vertical, CER", 0.015, rates(upright).cer if upright else None, at_most=True)


def _beside_peers(scores: Scores) -> Iterator[Target]:
    """Over every condition of words that a peer read too."""
    found: list[Verdict] = []
    for reader in scores.keys() - OWN.keys():
        for condition in {page.condition for page in scores[reader]} & {*SCANS, "vertical", "digital"}:
            pair = [[page for page in scores.get(name, ()) if page.condition == condition] for name in (_OURS, reader)]
            said = verdict(*pair)
            found += [said] if said else []
    worse, better = found.count(Verdict.WORSE), found.count(Verdict.BETTER)
    yield Target("conditions × peers where worse by the interval", 0, worse if found else None, at_most=True)
    yield Target("conditions × peers where better, share", 0.5, better / len(found) if found else None)


def _tables(ours: Sequence[PageScore]) -> Iterator[Target]:
    digital = [page for page in ours if page.condition == "digital"]
    scans = _scans(ours)
    firm = {page.condition for page in scans} - {"stamp"}
    worst = [_f1(page.ruled for page in scans if page.condition == condition) for condition in sorted(firm)]
    yield Target("cells F1, born-digital, ruled", 1.0, _f1(page.ruled for page in digital))
    yield Target("cells F1, born-digital, unruled", 0.9, _f1(page.unruled for page in digital))
    yield Target("cells F1, scans, ruled", 0.97, _f1(page.ruled for page in scans))
    yield Target(
        "cells F1, ruled, worst scan condition but stamp", 0.92, min((f for f in worst if f is not None), default=None)
    )
    yield Target("cells F1, scans, unruled", 0.8, _f1(page.unruled for page in scans))


def _forms(ours: Sequence[PageScore], runs: Mapping[str, Run]) -> Iterator[Target]:
    turned = [page.turned_right for page in ours if page.turned_right is not None]
    forms = [page for page in ours if page.condition == "form"]  # elsewhere their zones are not told
    yield Target("form text exactly right", 0.97, _f1(page.text_fields for page in forms))
    yield Target("check marks F1", 0.995, _f1(page.marks for page in forms))
    yield Target("orientation right", 1.0, sum(turned) / len(turned) if turned else None)
    yield Target("orientation, s a page more than upright", 0.15, _turning_s(runs.get(_OURS)), at_most=True)


def _turning_s(run: Run | None) -> float | None:
    """How many seconds a turned page takes more than the same page upright, one after the other."""
    if run is None or not {"turned", "scan200"} <= run.wall_s.keys():
        return None
    return run.jobs * (
        run.wall_s["turned"] / len(run.pages["turned"]) - run.wall_s["scan200"] / len(run.pages["scan200"])
    )


def _speed(runs: Mapping[str, Run], cores: int) -> Iterator[Target]:
    for other, bound in (("ocrmypdf-clean", 4.0), ("ocrmypdf", 1.3), ("tesseract", 1.5)):
        yield Target(f"scanned pages a minute, times {other}'s", bound, _faster(runs.get(_OURS), runs.get(other)))
    cost = runs[_OURS].cost if _OURS in runs else None
    yield Target("CPU use", 0.95, cost.cpu_s / cost.wall_s / cores if cost else None)
    yield Target("largest process, MB", 800, cost.peak_mb if cost else None, at_most=True)


def _faster(ours: Run | None, other: Run | None) -> float | None:
    """Speed over the scans that both read in this run."""
    if ours is None or other is None or ours.cost is None or other.cost is None:
        return None
    both = [name for name in SCANS if name in ours.wall_s and name in other.wall_s]
    taken = sum(ours.wall_s[name] for name in both)
    return sum(other.wall_s[name] for name in both) / taken if taken else None


def _scans(pages: Iterable[PageScore]) -> list[PageScore]:
    return [page for page in pages if page.condition in SCANS]


def _f1(hits: Iterable[Hits]) -> float | None:
    found = total(hits)
    return found.f1 if found.true else None
