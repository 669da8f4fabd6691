"""One piece of support knowledge: a question, its answer in fixed sections, and everything known about it.

Everything starts internal and draft; nothing here reads or writes files.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kbtool.document import Box


class Audience(StrEnum):
    """Who may see an entry, from everybody to nobody outside this machine."""

    PUBLIC = "public"
    PARTNER = "partner"
    INTERNAL = "internal"
    RESTRICTED = "restricted"

    def includes(self, other: "Audience") -> bool:
        """Whether a reader of this audience may see what is meant for ``other``."""
        order = list(Audience)
        return self is not Audience.RESTRICTED and order.index(other) <= order.index(self)


class Status(StrEnum):
    """Where an entry stands in its life; a re-read source never moves it up."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    RETIRED = "retired"


class EntryType(StrEnum):
    """What kind of knowledge an entry holds; it decides layout and checks."""

    QA = "qa"
    PROCEDURE = "procedure"
    TROUBLE = "trouble"
    ERROR_CODE = "error_code"
    CARE = "care"
    SCRIPT = "script"
    ESCALATION = "escalation"
    CODE_TABLE = "code_table"
    DECISION_TABLE = "decision_table"
    POLICY = "policy"
    IMPROVEMENT = "improvement"
    NOTICE = "notice"


class Origin(StrEnum):
    """Who made the first text of an entry."""

    CONVERTED = "converted"
    RECORD = "record"
    HUMAN = "human"


#: The headings a body may have. The first group may be published; the second never leaves the house.
PUBLIC_SECTIONS = ("回答", "手順", "原因と処置", "ご注意", "お問い合わせ前に")
INTERNAL_SECTIONS = ("確認ポイント", "トークスクリプト", "社内メモ", "判断基準")


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the body: a heading of the two groups above and Markdown below it."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Product:
    """A product and the models an entry is about."""

    name: str
    models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookAt:
    """Words read from paper that a person compares with it; ``why`` as in ``needs_review``."""

    why: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """The place in a document an entry was made from; ``bbox`` in fractions of the page, confidences in percent.

    ``place`` names the place where a file has no paper: ``料金!B4:F20`` of a workbook, ``¶12`` for a paragraph.
    ``look_at`` are the very words that marks of the entry mean.
    """

    doc: str
    sha256: str
    page: int
    bbox: Box
    method: str
    engine: str
    confidence: float
    min_conf: float
    text_hash: str
    place: str = ""
    look_at: tuple[LookAt, ...] = ()


@dataclass(frozen=True, slots=True)
class Escalation:
    """When an operator hands a case on, to whom, how fast and how."""

    when: str
    to: str
    within: str
    how: str = ""


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One dated change; ``public`` feeds the update log, ``note`` stays in the house."""

    date: date
    kind: str
    by: str
    public: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One knowledge base entry, exactly what its file holds.

    ``id`` is empty for a draft that was not committed yet. ``public_id`` (q0017) is given at first publication.
    ``origin_key`` recognises the entry when its source is converted again. ``approved_hash`` is the content
    hash a person approved. ``needs_review`` holds codes of what a person must look at (low_confidence, numbers,
    question_from_heading, stamp, conflict …).
    """

    id: str
    type: EntryType
    question: str
    sections: tuple[Section, ...]
    category: str
    variants: tuple[str, ...] = ()
    products: tuple[Product, ...] = ()
    channels: tuple[str, ...] = ()
    audience: Audience = Audience.INTERNAL
    status: Status = Status.DRAFT
    owner: str = ""
    author: str = ""
    approved_by: str = ""
    approved_on: date | None = None
    approved_hash: str = ""
    verified_on: date | None = None
    review_by: date | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    public_id: str = ""
    public_candidate: bool = False
    safety: bool = False
    legal_check: str = "none"
    source: tuple[Source, ...] = ()
    origin: Origin = Origin.HUMAN
    origin_key: str = ""
    escalation: tuple[Escalation, ...] = ()
    related: tuple[str, ...] = ()
    replaced_by: str = ""
    tags: tuple[str, ...] = ()
    needs_review: tuple[str, ...] = ()
    lang: str = "ja"
    history: tuple[HistoryItem, ...] = ()

    def section(self, heading: str) -> str:
        """Markdown under one heading, empty where the entry has none."""
        return next((part.text for part in self.sections if part.heading == heading), "")

    @property
    def answer(self) -> str:
        """The first section that may be published, which is what a reader looks for."""
        return next((part.text for part in self.sections if part.heading in PUBLIC_SECTIONS), "")
