"""Take in what is new in source_manuals/: read, draft or record, merge; every source and page gets its end.

A source whose reading was accepted is not opened again unless asked; so a second run changes nothing.
"""

import itertools
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from kbtool import drafting, forms, intake, messages
from kbtool.document import Document, Page
from kbtool.errors import EnvironmentMissing, ExitCode, SourceError, UsageError
from kbtool.intake import PageReader, Source
from kbtool.knowledge import DocumentRecord, KnowledgeBase, MergeReport, Result, accept, inquiries, slug_for
from kbtool.outcome import Outcome, Problem, Severity, SourceStatus
from kbtool.recognise.raster import RecogniseOptions
from kbtool.settings import Settings


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: pages of the source at hand."""

    source: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class IngestReport:
    """One outcome for every file found, and what was made of them.

    ``lacking`` when a program or language that reading needs is not installed.
    """

    outcomes: tuple[Outcome, ...]
    merges: dict[str, MergeReport] = field(default_factory=dict)
    lacking: bool = False

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
    def exit_code(self) -> ExitCode:
        """How the run ended: something was missing here, something could not be read, or all is well."""
        if self.lacking:
            return ExitCode.ENVIRONMENT
        broken = (SourceStatus.FAILED, SourceStatus.PARTIAL)
        return ExitCode.PARTIAL if any(outcome.status in broken for outcome in self.outcomes) else ExitCode.OK


def ingest(
    kb: KnowledgeBase,
    *,
    jobs: int | None = None,
    engine: str | None = None,
    reread: bool = False,
    dry_run: bool = False,
    on_progress: Callable[[Progress], None] = lambda progress: None,
) -> IngestReport:
    """Read every new source below source_manuals/ and merge what it says into ``kb/``.

    ``dry_run`` names what would be read and opens nothing. ``jobs`` processes read pages side by
    side (default: one a core); ``engine`` overrides the setting. One bad source never stops the others.
    """
    project, settings = kb.project, kb.project.settings
    if not project.sources.is_dir():
        raise UsageError("source_missing_folder", path=str(project.sources))
    found = intake.discover(project.sources)
    templates = forms.load_templates(project.kb)
    known = {} if reread else kb.documents.known_sources()
    new = [source for source in found.sources if source.sha256 not in known]
    outcomes = [*found.outcomes, *_unchanged(kb, found.sources, known), *_missing(kb, found)]
    run = _Run(kb, settings, templates, on_progress)
    if dry_run:
        outcomes += [Outcome(source.name, SourceStatus.NEW) for source in new]
    elif new:
        options = reading_options(settings, templates, engine)
        with kb.writing("ingest"), _reader(kb, options, jobs) as reader:
            reader.look_ahead(new)
            outcomes += [run.take(source, reader) for source in new]
    outcomes.sort(key=lambda outcome: outcome.source)
    return IngestReport(tuple(outcomes), run.merges, run.lacking)


def _reader(kb: KnowledgeBase, options: RecogniseOptions, jobs: int | None) -> PageReader:
    return PageReader(options, jobs or os.cpu_count() or 1, kb.project.cache, dpi=kb.project.settings.ocr.dpi)


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


class _Run:
    """One ingest on its way through the sources."""

    def __init__(
        self,
        kb: KnowledgeBase,
        settings: Settings,
        templates: Sequence[forms.Template],
        on_progress: Callable[[Progress], None],
    ) -> None:
        self.kb = kb
        self.settings = settings
        self.templates = {template.name: template for template in templates}
        self.on_progress = on_progress
        self.merges: dict[str, MergeReport] = {}
        self.lacking = False

    def take(self, source: Source, reader: PageReader) -> Outcome:
        """Read one source and keep what it says."""
        try:
            document = reader.read(
                source,
                slug=slug_for(source.name),
                on_page=self._counter(source.name),
            )
        except (SourceError, EnvironmentMissing) as error:
            self.lacking = self.lacking or isinstance(error, EnvironmentMissing)
            return Outcome(source.name, SourceStatus.FAILED, (Problem(error.code, source.name, params=error.params),))
        form = next((page.form for page in document.pages if page.form in self.templates), "")
        try:
            outcome = self._record(document, self.templates[form]) if form else self._draft(document)
        except UsageError as error:  # what a document says may not fit an entry; the other documents still do
            problem = Problem(
                "ingest_unusable", source.name, params={"reason": messages.say(error.code, **error.params)}
            )
            return Outcome(source.name, SourceStatus.FAILED, (problem,))
        return replace(outcome, source=source.name)

    def _counter(self, name: str) -> Callable[[Page, int], None]:
        done = itertools.count(1)
        return lambda page, total: self.on_progress(Progress(name, next(done), total))

    def _draft(self, document: Document) -> Outcome:
        drafted = drafting.draft(document, self.settings)
        ends = {page.page: str(page.outcome) for page in drafted.pages if not page.entries}
        merged = accept(self.kb, document, drafted.entries, self.kb.project.today, outcomes=ends)
        self.merges[document.slug] = merged
        ids = {draft.origin_key: item.entry for draft, item in zip(drafted.entries, merged.items, strict=False)}
        return _outcome(document, {"entries": len(drafted.entries)}, _proposals(drafted, ids))

    def _record(self, document: Document, template: forms.Template) -> Outcome:
        """Keep slips as records; their pages and personal values go to the private folder."""
        records = forms.records(document, template, self.settings.products)
        inquiries.save(self.kb, records.inquiries, records.private)
        ends = {page.number: "record" if page.form == template.name else "no_record" for page in document.pages}
        accept(self.kb, document, (), self.kb.project.today, private=True, outcomes=ends)
        return _outcome(document, {"records": len(records.inquiries)}, records.problems)


def _unchanged(kb: KnowledgeBase, sources: Sequence[Source], known: dict[str, str]) -> list[Outcome]:
    """Sources that were read before; pages that failed then are still shown as failed."""
    return [_kept(source, kb.documents.record(known[source.sha256])) for source in sources if source.sha256 in known]


def _kept(source: Source, record: DocumentRecord) -> Outcome:
    failed = [page.page for page in record.pages if page.outcome == "failed"]
    counts = {"pages_kept": record.page_count - len(failed), "pages_failed": len(failed)}
    if not failed:
        return Outcome(source.name, SourceStatus.UNCHANGED, counts=counts)
    problem = Problem("ingest_failed_before", source.name, params={"pages": "、".join(map(str, failed))})
    return Outcome(source.name, SourceStatus.PARTIAL, (problem,), counts)


def _missing(kb: KnowledgeBase, found: intake.Discovery) -> list[Outcome]:
    """Documents whose file is gone from source_manuals/; what they said stays."""
    here = {source.sha256 for source in found.sources}
    files = [file for slug in kb.documents.slugs() for file in kb.documents.record(slug).sources[-1:]]
    gone = sorted({file.name for file in files if file.sha256 not in here})
    return [
        Outcome(name, SourceStatus.MISSING, (Problem("ingest_source_gone", name, Severity.WARNING),)) for name in gone
    ]


def _proposals(drafted: drafting.Drafting, ids: dict[str, str]) -> list[Problem]:
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


def _outcome(document: Document, counts: dict[str, int], problems: Sequence[Problem] = ()) -> Outcome:
    """The end of a source that was read: ``partial`` where a page failed."""
    broken = [page for page in document.pages if any(problem.severity is Severity.ERROR for problem in page.problems)]
    pages = {"pages_read": len(document.pages) - len(broken), "pages_failed": len(broken)}
    status = SourceStatus.PARTIAL if broken else SourceStatus.READ
    if broken and len(broken) == len(document.pages):
        status = SourceStatus.FAILED
    found = tuple(problem for page in document.pages for problem in page.problems)
    return Outcome(document.title, status, (*found, *problems), pages | counts)
