"""Pairs that wait for a person: among the entries, and of an entry with a passage that is none.

Apart from ``pairs``, which only compares, and from ``settling``, which acts: publishing, the review room and the
checks all ask here, and leave out what somebody has decided.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from kbtool.entry import Entry, Status
from kbtool.errors import PublishRefused
from kbtool.knowledge import besides, decisions
from kbtool.knowledge.besides import Beside
from kbtool.knowledge.decisions import DecisionKind
from kbtool.knowledge.pairs import Pair, body, pairs
from kbtool.knowledge.store import KnowledgeBase
from kbtool.text.folding import fold
from kbtool.text.quantities import disagreement

#: The mark of an entry that a passage of its document contradicts.
CONTRADICTION = "contradiction"


def undecided(kb: KnowledgeBase, entries: Mapping[str, Entry], about: Collection[str] | None = None) -> list[Pair]:
    """All pairs that nobody has decided about; with ``about`` only those of these ids."""
    wanted = None if about is None else frozenset(about)
    found = [*_besides(kb, entries, wanted), *_among(tuple(entries.values()), wanted)]
    settled = {
        kind: decisions.in_force(kb.project, kind) for kind in (DecisionKind.DUPLICATE, DecisionKind.CONTRADICTION)
    }
    return [pair for pair in found if not any(key in settled[kind] for kind, key in pair.keys.items())]


def refuse_contradictions(kb: KnowledgeBase, shown: Mapping[str, Entry]) -> None:
    """Raise ``PublishRefused`` where one of these texts contradicts another or any living entry."""
    pairs_found = undecided(kb, kb.entries() | dict(shown), shown.keys())
    torn = [pair for pair in pairs_found if pair.kind is DecisionKind.CONTRADICTION and pair.other.id]
    if torn:
        first = torn[0]
        raise PublishRefused(
            "pairs_contradiction",
            id=first.one.id,
            other=first.other.id,
            here="・".join(first.here),
            there="・".join(first.there),
            more=len(torn) - 1,
        )


def living(entries: Mapping[str, Entry], id: str) -> Entry | None:
    """The entry of that id, or what replaced it; None where that is out of service too."""
    seen: set[str] = set()
    entry = entries.get(id)
    while entry is not None and entry.status is Status.RETIRED and entry.id not in seen:
        seen.add(entry.id)
        entry = entries.get(entry.replaced_by)
    return entry if entry is not None and entry.status is not Status.RETIRED else None


def beside_pair(entry: Entry, beside: Beside) -> Pair:
    """An entry and a passage that repeats or contradicts it."""
    return Pair(beside.kind, entry, beside.draft, *disagreement(body(entry), body(beside.draft)))


def _besides(kb: KnowledgeBase, entries: Mapping[str, Entry], about: frozenset[str] | None) -> Iterator[Pair]:
    for _, beside in besides.load(kb.documents):
        entry = living(entries, beside.of)
        if entry is not None and (about is None or entry.id in about) and _is_open(entry, beside):
            yield beside_pair(entry, beside)


def _is_open(entry: Entry, beside: Beside) -> bool:
    if beside.kind is DecisionKind.CONTRADICTION:
        return CONTRADICTION in entry.needs_review
    return fold(beside.draft.question) not in map(fold, (entry.question, *entry.variants))


@lru_cache(maxsize=4)
def _among(entries: tuple[Entry, ...], about: frozenset[str] | None) -> tuple[Pair, ...]:
    """The pairs of entries, remembered because every page of the review room asks for them."""
    return tuple(pairs(entries, about))
