"""What plain Tesseract 5.3 scored on an earlier, independent set of pages: the yardstick of how hard a condition is.

A condition of this benchmark counts only where Tesseract's rates on it lie within a quarter of these.
"""

from typing import NamedTuple

TOLERANCE = 0.25


class Rates(NamedTuple):
    """Character error rates: in reading order, and by block wherever it stands."""

    cer: float
    bcer: float


ROWS = {
    "clean": Rates(0.037, 0.014),
    "scan200": Rates(0.045, 0.025),
    "skew": Rates(0.137, 0.103),
    "scan150": Rates(0.044, 0.028),
    "pale": Rates(0.103, 0.076),
    "fold": Rates(0.166, 0.071),
    "stamp": Rates(0.096, 0.065),
    "fax": Rates(0.120, 0.091),
    "photo": Rates(0.508, 0.406),
    "vertical": Rates(0.111, 0.092),
}


def counts(condition: str, measured: Rates) -> bool | None:
    """Whether the condition is as hard as it was; None where there is nothing to compare with."""
    if condition not in ROWS:
        return None
    return all(abs(ours - theirs) <= TOLERANCE * theirs for ours, theirs in zip(measured, ROWS[condition], strict=True))
