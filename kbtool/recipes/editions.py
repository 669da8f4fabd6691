"""Which document a new file belongs to: its own, a known one of which it is the next edition, or a question.

Names decide before anything is read, words after. Nothing is ever guessed: what is only alike waits for the user's
word, because a second set of entries is as hard to mend as an edition that overwrote another manual.
"""

import shlex
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from kbtool.document import Document, Kind, Page
from kbtool.intake import Source
from kbtool.intake.titles import manual_name, title_and_edition
from kbtool.knowledge import DocumentRecord, KnowledgeBase, slug_for
from kbtool.outcome import Outcome, Problem, Severity, SourceStatus
from kbtool.text import fold

#: From this share of the shorter one's words in common two documents are taken for editions of one manual. Manuals
#: of sister products share their safety pages, about a third.
_ALIKE = 0.5
#: A file put in the place of another under its name has at least this much of it, or it may be another manual.
_SAME_NAME_ALIKE = 0.2
#: One document that is this much shorter than the other is a part of it, not its edition.
_SHORTER = 0.3
#: Too few words to compare.
_FEWEST_LETTERS = 200
_GRAM = 8
#: One gram in so many is kept: enough to compare, and a thousand pages stay small.
_SAMPLED = 4
#: What stands on a page beside its text and says nothing of which manual it is.
ASIDE = frozenset({Kind.PAGE_HEADER, Kind.PAGE_FOOTER, Kind.STAMP, Kind.RUBY})


@dataclass(frozen=True, slots=True)
class Likeness:
    """A source that may be a new edition of a known document: which one, and the share of words in common if read."""

    source: str
    slug: str
    title: str
    edition: str
    share: float | None = None

    @property
    def outcome(self) -> Outcome:
        """The source left aside, with the question."""
        params: dict[str, object] = {
            "file": quoted(self.source),
            "slug": self.slug,
            "title": f"{self.title} {self.edition}".strip(),
        }
        code = "ingest_like_by_name"
        if self.share is not None:
            code, params["percent"] = "ingest_like_by_words", round(100 * self.share)
        problem = Problem(code, self.source, Severity.WARNING, params)
        return Outcome(self.source, SourceStatus.UNDECIDED, (problem,))


