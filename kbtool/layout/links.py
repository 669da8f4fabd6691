"""What links tell of a page: which lines are a table of contents, and addresses that the words do not show."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from kbtool.document import Box
from kbtool.layout.pieces import Piece
from kbtool.reading import Line, Link, PageReading

#: Fewer lines that lead to other pages may be references in prose.
_FEWEST = 3
#: Share of a line under a link, and of a page's letters in such lines.
_UNDER, _MOST_OF_PAGE = 0.5, 0.5
#: Links times lines. No page of a manual comes near it, and a page made to cost time is read without its links.
_MOST_PAIRS = 2_000_000
#: Addresses that a person may follow; scripts, and files of somebody's machine, are none.
_SCHEME = re.compile(r"https?://(?:www\.)?|mailto:", re.IGNORECASE)


def contents_of(reading: PageReading) -> tuple[Box, ...]:
    """Where the lines of a table of contents stand, in points; none on a page that is anything else."""
    inner = [link.box for link in reading.links if link.page not in (0, reading.number)]
    if len(inner) < _FEWEST or len(inner) * len(reading.lines) > _MOST_PAIRS:
        return ()
    leading = [line for line in reading.lines if _is_under(line.box, inner)]
    letters = sum(_letters(line.text) for line in reading.lines)
    is_contents = len(leading) >= _FEWEST and sum(_letters(line.text) for line in leading) > _MOST_OF_PAGE * letters
    return tuple(inner) if is_contents else ()


def marked(pieces: Iterable[Piece], contents: Sequence[Box]) -> list[Piece]:
    """Mark the pieces that stand in a table of contents."""
    return [replace(piece, linked=True) if _is_under(piece.box, contents) else piece for piece in pieces]


def with_addresses(lines: Sequence[Line], links: Sequence[Link]) -> tuple[Line, ...]:
    """Put behind linked words, in brackets, the address they lead to, where they do not show it themselves.

    Links of one address that follow each other are one link whose words are wrapped.
    """
    outward = [link for link in links if _SCHEME.match(link.address)]
    told = list(lines)
    if len(outward) * len(lines) > _MOST_PAIRS:
        return tuple(told)
    for address, run in groupby(outward, key=lambda link: link.address):
        places = [(n, found) for link in run for n, line in enumerate(told) if (found := _under(line, link.box))]
        if places and not _shows("".join(told[n].text[found] for n, found in places), address):
            n, found = places[-1]
            told[n] = _with(told[n], found.stop, f"（{address}）")
    return tuple(told)


def _under(line: Line, box: Box) -> slice | None:
    """The characters of a line whose middles lie under a link."""
    across, down = line.box.centre
    thick = box.x0 <= across <= box.x1 if line.vertical else box.y0 <= down <= box.y1
    if not thick or len(line.spans) != len(line.text):
        return None
    first, last = (box.y0, box.y1) if line.vertical else (box.x0, box.x1)
    inside = [n for n, (start, end) in enumerate(line.spans) if first <= (start + end) / 2 <= last]
    return slice(inside[0], inside[-1] + 1) if inside else None


def _with(line: Line, at: int, words: str) -> Line:
    """A line with words that take no room on it."""
    end = line.spans[at - 1][1]
    spans = (*line.spans[:at], *((end, end) for _ in words), *line.spans[at:])
    return replace(line, text=line.text[:at] + words + line.text[at:], spans=spans)


def _shows(words: str, address: str) -> bool:
    shown, hidden = _core(words), _core(address)
    return hidden in shown or ("." in shown and shown in hidden)


def _core(address: str) -> str:
    """An address as people write it: without scheme, www, end and a letter's subject."""
    plain = "".join(unicodedata.normalize("NFKC", address).casefold().split())
    return _SCHEME.sub("", plain, count=1).removeprefix("www.").split("?subject=")[0].rstrip("/")


def _is_under(box: Box, areas: Sequence[Box]) -> bool:
    """Whether most of a line's length lies under links."""
    x, y = box.centre
    if box.height > box.width:
        lengths = [min(box.y1, area.y1) - max(box.y0, area.y0) for area in areas if area.x0 <= x <= area.x1]
        return sum(max(0.0, length) for length in lengths) > _UNDER * box.height
    lengths = [min(box.x1, area.x1) - max(box.x0, area.x0) for area in areas if area.y0 <= y <= area.y1]
    return sum(max(0.0, length) for length in lengths) > _UNDER * box.width


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))
