"""What of the manuals is in the knowledge base: every page is cited, set aside by name, or told of here (B)."""

from collections.abc import Callable, Collection, Iterator, Sequence

from kbtool.knowledge.checks.finding import Found
from kbtool.knowledge.checks.state import State
from kbtool.knowledge.documents import DocumentRecord, PageOutcome

#: Ends that say only that nothing was made of a page.
_NOTHING_SAID = ("no_entry", "archive")


def uncited(state: State) -> Iterator[Found]:
    """Pages that no entry cites and that no rule set aside (B001)."""
    cited = {(source.sha256, source.page) for file in state.files.values() for source in file.entry.source}

    def is_left(record: DocumentRecord, page: PageOutcome) -> bool:
        if (record.hashes[-1], page.page) in cited or any(id in state.files for id in page.entries):
            return False
        return page.outcome in _NOTHING_SAID or page.outcome == "drafted"

    yield from _pages(state, is_left)


def unread(state: State) -> Iterator[Found]:
    """Pages that could not be read (B002)."""
    yield from _pages(state, lambda record, page: page.outcome == "failed")


def not_accepted(state: State) -> Iterator[Found]:
    """A document whose reading was cut off before its pages had their outcomes (B003)."""
    for slug, record in state.documents.items():
        if not record.is_accepted:
            yield Found(
                state.place(_file(slug)), {"document": record.title, "pages": record.page_count - len(record.pages)}
            )


def in_words(numbers: Sequence[int]) -> str:
    """Page numbers as people write them: 3-5、8."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def _pages(state: State, is_meant: Callable[[DocumentRecord, PageOutcome], bool]) -> Iterator[Found]:
    """One finding a document, at the line of the first page."""
    for slug, record in state.documents.items():
        numbers = [page.page for page in record.pages if record.sources and is_meant(record, page)]
        if numbers:
            params: dict[str, object] = {"document": record.title, "pages": in_words(numbers), "count": len(numbers)}
            params["source"] = record.sources[-1].name
            yield Found(state.place(_file(slug), _written(numbers)), params)


def _written(numbers: Collection[int]) -> str:
    """How ``document.yml`` writes the first page."""
    return f"page: {min(numbers)}"


def _file(slug: str) -> str:
    return f"kb/documents/{slug}/document.yml"