class Editions:
    """The documents that are known while a run goes on; ``decided`` holds the user's word: file → slug, "" for new."""

    def __init__(self, kb: KnowledgeBase, decided: Mapping[str, str]) -> None:
        self._kb = kb
        self._decided = decided
        self._records = kb.documents.records()
        self._sketch = cache(self._sketch_of)

    def home(self, source: Source) -> str | Likeness:
        """The slug under which a source is read, or what it is like by its name."""
        own = slug_for(source.name)
        known = [slug for slug, record in self._records.items() if source.sha256 in record.hashes]
        if known:  # a part that was cut off does not tell yet on which page it begins
            return min(known, key=lambda slug: (slug != own, self._first_page(slug)))
        if source.name in self._decided:
            return self._decided[source.name] or self._free_slug(source)
        if own in self._records:
            return own
        return self._alike_by_name(source) or own

    def likeness(self, document: Document) -> Likeness | None:
        """What a document just read is like by its words; None where the user or its file has said so already."""
        file = document.sources[-1]
        record = self._records.get(document.slug)
        if file.name in self._decided or (record is not None and file.sha256 in record.hashes):
            return None
        sketch = _sketch(document.pages)
        if record is not None:  # the file's name says that it follows; its words must not say otherwise
            share = _share(sketch, self._sketch(document.slug)) if sketch else 1.0
            return None if share >= _SAME_NAME_ALIKE else self._question(file.name, document.slug, share)
        shares = [(_share(sketch, self._sketch(slug)), slug) for slug in self._manuals()] if sketch else []
        share, slug = max(shares, default=(0.0, ""))
        return self._question(file.name, slug, share) if share >= _ALIKE else None

    def succeed(self, document: Document) -> Document:
        """The document as the newest edition of what its slug stands for; a first edition as it is.

        Titles are those of the first file, so that origin keys stay what they were.
        """
        record = self._records.get(document.slug)
        file = replace(document.sources[-1], edition=document.edition)
        older = tuple(each for each in record.sources if each.sha256 != file.sha256) if record else ()
        title = title_and_edition(older[0].name)[0] if older else document.title
        return replace(document, sources=(*older, file), title=title)

    def pages_kept(self, document: Document) -> int:
        """How many pages say, word by word, what a page of the edition before says."""
        record = self._records.get(document.slug)
        if record is None or record.private or record.hashes[-1:] == [document.sources[-1].sha256]:
            return 0
        before = {_words(page) for page in self._kb.documents.load(document.slug).pages}
        return sum(_words(page) in before for page in document.pages if page.blocks)

    def is_split(self, source: Source) -> bool:
        """Whether a source was split before; then it is again."""
        return any(record.parts and source.sha256 in record.hashes for record in self._records.values())

    def is_whole(self, slug: str) -> bool:
        """Whether there is a document of this slug that is not a part of a pile."""
        return slug in self._records and not self._records[slug].parts

    def remember(self, slug: str) -> None:
        """Know a document from now on."""
        self._records[slug] = self._kb.documents.record(slug)

    def _first_page(self, slug: str) -> int:
        return min((page.page for page in self._records[slug].pages), default=0)

    def _alike_by_name(self, source: Source) -> Likeness | None:
        name = manual_name(source.name)
        for slug in self._manuals() if name else ():
            record = self._records[slug]
            if name in {manual_name(each) for each in (record.title, *(file.name for file in record.sources))}:
                return self._question(source.name, slug)
        return None

    def _manuals(self) -> Iterable[str]:
        """Documents that may have editions: no slips, and no part of a stack."""
        return [
            slug for slug, record in self._records.items() if record.pages and not record.private and not record.parts
        ]

    def _question(self, name: str, slug: str, share: float | None = None) -> Likeness:
        record = self._records[slug]
        return Likeness(name, slug, record.title, record.edition, share)

    def _free_slug(self, source: Source) -> str:
        own = slug_for(source.name)
        return own if own not in self._records else slug_for(f"{source.name}#{source.sha256}")

    def _sketch_of(self, slug: str) -> frozenset[int]:
        return _sketch(self._kb.documents.load(slug).pages)


def quoted(source: str) -> str:
    """A source as a person types it after a command."""
    return shlex.quote(f"source_manuals/{source}")


def superseded(source: Source, record: DocumentRecord) -> Outcome | None:
    """The end of a file that a newer edition has taken the place of; None for the edition in force."""
    if source.sha256 == record.hashes[-1]:
        return None
    params: dict[str, object] = {"newer": record.sources[-1].name}
    return Outcome(
        source.name, SourceStatus.UNCHANGED, (Problem("ingest_superseded", source.name, Severity.INFO, params),)
    )


def _words(page: Page) -> str:
    return fold("".join(block.text for block in page.blocks if block.kind not in ASIDE))


def _sketch(pages: Iterable[Page]) -> frozenset[int]:
    """A sample of the character sequences of some pages, as numbers; empty where there are too few words."""
    text = "".join("".join(filter(str.isalnum, _words(page))) for page in pages if not page.form)
    if len(text) < _FEWEST_LETTERS:
        return frozenset()
    grams = (zlib.crc32(text[at : at + _GRAM].encode()) for at in range(len(text) - _GRAM + 1))
    return frozenset(gram for gram in grams if gram % _SAMPLED == 0)


def _share(one: frozenset[int], other: frozenset[int]) -> float:
    """How much of the shorter one the other has too; 0 where one is but a small part of the other."""
    shorter, longer = sorted((len(one), len(other)))
    return len(one & other) / shorter if shorter and shorter >= _SHORTER * longer else 0.0
