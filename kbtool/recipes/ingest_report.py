"""What one ingest reports: an outcome for every file, what became of the drafts, and what a person should know.

Separate from ``ingest`` because a run that asks the user is two runs with one report.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from kbtool import drafting
from kbtool.document import Document
from kbtool.errors import ExitCode
from kbtool.knowledge import KnowledgeBase, MergeReport, Result
from kbtool.knowledge.besides import Beside
from kbtool.knowledge.decisions import DecisionKind
from kbtool.knowledge.pairs import Pair
from kbtool.knowledge.undecided import undecided
from kbtool.outcome import Outcome, Problem, Severity, SourceStatus
from kbtool.recipes.editions import Likeness


@dataclass(frozen=True, slots=True)
class IngestReport:
    """One outcome for every file found, and what was made of them.

    ``lacking`` when a program or language that reading needs is not installed; ``questions`` are the sources left
    aside until the user says whether they are new editions; ``marks`` what a person must look at in the entries that
    came or changed, by id; ``pairs`` the entries of other documents that these repeat or contradict.
    """

    outcomes: tuple[Outcome, ...]
    merges: dict[str, MergeReport] = field(default_factory=dict)
    lacking: bool = False
    questions: tuple[Likeness, ...] = ()
    marks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    pairs: tuple[Problem, ...] = ()

    @property
    def counts(self) -> dict[str, int]:
        """Sums over all sources, by name; ``sources`` is the number of files found."""
        here = [outcome for outcome in self.outcomes if outcome.status is not SourceStatus.MISSING]
        sums: Counter[str] = Counter({"sources": len(here)})
        for outcome in self.outcomes:
            sums[str(outcome.status)] += 1
            sums.update(outcome.counts)
        return dict(sums)

    @property
    def merged(self) -> dict[str, int]:
        """What became of the drafts of all documents, by result."""
        sums: Counter[str] = Counter({result.value: 0 for result in Result})
        for merge in self.merges.values():
            sums.update(merge.counts)
        return dict(sums)

    @property
    def to_review(self) -> dict[str, int]:
        """How many entries wait for each kind of look."""
        return dict(Counter(mark for marks in self.marks.values() for mark in marks))

    @property
    def exit_code(self) -> ExitCode:
        """How the run ended: something was missing here, something could not be read, or all is well."""
        if self.lacking:
            return ExitCode.ENVIRONMENT
        ends = {outcome.status for outcome in self.outcomes}
        if ends & {SourceStatus.FAILED, SourceStatus.PARTIAL}:
            return ExitCode.PARTIAL
        return ExitCode.FINDINGS if SourceStatus.UNDECIDED in ends else ExitCode.OK

    def followed_by(self, later: "IngestReport") -> "IngestReport":
        """Put what became of some sources after the user's word in their place."""
        ends = {outcome.source: outcome for outcome in (*self.outcomes, *later.outcomes)}
        lacking = self.lacking or later.lacking
        merges, marks = self.merges | later.merges, self.marks | later.marks
        pairs = (*self.pairs, *later.pairs)
        return IngestReport(tuple(ends.values()), merges, lacking, later.questions, marks, pairs)


def changes(merged: MergeReport) -> list[Problem]:
    """What a new reading says otherwise of entries that were there, and what it says no more."""
    return [
        Problem(
            "ingest_gone" if item.result is Result.RETIRED_CANDIDATE else "ingest_changed",
            severity=Severity.WARNING,
            params={"entry": item.entry, "question": item.question, "change": item.change},
        )
        for item in merged.items
        if item.change or item.result is Result.RETIRED_CANDIDATE
    ]


def proposals(drafted: drafting.Drafting, ids: dict[str, str]) -> list[Problem]:
    """What a person should decide: repetitions, and passages that contradict an entry."""
    duplicates = [
        {"question": each.question, "page": each.page, "entry": ids.get(each.of_origin_key, "-")}
        for each in drafted.duplicates
    ]
    conflicts = [
        {"question": each.question, "page": each.page, "entry": ids.get(each.of_origin_key, "-")}
        | {"here": "・".join(each.here), "there": "・".join(each.there)}
        for each in drafted.conflicts
    ]
    found = [("ingest_duplicate", each) for each in duplicates] + [("ingest_conflict", each) for each in conflicts]
    return [Problem(code, severity=Severity.WARNING, params=dict(params)) for code, params in found]


def pairs_found(kb: KnowledgeBase, moved: Collection[str]) -> list[Problem]:
    """What the entries that came or changed repeat or contradict in other documents; a person decides."""
    if not moved:
        return []
    found = [pair for pair in undecided(kb, kb.entries(), moved) if pair.other.id and _is_across(pair)]
    return [
        Problem(
            f"ingest_pair_{pair.kind}",
            severity=Severity.WARNING,
            params=dict(
                one=pair.one.id,
                other=pair.other.id,
                question=pair.one.question,
                here="・".join(pair.here),
                there="・".join(pair.there),
            ),
        )
        for pair in found
    ]


def _is_across(pair: Pair) -> bool:
    one, other = ({source.sha256 for source in each.source} for each in (pair.one, pair.other))
    return one.isdisjoint(other)


def passages(drafted: drafting.Drafting) -> list[Beside]:
    """What is no entry and waits for a person's decision: repetitions, and what contradicts an entry."""
    found = [Beside(DecisionKind.DUPLICATE, each.of_origin_key, each.passage) for each in drafted.duplicates]
    return found + [
        Beside(DecisionKind.CONTRADICTION, each.of_origin_key, each.passage)
        for each in drafted.conflicts
        if each.passage is not None
    ]


def outcome_of(document: Document, counts: dict[str, int], problems: Sequence[Problem] = ()) -> Outcome:
    """The end of a source that was read: ``partial`` where a page failed."""
    broken = [page for page in document.pages if any(problem.severity is Severity.ERROR for problem in page.problems)]
    pages = {"pages_read": len(document.pages) - len(broken), "pages_failed": len(broken)}
    status = SourceStatus.PARTIAL if broken else SourceStatus.READ
    if broken and len(broken) == len(document.pages):
        status = SourceStatus.FAILED
    found = tuple(problem for page in document.pages for problem in page.problems)
    return Outcome(document.title, status, (*found, *problems), pages | counts)


def together(source: str, outcomes: Sequence[Outcome], how: Problem) -> Outcome:
    """One end for a source that was split: read where all its documents were, with their sums, and how it was split."""
    ends = {one.status for one in outcomes}
    counts: Counter[str] = Counter({"documents": len(outcomes)})
    for one in outcomes:
        counts.update(one.counts)
    found = tuple(problem for one in outcomes for problem in one.problems)
    return Outcome(source, ends.pop() if len(ends) == 1 else SourceStatus.PARTIAL, (how, *found), dict(counts))
