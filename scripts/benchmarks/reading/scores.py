"""One run of one reader against the truth: rates by condition and layout, tables, forms, orientation."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from benchmarks.reading import metrics
from benchmarks.reading.corpus import Batch
from benchmarks.reading.metrics import Errors, Hits
from benchmarks.reading.readers import PageRead, Run
from benchmarks.reading.reference import Rates
from benchmarks.reading.truth import PageTruth


@dataclass(frozen=True, slots=True)
class PageScore:
    """One page: its errors both ways, blocks in order, cells of ruled and unruled tables, form fields and marks."""

    condition: str
    layout: str
    ordered: Errors
    blocks: Errors
    order: Hits
    ruled: Hits
    unruled: Hits
    text_fields: Hits
    marks: Hits
    turned_right: bool | None
    confusions: Counter[tuple[str, str]]


def score(run: Run, batches: Sequence[Batch]) -> list[PageScore]:
    """Score every page that the reader read, in the order of the batches."""
    return [
        _page(batch.condition, truth, read)
        for batch in batches
        if batch.condition in run.pages
        for truth, read in zip(batch.truths, _filled(run.pages[batch.condition], batch), strict=True)
    ]


def rates(pages: Iterable[PageScore]) -> Rates:
    """Both character error rates over pages, each character counting the same."""
    kept = list(pages)
    ordered = sum((page.ordered for page in kept), Errors(0, 0))
    blocks = sum((page.blocks for page in kept), Errors(0, 0))
    return Rates(ordered.rate, blocks.rate)


class Verdict(StrEnum):
    """What the interval of the difference of two readers says of the first."""

    BETTER = "better"
    NO_WORSE = "no worse"
    WORSE = "WORSE"


def verdict(first: Sequence[PageScore], other: Sequence[PageScore]) -> Verdict | None:
    """Compare two readers on the same pages, in order; None where they did not read the same pages."""
    if not first or len(first) != len(other):
        return None
    low, high = metrics.interval([page.ordered for page in first], [page.ordered for page in other])
    if high < 0:
        return Verdict.BETTER
    return Verdict.WORSE if low > 0 else Verdict.NO_WORSE


def total(hits: Iterable[Hits]) -> Hits:
    """Sum of hits."""
    return sum(hits, Hits())


def _filled(pages: tuple[PageRead, ...], batch: Batch) -> list[PageRead]:
    """A page that a reader left out counts as read empty."""
    return [*pages, *(PageRead("") for _ in batch.truths[len(pages) :])]


def _page(condition: str, truth: PageTruth, read: PageRead) -> PageScore:
    return PageScore(
        condition,
        truth.layout,
        metrics.in_order(truth.blocks, read.text),
        metrics.by_block(truth.blocks, read.text),
        metrics.neighbours(truth.blocks, read.text),
        _cells(truth, read, ruled=True),
        _cells(truth, read, ruled=False),
        _text_fields(truth, read),
        _marks(truth, read),
        None if condition != "turned" or read.turn is None else read.turn == truth.turn,
        metrics.confusions(truth.blocks, read.text),
    )


def _cells(truth: PageTruth, read: PageRead, *, ruled: bool) -> Hits:
    kinds = zip(truth.tables, truth.ruled, strict=True)
    return total(metrics.cells(table, read.tables) for table, is_ruled in kinds if is_ruled is ruled)


def _text_fields(truth: PageTruth, read: PageRead) -> Hits:
    """Nothing is counted for a reader that knows no forms."""
    found = dict(read.fields)
    expected = [field for field in truth.fields if not field.mark]
    right = sum(metrics.fold(found.get(field.name, "")) == metrics.fold(field.text) for field in expected)
    return Hits(right, len(expected), len(expected)) if read.knows_forms else Hits()


def _marks(truth: PageTruth, read: PageRead) -> Hits:
    found = {name for name, marked in read.marks if marked}
    expected = {field.name for field in truth.fields if field.marked}
    return Hits(len(found & expected), len(found), len(expected)) if read.knows_forms else Hits()
