"""Records side by side: two addresses whose rows begin alike (〒 and 〒, TEL and TEL).

Separate because only words tell them from names and their values, which stand in step as well: of records each is
read to its end, of names and values row by row.
"""

import re
import unicodedata
from collections.abc import Sequence

#: A label is one word before figures, Latin letters, a space or a colon, or a sign of its own; no sentence.
_LABEL = re.compile(r"[〒☎℡]|[A-Za-z]{1,8}(?![A-Za-z])|[^\W\d_A-Za-z]{1,8}(?=[0-9A-Za-z\s:(/=])")
#: What has no label is told by the form of its figures.
_FIGURES = re.compile(r"[0-9]+")
_VALUE = re.compile(r"[0-9]+(?:[-:.,/~][0-9]+)+")
#: So many kinds of rows have to be alike on both sides, and such a share of those side by side.
_FEWEST_KINDS, _ALIKE = 2, 0.4

#: The middle of a line, from the top, and its label.
Row = tuple[float, str]


def label_of(text: str) -> str:
    """What kind of row a line is: its label, or the form of its figures; "" where it begins with words of its own."""
    told = unicodedata.normalize("NFKC", text).strip()
    found = _LABEL.match(told)
    if found:
        return found.group()
    value = _VALUE.match(told)
    return _FIGURES.sub("0", value.group()) if value else ""


def are_records(left: Sequence[Row], right: Sequence[Row], near: float) -> bool:
    """Whether rows of both sides, no farther apart than ``near``, are of the same kinds, and of several."""
    pairs = [
        (mine, theirs)
        for y, mine in left
        for other, theirs in [min(right, key=lambda row: abs(row[0] - y), default=(float("inf"), ""))]
        if abs(other - y) <= near
    ]
    alike = [mine for mine, theirs in pairs if mine and mine == theirs]
    return len(set(alike)) >= _FEWEST_KINDS and len(alike) >= _ALIKE * len(pairs)
