"""What a new text of an entry says otherwise, in a few words: 「8日 → 7日」.

Separate because report, history and mark name the same change. The words are cut short on purpose: a note is for
the house, and a long quotation of an answer in it could not be told from the answer itself on the public site.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice, takewhile, zip_longest

from kbtool.entry import Entry

#: A quantity with its unit, a run of kanji, katakana or Latin letters, else one character.
_WORD = re.compile(
    r"[0-9０-９][0-9０-９.,]*(?:営業日|[時週日年]間|[かヶカヵ]月|[一-鿿々％%℃])?"
    r"|[一-鿿々]+|[ァ-ヴー]+|[A-Za-z][A-Za-z0-9-]*|.",
    re.DOTALL,
)
_LONGEST = 8
_MOST = 3
_SENTENCE_END = re.compile(r"(?<=[。\n])")
#: More characters are not compared word with word: a table of 300 rows in which each row changed takes a minute.
_MOST_COMPARED = 2_000


def in_words(before: Entry, after: Entry) -> str:
    """The first few changes of question, sections and rules of escalation; "" where only other fields changed."""
    replaced = islice(_replaced(_said(before), _said(after)), _MOST + 1)
    found = [f"{_cut(old)} → {_cut(new)}" for old, new in replaced]
    return "、".join(found[:_MOST]) + (" …" if len(found) > _MOST else "")


def _said(entry: Entry) -> str:
    rules = [text for rule in entry.escalation for text in (rule.when, rule.to, rule.within, rule.how)]
    return "\n".join((entry.question, *(part.text for part in entry.sections), *rules))


def _replaced(before: str, after: str) -> Iterator[tuple[str, str]]:
    for old, new in _differing(_SENTENCE_END.split(before), _SENTENCE_END.split(after)):
        for one, other in _side_by_side(old, new):
            for gone, come in _differing(_WORD.findall(one), _WORD.findall(other)):
                words = "".join(gone).strip(), "".join(come).strip()
                if any(words):
                    yield words


def _side_by_side(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Sentences one by one where as many came as went or they are many; else those that went with those that came."""
    few = sum(map(len, (*old, *new))) <= _MOST_COMPARED
    pairs = [("".join(old), "".join(new))] if few and len(old) != len(new) else zip_longest(old, new, fillvalue="")
    for one, other in pairs:
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
        start = 0 if max(len(one), len(other)) <= _MOST_COMPARED else max(0, same - _LONGEST)
        yield one[start : start + _MOST_COMPARED], other[start : start + _MOST_COMPARED]


def _differing(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    long = max(len(old), len(new)) > _MOST_COMPARED  # then what recurs all over, as blank lines do, is no anchor
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=long).get_opcodes():
        if tag != "equal":
            yield old[i:j], new[k:m]


def _cut(text: str) -> str:
    line = " ".join(text.split()) or "－"
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
