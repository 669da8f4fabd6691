"""Letters that are not what they look like, or that another program will not take (C, W)."""

import re
from collections.abc import Iterator

from kbtool.entry import Entry, Status
from kbtool.knowledge.checks.finding import Found
from kbtool.knowledge.checks.state import EntryFile, State
from kbtool.knowledge.exchange.losses import MISSING, replacements
from kbtool.text.look_alikes import undecided

#: What shows nothing, turns the direction of writing, or stands for a letter that was lost.
_UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ufeff\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]"
)
_CONFUSED = re.compile(
    "[⺀-⻿⼀-⿕]"  # radicals that a PDF wrote for kanji
    "|[A-Za-z][Α-Ωα-ωА-я]|[Α-Ωα-ωА-я][A-Za-z]"  # Greek or Cyrillic inside a Latin word
    "|へ(?=[ッーァィゥェォャュョン])|(?<![ぁ-ゖ一-鿿])[べぺ](?=[ァ-ヺー])"  # hiragana in a katakana word: へッド
    "|(?<=[一-鿿A-Za-z0-9])ヘ(?![ァ-ヺー])"  # the particle in katakana: SVヘ
    "|(?<=[ァ-ヺ])[一―─](?=[ァ-ヺ])"  # a dash or 一 for the long vowel
    "|(?<![A-Za-z0-9])\\d+[OＯoIl]\\d*(?=[日円月年時分秒回個本枚箱名％%])"  # 1O日
)


def confusable(file: EntryFile, state: State) -> Iterator[Found]:
    """Characters taken for others (C001); in a draft also those only the page can tell, unless they are marked."""
    entry = file.entry
    for text in _texts(entry):
        found = [match.group() for pattern in (_UNSEEN, _CONFUSED) for match in pattern.finditer(text)]
        if entry.status is Status.DRAFT and entry.source and "look_alike" not in entry.needs_review:
            found += undecided(text)
        for letters in dict.fromkeys(found):
            yield Found(file.words(letters), {"letters": _shown(letters)})


def not_in_cp932(file: EntryFile, state: State) -> Iterator[Found]:
    """Characters that a CSV for Excel in cp932 cannot hold (W001)."""
    said = replacements("".join(_texts(file.entry)))
    lost = [letter for letter, other in said.items() if other == MISSING]
    if lost:
        yield Found(file.words(lost[0]), {"letters": "".join(lost)})


def _texts(entry: Entry) -> tuple[str, ...]:
    return entry.question, *entry.variants, *(part.text for part in entry.sections)


def _shown(letters: str) -> str:
    """The letters, those that show nothing by their numbers."""
    return "".join(f"U+{ord(each):04X}" if _UNSEEN.match(each) else each for each in letters)
