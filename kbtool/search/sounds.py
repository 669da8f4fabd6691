"""How the pages' words are read, for what is written in kana: かいやく for 解約.

A question in kana is cut over the readings too; they lie in pieces of their own, which the client fetches only where
it meets kana that no page spells so. A page in kana is also found by the word that it sounds like.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from kbtool.text import analysis
from kbtool.text.folding import fold
from kbtool.text.grams import kanji

#: Readings with the words that are read so, the most frequent first.
Sounds = Mapping[str, Sequence[str]]
#: One kana is no word; two are, where a question has nothing else.
_SHORTEST = 2
#: In running text fewer kana that happen to sound like a word are mostly something else.
_SURE = 4
#: Of homophones so many are asked for.
_HOMOPHONES = 3
#: Folded kana.
_KANA = re.compile("[ぁ-ゖ]+")


def of_spellings(seen: Mapping[str, Counter[str]]) -> dict[str, tuple[str, ...]]:
    """The readings of spellings with kanji, from how often each stands for which word."""
    heard: dict[str, Counter[str]] = defaultdict(Counter)
    for spelled, words in seen.items():
        meant = {word: times for word, times in words.items() if word}
        if meant and kanji(spelled):
            heard[analysis.reading(spelled)].update(meant)
    return {
        reading: tuple(sorted(words, key=lambda word: (-words[word], word))[:_HOMOPHONES])
        for reading, words in sorted(heard.items())
        if len(reading) >= _SHORTEST and _KANA.fullmatch(reading)
    }


class Kana:
    """Finds what a text writes in kana although the pages know the word with kanji."""

    def __init__(self, sounds: Sounds) -> None:
        self._sounds = sounds
        self._known: dict[tuple[tuple[str, str], ...], list[tuple[str, str]]] = {}

    def words(self, cut: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """The folded kana of a text, cut into spellings and words, each with its word that has kanji.

        A word that the dictionary takes for several is known by its sound (かい, やく: かいやく).
        """
        folded = ((fold(spelled), word) for spelled, word in cut)
        runs = (tuple(run) for kana, run in groupby(folded, key=_in_kana) if kana)
        return list(dict.fromkeys(found for run in runs for found in self._of_run(run)))

    def _of_run(self, run: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
        if run not in self._known:
            self._known[run] = [found for at in range(len(run)) for found in self._at(run, at)]
        return self._known[run]

    def _at(self, run: tuple[tuple[str, str], ...], at: int) -> Iterator[tuple[str, str]]:
        spelled, word = run[at]
        rest = "".join(piece for piece, _ in run[at:])
        longest = max((end for end in range(_SURE, len(rest) + 1) if rest[:end] in self._sounds), default=0)
        if longest > len(spelled):
            yield from ((rest[:longest], meant) for meant in self._sounds[rest[:longest]])
        elif kanji(word):
            yield spelled, word


def _in_kana(piece: tuple[str, str]) -> bool:
    return _KANA.fullmatch(piece[0]) is not None
