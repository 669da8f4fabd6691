"""Take in what is new in source_manuals/: read, draft or record, merge; every source and page gets its end.

A source whose reading was accepted is not opened again unless asked; so a second run changes nothing. A file that
may be a new edition of a known document waits for the user's word (``editions``).
"""

import itertools
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kbtool import drafting, forms, intake, messages
from kbtool.document import Document, Page
from kbtool.errors import EnvironmentMissing, SourceError, UsageError
from kbtool.intake import PageReader, Source
from kbtool.knowledge import KnowledgeBase, MergeReport, Result, accept, inquiries, safety_notes
from kbtool.outcome import Outcome, Problem, Severity, SourceStatus
from kbtool.recipes import stacks
from kbtool.recipes.editions import Editions, Likeness, quoted, superseded
from kbtool.recipes.ingest_report import IngestReport, changes, outcome_of, pairs_found, passages, proposals, together
from kbtool.recognise.raster import RecogniseOptions
from kbtool.settings import Settings


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: pages of the source at hand."""

    source: str
    done: int
    total: int


def ingest(
    kb: KnowledgeBase,
    *,
    jobs: int | None = None,
    cluster: str | None = None,
    engine: str | None = None,
    reread: bool = False,
    dry_run: bool = False,
    only: Sequence[str] | None = None,
    decided: Mapping[str, str] | None = None,
    split: bool = False,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> IngestReport:
    """Read every new source below source_manuals/ and merge what it says into ``kb/``.

    ``dry_run`` names what would be read and opens nothing. ``jobs`` processes read pages side by
    side (default: one a core), or the workers of the ``cluster`` at an address; ``engine`` overrides the settings.
    One bad source never stops the others. ``only`` are names of sources (``source_names``); ``decided`` is the user's
    word on some of them: the slug of the document that they are a new edition of, or "" for a document of their own.
    ``split`` takes piles apart (``stacks``); those named in ``only`` even where they were taken in whole before.
    """
    project, settings = kb.project, kb.project.settings
    found = _discover(kb, only)
    templates = forms.load_templates(project.kb)
    known = kb.documents.known_sources()
    _refuse_known(found, known, decided or {})
    again = reread or (split and only is not None)
    old = [
        source for source in found.sources if source.sha256 in known and not (again and _in_force(kb, source, known))
    ]
    new = [source for source in found.sources if source not in old]
    outcomes = [*found.outcomes, *(_unchanged(kb, source, known[source.sha256]) for source in old)]
    outcomes += _missing(kb, found) if only is None else []
    run = _Run(kb, settings, templates, Editions(kb, decided or {}), on_progress, split=split)
    if dry_run:
        outcomes += [run.foresee(source) for source in new]
    elif new:
        options = reading_options(settings, templates, engine)
        with kb.writing("ingest"), _reader(kb, options, jobs, cluster, engine) as reader:
            reader.look_ahead([source for source in new if run.foresee(source).status is SourceStatus.NEW])
            outcomes += [run.take(source, reader) for source in new]
    outcomes.sort(key=lambda outcome: outcome.source)
    return IngestReport(
        *(tuple(outcomes), run.merges, run.lacking, tuple(run.questions), run.marks),
        pairs=tuple(pairs_found(kb, run.moved)),
    )


def source_names(kb: KnowledgeBase, paths: Sequence[Path]) -> list[str]:
    """The names of sources given by path; ``UsageError`` for one that does not lie in source_manuals/."""
    root = kb.project.sources.resolve()
    names = []
    for path in paths:
        there = next((each.resolve() for each in (path, root / path) if each.exists()), None)
        whole = intake.whole_source(there, root) if there else None
        if whole is None or root not in whole.parents:
            raise UsageError("ingest_not_a_source", path=str(path), folder=str(kb.project.sources))
        names.append(intake.shown_name(whole.relative_to(root).as_posix()))
    return names


def _discover(kb: KnowledgeBase, only: Sequence[str] | None) -> intake.Discovery:
    if not kb.project.sources.is_dir():
        raise UsageError("source_missing_folder", path=str(kb.project.sources))
    found = intake.discover(kb.project.sources)
    if only is None:
        return found
    sources = tuple(source for source in found.sources if source.name in only)
    return intake.Discovery(sources, tuple(outcome for outcome in found.outcomes if outcome.source in only))


def _refuse_known(found: intake.Discovery, known: Mapping[str, Sequence[str]], decided: Mapping[str, str]) -> None:
    """A word on what was read before comes too late: its entries are there."""
    for source in found.sources:
        if source.name in decided and source.sha256 in known:
            raise UsageError("ingest_decided_late", source=source.name, slug=known[source.sha256][0])


def _in_force(kb: KnowledgeBase, source: Source, known: Mapping[str, Sequence[str]]) -> bool:
    return kb.documents.record(known[source.sha256][0]).hashes[-1] == source.sha256


def _reader(
    kb: KnowledgeBase, options: RecogniseOptions, jobs: int | None, cluster: str | None, engine: str | None
) -> PageReader:
    pool = intake.ClusterPool(cluster, options) if cluster else None
    seats = pool.seats if pool else jobs or os.cpu_count() or 1
    ocr = kb.project.settings.ocr
    engine_for = None if engine else ocr.engine_for
    return PageReader(options, seats, kb.project.cache, dpi=ocr.dpi, pool=pool, engine_for=engine_for)


def reading_options(
    settings: Settings, templates: Sequence[forms.Template] = (), engine: str | None = None
) -> RecogniseOptions:
    """How the settings say pages are read."""
    return RecogniseOptions(
        engine=engine or settings.ocr.engine,
        languages=settings.ocr.languages,
        doubtful_below=settings.ocr.doubtful_below,
        forms=tuple(template.zones() for template in templates),
    )


#: What became of a draft that a person has to look at now.
_MOVED = (Result.NEW, Result.MERGED, Result.CONFLICT, Result.RETIRED_CANDIDATE)


class _Run:
    """One ingest on its way through the sources."""

    def __init__(
        self,
        kb: KnowledgeBase,
        settings: Settings,
        templates: Sequence[forms.Template],
        editions: Editions,
        on_progress: Callable[[Progress], None],
        *,
        split: bool,
    ) -> None:
        self.kb = kb
        self.split = split
        self.settings = settings
        self.templates = {template.name: template for template in templates}
        self.editions = editions
        self.questions: list[Likeness] = []
        self.on_progress = on_progress
        self.merges: dict[str, MergeReport] = {}
        self.marks: dict[str, tuple[str, ...]] = {}
        self.moved: set[str] = set()
        self.lacking = False

    def foresee(self, source: Source) -> Outcome:
        """What would become of a source, as far as its name tells."""
        home = self.editions.home(source)
        return home.outcome if isinstance(home, Likeness) else Outcome(source.name, SourceStatus.NEW)

    def take(self, source: Source, reader: PageReader) -> Outcome:
        """Read one source and keep what it says, or leave it aside with a question."""
        home = self.editions.home(source)
        if isinstance(home, Likeness):
            return self._aside(home)
        try:
            document = reader.read(source, slug=home, on_page=self._counter(source.name))
        except (SourceError, EnvironmentMissing) as error:
            self.lacking = self.lacking or isinstance(error, EnvironmentMissing)
            return Outcome(source.name, SourceStatus.FAILED, (Problem(error.code, source.name, params=error.params),))
        found = stacks.cuts(document)
        if found and (self.split or self.editions.is_split(source)):
            return self._take_parts(source, document, found)
        outcome = self._keep(document)
        if stacks.is_likely(found) and outcome.status in (SourceStatus.READ, SourceStatus.PARTIAL):
            hint = Problem("ingest_like_a_stack", source.name, Severity.WARNING, {"file": quoted(source.name)})
            outcome = replace(outcome, problems=(*outcome.problems, hint))
        return outcome

    def _take_parts(self, source: Source, document: Document, found: Sequence[stacks.Cut]) -> Outcome:
        """Keep each document of a pile; the first one last where it was taken in whole, so that no entry is doubled."""
        parts = stacks.parts(document, found)
        last_first = self.editions.is_whole(document.slug)
        outcomes = [self._keep(part, len(parts)) for part in (parts[1:] + parts[:1] if last_first else parts)]
        return together(source.name, outcomes, stacks.told(source.name, found))

    def _keep(self, document: Document, parts: int = 0) -> Outcome:
        """Keep what a document says, or leave it aside with a question; ``parts`` of how many of its pile it is."""
        name = document.sources[-1].name
        form = next((page.form for page in document.pages if page.form in self.templates), "")
        likeness = None if form or parts else self.editions.likeness(document)
        if likeness:
            return self._aside(likeness)
        document = self.editions.succeed(document)
        try:
            outcome = self._record(document, self.templates[form], parts) if form else self._draft(document, parts)
        except UsageError as error:  # what a document says may not fit an entry; the other documents still do
            problem = Problem("ingest_unusable", name, params={"reason": messages.say(error.code, **error.params)})
            return Outcome(name, SourceStatus.FAILED, (problem,))
        self.editions.remember(document.slug)
        return replace(outcome, source=name)

    def _aside(self, likeness: Likeness) -> Outcome:
        self.questions.append(likeness)
        return likeness.outcome

    def _counter(self, name: str) -> Callable[[Page, int], None]:
        done = itertools.count(1)
        return lambda page, total: self.on_progress(Progress(name, next(done), total))

    def _draft(self, document: Document, parts: int) -> Outcome:
        drafted = drafting.draft(document, self.settings)
        ends = {page.page: str(page.outcome) for page in drafted.pages if not page.entries}
        counts = {"pages_same": self.editions.pages_kept(document), "entries": len(drafted.entries)}
        counts["safety_notes"] = len(drafted.safety_notes)
        safety_notes.save(self.kb.documents, document.slug, drafted.safety_notes)
        merged = accept(
            *(self.kb, document, drafted.entries, self.kb.project.today),
            outcomes=ends,
            parts=parts,
            beside=passages(drafted),
        )
        self.merges[document.slug] = merged
        entries = self.kb.entries()
        moved = [item.entry for item in merged.items if item.result in _MOVED]
        self.moved.update(moved)
        self.marks |= {id_: entries[id_].needs_review for id_ in moved if entries[id_].needs_review}
        ids = {draft.origin_key: item.entry for draft, item in zip(drafted.entries, merged.items, strict=False)}
        return outcome_of(document, counts, [*changes(merged), *proposals(drafted, ids)])

    def _record(self, document: Document, template: forms.Template, parts: int) -> Outcome:
        """Keep slips as records; their pages and personal values go to the private folder."""
        records = forms.records(document, template, self.settings.products)
        inquiries.save(self.kb, records.inquiries, records.private)
        left = {page.number: "no_record" for page in document.pages if page.blocks}
        ends = left | {page.number: "record" for page in document.pages if page.form == template.name}
        accept(self.kb, document, (), self.kb.project.today, private=True, outcomes=ends, parts=parts)
        return outcome_of(document, {"records": len(records.inquiries)}, records.problems)


def _unchanged(kb: KnowledgeBase, source: Source, slugs: Sequence[str]) -> Outcome:
    """A source that was read before; pages that failed then are still shown as failed."""
    records = [kb.documents.record(slug) for slug in slugs]
    if outcome := superseded(source, records[0]):
        return outcome
    failed = sorted(page.page for record in records for page in record.pages if page.outcome == "failed")
    pages = sum(record.page_count for record in records)
    counts = {"pages_kept": pages - len(failed), "pages_failed": len(failed)}
    if not failed:
        return Outcome(source.name, SourceStatus.UNCHANGED, counts=counts)
    problem = Problem("ingest_failed_before", source.name, params={"pages": "、".join(map(str, failed))})
    return Outcome(source.name, SourceStatus.PARTIAL, (problem,), counts)


def _missing(kb: KnowledgeBase, found: intake.Discovery) -> list[Outcome]:
    """Documents whose file is gone from source_manuals/; what they said stays."""
    here = {key for source in found.sources for key in (source.sha256, source.name)}
    files = [file for record in kb.documents.records().values() for file in record.sources[-1:]]
    gone = sorted({file.name for file in files if not here & {file.sha256, file.name}})
    return [
        Outcome(name, SourceStatus.MISSING, (Problem("ingest_source_gone", name, Severity.WARNING),)) for name in gone
    ]
