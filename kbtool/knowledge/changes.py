"""What a new text of an entry says otherwise, in a few words: 「8日 → 7日」.

Separate because report, history and mark name the same change. The words are cut short on purpose: a note is for
the house, and a long quotation of an answer in it could not be told from the answer itself on the public site.
"""

import difflib
import re
from collections.abc import Iterator

from kbtool.entry import Entry

#: A quantity with its unit, a run of kanji, katakana or Latin letters, else one character.
_WORD = re.compile(
    r"[0-9０-９][0-9０-９.,]*(?:営業日|[時週日年]間|[かヶカヵ]月|[一-鿿々％%℃])?"
    r"|[一-鿿々]+|[ァ-ヴー]+|[A-Za-z][A-Za-z0-9-]*|.",
    re.DOTALL,
)
_LONGEST = 8
_MOST = 3


def in_words(before: Entry, after: Entry) -> str:
    """The first few changes of question, sections and rules of escalation; "" where only other fields changed."""
    found = [f"{_cut(old)} → {_cut(new)}" for old, new in _replaced(_said(before), _said(after))]
    return "、".join(found[:_MOST]) + (" …" if len(found) > _MOST else "")


def _said(entry: Entry) -> str:
    rules = [text for rule in entry.escalation for text in (rule.when, rule.to, rule.within, rule.how)]
    return "\n".join((entry.question, *(part.text for part in entry.sections), *rules))


def _replaced(before: str, after: str) -> Iterator[tuple[str, str]]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = "".join(old[i:j]).strip(), "".join(new[k:m]).strip()
        if tag != "equal" and (gone or come):
            yield gone, come


def _cut(text: str) -> str:
    line = " ".join(text.split()) or "－"
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
