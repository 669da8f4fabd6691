"""All measures of a report in one shape, each with what it divides by and what it leaves out.

Separate from how each is counted (``measures``), so that a table, a sheet and a program get the same rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kbtool.forms import measures
from kbtool.forms.measures import Scale, Share
from kbtool.inquiry import Inquiry


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: ``part`` of ``whole`` in percent, or a ``mean`` of ``n`` answers; ``left_out`` count in neither.

    ``code`` names it and its definition in the message catalogues.
    """

    code: str
    n: int
    part: int | None = None
    whole: int | None = None
    percent: float | None = None
    mean: float | None = None
    left_out: int = 0


def figures(records: Sequence[Inquiry], polarity: str, *, answered: int) -> tuple[Figure, ...]:
    """Every measure of these records; ``answered`` of those with words have an entry that answers them."""
    csat, ces = measures.csat(records), measures.ces(records, polarity)
    worded = sum(bool(record.value("content")) for record in records)
    handed_on = measures.escalated(records)
    return (
        _share("retention", measures.retention(records)),
        _share("retention_all", measures.retention(records, with_out_of_scope=True)),
        _mean("csat", csat),
        _share("csat_good", csat.good),
        _mean("ces", ces),
        _share("ces_good", ces.good),
        _share("resolved", measures.resolved(records)),
        _share("first_contact", measures.first_contact_resolution(records)),
        _share("escalated", Share(handed_on, len(records))),
        _share("covered", Share(answered, worded, len(records) - worded)),
    )


def _share(code: str, share: Share) -> Figure:
    return Figure(code, share.whole, share.part, share.whole, share.percent, left_out=share.left_out)


def _mean(code: str, scale: Scale) -> Figure:
    return Figure(code, scale.n, mean=scale.mean, left_out=scale.blank)
