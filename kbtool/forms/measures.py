"""What records add up to: counts, retention, satisfaction, effort, resolution. Pure functions over records.

Every share says its numerator, its denominator and how many records it leaves out, because two desks that report
「阻止率」 rarely divide by the same number.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kbtool.inquiry import Inquiry

KEPT = ("継続", "コース変更で継続")
LOST = ("解約",)
OUT_OF_SCOPE = ("対象外",)
#: CSAT: 4 (満足) and 5 (非常に満足) of 5. CES: 5 to 7 of 7, where high is good.
SATISFIED_FROM = 4
EASY_FROM = 5
#: Where high is bad, the same three answers at the other end of the seven.
EASY_TO = 3
#: How a template says which end of a scale is good; without it a mean says nothing.
HIGH_IS_GOOD, HIGH_IS_BAD = "high_is_good", "high_is_bad"


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` of ``whole`` records; ``left_out`` were not counted in either."""

    part: int
    whole: int
    left_out: int = 0

    @property
    def percent(self) -> float | None:
        """Rounded to one decimal, None of nothing."""
        return _rounded(Decimal(100 * self.part) / self.whole, "0.1") if self.whole else None


@dataclass(frozen=True, slots=True)
class Scale:
    """Answers on a scale: ``good`` counts those at the good end, ``blank`` those who gave none."""

    n: int
    mean: float | None
    good: Share
    blank: int


def counts(records: Iterable[Inquiry], field: str) -> dict[str, int]:
    """How many records have each value of a field, most frequent first; records without one are left out."""
    values = (record.value(field) for record in records)
    return dict(Counter(str(value) for value in values if value is not None).most_common())


def retention(records: Iterable[Inquiry], *, with_out_of_scope: bool = False) -> Share:
    """阻止率: kept of those who asked to cancel.

    Cases in which nobody may be held back (対象外: harm to health …) are left out, or counted as not kept.
    """
    results = [record.value("retention") for record in records]
    kept, lost, out = (sum(result in group for result in results) for group in (KEPT, LOST, OUT_OF_SCOPE))
    return Share(kept, kept + lost + out) if with_out_of_scope else Share(kept, kept + lost, out)


def csat(records: Iterable[Inquiry]) -> Scale:
    """満足度 of 5: mean and share of 満足 and better."""
    return _scale(records, "csat", lambda score: score >= SATISFIED_FROM)


def ces(records: Iterable[Inquiry], polarity: str = HIGH_IS_GOOD) -> Scale:
    """お手続きの手軽さ of 7: mean and share of the three easiest answers, which end ``polarity`` tells."""
    if polarity == HIGH_IS_BAD:
        return _scale(records, "ces", lambda score: score <= EASY_TO)
    return _scale(records, "ces", lambda score: score >= EASY_FROM)


def resolved(records: Iterable[Inquiry]) -> Share:
    """解決率 as the customer says it: はい of all who answered."""
    answers = [record.value("resolved") for record in records]
    given = [answer for answer in answers if answer is not None]
    return Share(given.count("はい"), len(given), len(answers) - len(given))


def first_contact_resolution(records: Iterable[Inquiry]) -> Share:
    """一次解決率: closed without escalation, of all records."""
    closed = [record.value("result") == "解決" and record.value("escalation") == "不要" for record in records]
    return Share(sum(closed), len(closed))


def escalated(records: Iterable[Inquiry]) -> int:
    """How many records were handed on."""
    return sum(record.value("escalation") == "要" for record in records)


def _scale(records: Iterable[Inquiry], field: str, is_good: Callable[[int], bool]) -> Scale:
    values = [record.value(field) for record in records]
    scores = [value for value in values if isinstance(value, int)]
    mean = _rounded(Decimal(sum(scores)) / len(scores), "0.01") if scores else None
    good = Share(sum(map(is_good, scores)), len(scores), len(values) - len(scores))
    return Scale(len(scores), mean, good, len(values) - len(scores))


def _rounded(value: Decimal, step: str) -> float:
    """Round half up, as a spreadsheet does."""
    return float(value.quantize(Decimal(step), ROUND_HALF_UP))
