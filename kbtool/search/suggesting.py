"""Answers to an inquiry as it was written: several sentences, greetings and all.

What is only polite is left out; the rest is asked as a whole, and every sentence is asked by itself as well, so that
a second question in the same message is answered too. A long message shares little of its words with any entry: what
a sentence finds first and the whole finds as well is believed all the same.
"""

import re
from dataclasses import dataclass

from kbtool.entry import Audience
from kbtool.search import highlight
from kbtool.search.index import SearchIndex
from kbtool.search.searchable import Hit, Span
from kbtool.text import analysis

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
#: Sentences that open and close a message and say nothing of its subject.
_POLITE = re.compile(
    r"お世話に(?:なり|なっ)|(?:よろしく|宜しく)お?(?:願|ねが)い|お忙しい(?:ところ|中)|失礼(?:いた|致)?します|"
    r"初めてご?連絡|突然の(?:ご連絡|メール)|ご(?:確認|回答|返信|返事|対応)(?:の(?:ほど|程))?(?:を)?(?:お願い|お待ち)|"
    r"^(?:こんにちは|こんばんは|おはよう|はじめまして|初めまして|恐れ入り|すみません|ありがとう)"
)
#: How a sentence asks or wishes.
_ASKS = re.compile(
    "[？?]$|たいと(?:思|おも|考え)|(?:か|かな|たい|ほしい|欲しい|下さい|ください|ません|ない|困って|教えて)(?:です|ます|のです|んです)?[。！!]?$"
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry that may answer: the sentence of its answer that fits best, and the sentence that asks for it."""

    hit: Hit
    answer: str
    answer_marks: tuple[Span, ...]
    asked: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What an inquiry asks, and the entries that answer, best first."""

    asked: tuple[str, ...]
    entries: tuple[Suggestion, ...]


def suggest(index: SearchIndex, text: str, *, limit: int = 5, audience: Audience | None = None) -> Suggestions:
    """Entries for a pasted inquiry, at most ``limit``."""
    said = [each.strip() for each in _SENTENCE.findall(text)]
    told = [each for each in said if analysis.words(each) and not _POLITE.search(each)]
    questions = [each for each in told if _ASKS.search(each)] or told
    by_itself = dict.fromkeys((*questions, *told)) if len(told) > 1 else {}
    whole = _hits(index, "".join(told), limit, audience)
    found = {hit.id: _suggestion(hit, "".join(told)) for hit in whole if not hit.weak}
    places = {hit.id: place for place, hit in enumerate(whole)}
    for sentence in by_itself:
        # A sentence by itself is answered by its best entry only; the others speak of the whole.
        for hit in _hits(index, sentence, 1, audience):
            meant = hit.id in places or (sentence in questions and not hit.weak)
            if meant and (hit.id not in found or found[hit.id].asked not in by_itself):
                found[hit.id] = _suggestion(hit, sentence)
    ordered = sorted(found.values(), key=lambda each: places.get(each.hit.id, limit))
    return Suggestions(tuple(questions), tuple(ordered[:limit]))


def _hits(index: SearchIndex, asked: str, limit: int, audience: Audience | None) -> tuple[Hit, ...]:
    return index.search(asked, limit=limit, audience=audience, archive=False).entries


def _suggestion(hit: Hit, asked: str) -> Suggestion:
    marker = highlight.Marker.of(asked)
    answer = highlight.best_sentence(hit.answer, marker) or hit.snippet
    return Suggestion(hit, answer, marker.marks(answer), asked)
