"""Words of a scan that its engine was not sure of: which, where on the page, and how sure.

Separate because they are found on lines, where characters still have places, and kept on blocks. Only these words are
kept: the places of all characters would be ten times the size of a page's text.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kbtool.document import Block, Box, Doubt, Kind
from kbtool.limits import DOUBTS_KEPT_BELOW
from kbtool.reading import Line

#: Signs that change the meaning of what stands beside them; other signs are read wrongly without harm.
_MEANING = frozenset("%％‰℃°+＋-－−±〜～.．,，:：/／○〇◯×✕△□")
_NO_WORDS = frozenset({Kind.STAMP, Kind.FORM_FIELD, Kind.CHECK_MARK, Kind.FIGURE})
_LATIN = ("LATIN", "DIGIT", "HYPHEN", "FULL STOP", "COMMA", "COLON", "SOLIDUS", "PERCENT")
#: A word is named with at most this many letters to either side of the doubtful ones.
_REACH = 6


def with_doubts(blocks: Sequence[Block], lines: Sequence[Line], page: tuple[float, float]) -> list[Block]:
    """Give each block the doubtful words of the lines in it; ``page`` is the size in points."""
    found: dict[int, list[Doubt]] = {}
    for doubt in (doubt for line in lines for doubt in _of_line(line, page)):
        place = _smallest(blocks, doubt)
        if place is not None:
            found.setdefault(place, []).append(doubt)
    return [replace(block, doubts=tuple(found.get(place, ()))) for place, block in enumerate(blocks)]


def _of_line(line: Line, page: tuple[float, float]) -> Iterator[Doubt]:
    """The doubtful words of one line; an engine that tells of lines only doubts whole lines."""
    if len(line.confidences) != len(line.text):
        if line.confidence < DOUBTS_KEPT_BELOW:
            yield Doubt(line.text.strip(), _share(line.box, page), round(line.confidence, 1))
        return
    low = [confidence < DOUBTS_KEPT_BELOW and _means(line.text, at) for at, confidence in enumerate(line.confidences)]
    end = 0
    for at in range(len(low)):
        if low[at] and at >= end:
            start, end = _word(line.text, low, at, end)
            least = min(line.confidences[place] for place in range(start, end) if low[place])
            yield Doubt(line.text[start:end], _share(_cut(line, start, end), page), round(least, 1))


def _means(text: str, at: int) -> bool:
    return text[at].isalnum() or (text[at] in _MEANING and any(map(str.isalnum, text[max(0, at - 1) : at + 2])))


def _word(text: str, low: Sequence[bool], at: int, earliest: int) -> tuple[int, int]:
    """The run of letters of one kind around a doubtful one, and the doubtful ones that follow it directly."""
    start, end = at, at + 1
    while start > max(earliest, at - _REACH) and _one_word(text[start - 1], text[start]):
        start -= 1
    last = at
    while end < len(text) and (low[end] or (end <= last + _REACH and _one_word(text[end - 1], text[end]))):
        last = end if low[end] else last
        end += 1
    return start, end


def _one_word(left: str, right: str) -> bool:
    """Whether two letters belong together: kanji, katakana, or Latin letters and digits; hiragana joins nothing."""
    kind = _script(left)
    return kind != "" and kind == _script(right)


def _script(char: str) -> str:
    name = unicodedata.name(unicodedata.normalize("NFKC", char)[0], "")
    if name.startswith(("CJK UNIFIED", "IDEOGRAPHIC ITERATION")):
        return "kanji"
    if name.startswith("KATAKANA"):
        return "katakana"
    return "latin" if name.startswith(_LATIN) else ""


def _cut(line: Line, start: int, end: int) -> Box:
    if len(line.spans) != len(line.text):
        return line.box
    first, last = line.spans[start][0], max(line.spans[start][0], line.spans[end - 1][1])
    if line.vertical:
        return Box(line.box.x0, first, line.box.x1, last)
    return Box(first, line.box.y0, last, line.box.y1)


def _share(box: Box, page: tuple[float, float]) -> Box:
    width, height = page
    edges = (box.x0 / width, box.y0 / height, box.x1 / width, box.y1 / height)
    return Box(*(round(min(1.0, max(0.0, edge)), 4) for edge in edges))


def _smallest(blocks: Sequence[Block], doubt: Doubt) -> int | None:
    """The innermost block with words that a doubtful word lies in."""
    x, y = doubt.box.centre
    holding = [
        (block.provenance.box.width * block.provenance.box.height, place)
        for place, block in enumerate(blocks)
        if block.kind not in _NO_WORDS and block.provenance.box.contains(x, y)
    ]
    return min(holding)[1] if holding else None
