"""One question with its filters, answered the same from the command line and, warm, while ``kbtool serve`` runs."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from threading import Lock
from typing import TypeVar

from kbtool.entry import Audience, Status
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase
from kbtool.recipes.find import KnowledgeLibrary, demand_known, open_index, synonyms
from kbtool.search import Results, SearchIndex

#: More hits than anybody reads.
MOST = 1_000
_NO = ("0", "no", "false")

Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for, and in which entries; None is all. ``archive``: in the pages of documents too."""

    words: str
    limit: int = 10
    category: str | None = None
    product: str | None = None
    audience: Audience | None = None
    status: Status | None = None
    archive: bool = True

    @classmethod
    def of(cls, told: Mapping[str, str]) -> "Question":
        """Read it from the parameters of an address; ``UsageError`` names the one that cannot be."""
        limit = told.get("limit", "10")
        if not told.get("q", "").strip():
            raise UsageError("ask_what")
        if not (limit.isascii() and limit.isdecimal() and 1 <= int(limit) <= MOST):
            raise UsageError("ask_parameter", name="limit", value=limit, known=f"1…{MOST}")
        return cls(
            told["q"],
            int(limit),
            told.get("category"),
            told.get("product"),
            _choice(Audience, "audience", told),
            _choice(Status, "status", told),
            told.get("archive", "1") not in _NO,
        )

    @property
    def is_filtered(self) -> bool:
        """Whether it asks for some entries only."""
        return any((self.category, self.product, self.audience, self.status))


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, and how the desk would spell what was not."""

    query: str
    results: Results
    did_you_mean: str

    def plain(self) -> dict[str, object]:
        """As programs get it."""
        return {
            "query": self.query,
            "hits": [asdict(hit) for hit in self.results.entries],
            "archive": [asdict(hit) for hit in self.results.archive],
            "did_you_mean": self.did_you_mean,
        }


def ask(index: SearchIndex, question: Question) -> Answer:
    """Put the question to an open index."""
    found = index.search(
        question.words,
        limit=question.limit,
        category=question.category,
        product=question.product,
        audience=question.audience,
        status=question.status,
        archive=question.archive,
    )
    is_good = any(not hit.weak for hit in found.entries)
    return Answer(question.words, found, "" if is_good else index.did_you_mean(question.words))


class WarmSearch:
    """An index that stays open from question to question, and is opened anew once ``kb/`` has changed."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self._kb = kb
        self._one_at_a_time = Lock()
        self._index: SearchIndex | None = None
        self._made_of: object = None

    def close(self) -> None:
        """Let go of the index."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def answer(self, told: Mapping[str, str]) -> dict[str, object]:
        """The answer to a question as an address tells it; errors as ``Question.of`` and ``demand_known``."""
        question = Question.of(told)
        with self._one_at_a_time:
            demand_known(self._kb, question.category, question.product)
            return ask(self._fresh(), question).plain()

    def _fresh(self) -> SearchIndex:
        made_of = (KnowledgeLibrary(self._kb).stamps(), synonyms(self._kb.project))
        if self._index is None or made_of != self._made_of:
            self.close()
            self._index, self._made_of = open_index(self._kb), made_of
        return self._index


def _choice(kind: type[Kind], name: str, told: Mapping[str, str]) -> Kind | None:
    value = told.get(name)
    if value is not None and value not in list(kind):
        raise UsageError("ask_parameter", name=name, value=value, known="、".join(kind))
    return None if value is None else kind(value)
