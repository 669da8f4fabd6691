"""The tables of a run, side by side: reference first, then rates, tables, forms, cost and the commonest slips."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from benchmarks.reading import metrics, text_layer
from benchmarks.reading.corpus import SCANS
from benchmarks.reading.metrics import Hits
from benchmarks.reading.readers import Run
from benchmarks.reading.reference import ROWS, TOLERANCE, counts
from benchmarks.reading.scores import PageScore, rates, total, verdict
from benchmarks.reading.targets import Target, targets
from benchmarks.reading.text_layer import Speeds

Scores = Mapping[str, Sequence[PageScore]]
_SLIPS = 25
#: Pages whose words are compared here; forms are compared field by field.
_FIELD_BY_FIELD = "form"


def lines(scores: Scores, runs: Sequence[Run], cores: int, speeds: Speeds | None = None) -> Iterator[str]:
    """Yield the report as Markdown; ``cores`` is how many the machine has, ``speeds`` those on a text layer."""
    yield from _reference(scores)
    yield from _rates(scores, "condition", "CER / bCER by condition")
    yield from _rates(scores, "layout", "CER / bCER by layout, all horizontal conditions that were read")
    yield from _verdicts(scores)
    yield from _order(scores)
    yield from _tables(scores)
    yield from _forms(scores)
    yield from _cost(runs, cores)
    yield from _text_layer(speeds)
    yield from _targets([*targets(scores, runs, cores), *(text_layer.targets(speeds) if speeds else ())])
    yield from _slips(scores)


def _reference(scores: Scores) -> Iterator[str]:
    yield f"\n## How hard the conditions are (plain Tesseract; counts within {TOLERANCE:.0%})\n"
    yield from _head("condition", ["earlier", "here", "counts"])
    for condition in _keys(scores, "condition"):
        pages = [page for page in scores.get("tesseract", ()) if page.condition == condition]
        if condition in ROWS and pages:
            here = rates(pages)
            verdict = "yes" if counts(condition, here) else "NO"
            yield _row(condition, [_two(*ROWS[condition]), _two(*here), verdict])


def _rates(scores: Scores, key: str, title: str) -> Iterator[str]:
    yield f"\n## {title}\n"
    readers = list(scores)
    yield from _head(key, [*readers, *(f"{readers[0]} − {other}" for other in readers[1:])])
    for value in [*_keys(scores, key), "all scans"]:
        if key == "condition" and value == _FIELD_BY_FIELD:
            continue
        chosen = {reader: [page for page in pages if _belongs(page, key, value)] for reader, pages in scores.items()}
        cells = [_two(*rates(pages)) if pages else "–" for pages in chosen.values()]
        first, *others = chosen.values()
        yield _row(value, [*cells, *(_difference(first, other) for other in others)])


def _belongs(page: PageScore, key: str, value: str) -> bool:
    if value == "all scans":
        return page.condition in SCANS
    if key == "layout":
        return page.layout == value and page.condition in (*SCANS, "vertical")
    return page.condition == value


def _difference(first: Sequence[PageScore], other: Sequence[PageScore]) -> str:
    """The interval of the difference in order; below zero the first reader is better."""
    if not first or len(first) != len(other):
        return "–"
    low, high = metrics.interval([page.ordered for page in first], [page.ordered for page in other])
    return f"[{low:+.3f}, {high:+.3f}]"


def _verdicts(scores: Scores) -> Iterator[str]:
    """Say in a word what the intervals of each condition say of the first reader."""
    (name, ours), *others = scores.items()
    yield f"\n## {name} against each other reader, CER in order, by the 95 % interval\n"
    yield from _head("condition", [other for other, _ in others])
    for condition in [key for key in _keys(scores, "condition") if key != _FIELD_BY_FIELD]:
        first = [page for page in ours if page.condition == condition]
        pairs = [(first, [page for page in pages if page.condition == condition]) for _, pages in others]
        yield _row(condition, [verdict(first, other) or "–" for first, other in pairs])


def _order(scores: Scores) -> Iterator[str]:
    yield "\n## Reading order: blocks that were found and are followed by the one that truly comes next\n"
    yield from _head("layout", list(scores))
    for layout in _keys(scores, "layout"):
        chosen = [[page for page in pages if page.layout == layout] for pages in scores.values()]
        yield _row(layout, [_f1(page.order for page in pages) for pages in chosen])


def _tables(scores: Scores) -> Iterator[str]:
    yield "\n## Exact cells F1, ruled / unruled\n"
    yield from _head("condition", list(scores))
    for condition in [key for key in _keys(scores, "condition") if key not in (_FIELD_BY_FIELD, "vertical")]:
        cells = []
        for pages in scores.values():
            here = [page for page in pages if page.condition == condition]
            cells.append(f"{_f1(page.ruled for page in here)} / {_f1(page.unruled for page in here)}" if here else "–")
        yield _row(condition, cells)


def _forms(scores: Scores) -> Iterator[str]:
    yield "\n## Forms and orientation\n"
    yield from _head("measure", list(scores))
    forms = {reader: [page for page in pages if page.condition == _FIELD_BY_FIELD] for reader, pages in scores.items()}
    yield _row("text exactly right", [_f1(page.text_fields for page in pages) for pages in forms.values()])
    yield _row("check marks F1", [_f1(page.marks for page in pages) for pages in forms.values()])
    yield _row("orientation right", [_orientation(pages) for pages in scores.values()])
    yield _row("characters read on a blank page", [_invented(pages) for pages in scores.values()])


def _orientation(pages: Sequence[PageScore]) -> str:
    judged = [page.turned_right for page in pages if page.turned_right is not None]
    return f"{sum(judged)}/{len(judged)}" if judged else "–"


def _invented(pages: Sequence[PageScore]) -> str:
    blank = [page.ordered.edits for page in pages if page.condition == "blank"]
    return f"{sum(blank) / len(blank):.1f}" if blank else "–"


def _f1(hits: Iterator[Hits]) -> str:
    found = total(hits)
    return f"{found.f1:.3f}" if found.true else "–"


def _cost(runs: Sequence[Run], cores: int) -> Iterator[str]:
    yield "\n## Cost, start-up included\n"
    yield from _head("reader", ["pages", "pages/min", "CPU s/page", f"CPU use of {cores} cores", "largest process MB"])
    for run in runs:
        yield _row(run.reader, [str(run.page_count), *_costs(run, cores)])


def _costs(run: Run, cores: int) -> list[str]:
    if run.cost is None:
        return ["from an earlier run", "–", "–", "–"]
    count, cost = max(run.page_count, 1), run.cost
    return [
        f"{count / cost.wall_s * 60:.1f}",
        f"{cost.cpu_s / count:.2f}",
        f"{cost.cpu_s / cost.wall_s / cores:.0%}",
        f"{cost.peak_mb:.0f}",
    ]


def _text_layer(speeds: Speeds | None) -> Iterator[str]:
    if speeds is None:
        return
    yield f"\n## A text layer of {speeds.ours.pages} pages\n"
    yield from _head("reader", ["processes", "pages a CPU s", "pages a s", "start-up CPU s", "CER"])
    for speed in (speeds.ours, speeds.ours_on_all, speeds.theirs):
        paces = [f"{speed.pages_a_cpu_s:.1f}", f"{speed.pages_a_s:.1f}", f"{speed.start.cpu_s:.2f}"]
        yield _row(speed.reader, [str(speed.jobs), *paces, f"{speed.cer:.4f}"])


def _targets(found: Sequence[Target]) -> Iterator[str]:
    yield "\n## Targets\n"
    yield from _head("target", ["bound", "here", ""])
    for target in found:
        bound = f"{'≤' if target.at_most else '≥'} {target.bound:g}"
        if target.value is None:
            yield _row(target.name, [bound, "–", "not measured in this run"])
        else:
            yield _row(target.name, [bound, f"{target.value:.4g}", "reached" if target.is_reached else "NOT reached"])


def _slips(scores: Scores) -> Iterator[str]:
    yield "\n## Commonest slips (true → read × times), horizontal scans\n"
    for reader, pages in scores.items():
        counted: Counter[tuple[str, str]] = Counter()
        for page in pages:
            if _belongs(page, "condition", "all scans"):
                counted += page.confusions
        told = [f"{was or '∅'}→{became or '∅'} ×{times}" for (was, became), times in counted.most_common(_SLIPS)]
        yield f"- **{reader}**: {', '.join(told)}"


def _keys(scores: Scores, key: str) -> list[str]:
    return list(dict.fromkeys(getattr(page, key) for pages in scores.values() for page in pages))


def _two(cer: float, bcer: float) -> str:
    return f"{cer:.4f} / {bcer:.4f}"


def _head(first: str, others: Sequence[str]) -> list[str]:
    return [_row(first, others), "|" + " --- |" * (len(others) + 1)]


def _row(first: str, others: Sequence[str]) -> str:
    return f"| {first} | {' | '.join(others)} |"
