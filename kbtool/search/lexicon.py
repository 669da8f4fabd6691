"""How the browser cuts a question without a dictionary: the spellings that the pages themselves use.

When the index is built, every spelling in the pages is written down with the word it stands for and with its rarity;
the client takes the likeliest way through a question (Viterbi, IEEE Trans. IT 13(2), 1967). A spelling that no page has
could find no page either. The lexicon is cut into small pieces by first letters: a question fetches only its own.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kbtool.search.coding import DIGITS, term_hash
from kbtool.text.folding import fold

#: Latin words and numbers are cut by their letters alone.
_JAPANESE = re.compile("[ぁ-ヿ㐀-鿿々〆]+")
#: Ends in hiragana, and without its last letter is more than a particle.
_INFLECTED = re.compile("(?:[㐀-鿿々][ぁ-ゖ]+|[ぁ-ゖ]{3,})[ぁ-ゖ]")
_HIRAGANA = re.compile("[ぁ-ゖ]")
#: Rarity in half nats fits five bits; the sixth marks a word whose postings lie in a file of their own.
STEPS_A_NAT = 2
_RAREST, _ALONE = 31, 32
_NO_WORD = "!"
#: A stem is only taken where no whole spelling fits.
STEM = 6
#: So many of the commonest spellings in hiragana (particles, endings) are known at once, without fetching a piece.
COMMON = 250
#: About a dozen pieces are fetched for a sentence.
PIECE_BYTES = 200


@dataclass(frozen=True, slots=True)
class Spelling:
    """What a folded spelling stands for (empty: no subject) and how rare it is, in steps of ``STEPS_A_NAT``."""

    word: str
    rarity: int


class Lexicon:
    """Counts spellings; ``spellings`` gives what they most often stand for."""

    def __init__(self) -> None:
        self._seen: dict[str, Counter[str]] = defaultdict(Counter)

    def learn(self, cuts: Iterable[tuple[str, str]]) -> None:
        """Take note of the pieces of a text and of the words they stand for."""
        for surface, word in cuts:
            self._seen[surface][word] += 1

    def spellings(self) -> dict[str, Spelling]:
        """Every folded spelling; of several words the one that is meant most often."""
        whole, stems = self._folded(self._seen), self._folded(_stems(self._seen))
        total = sum(words.total() for words in whole.values())
        found = {key: Spelling(_likeliest(words), _rarity(words.total() / total)) for key, words in whole.items()}
        for key in stems.keys() - found.keys():
            rarity = _rarity(stems[key].total() / total) + STEM
            found[key] = Spelling(_likeliest(stems[key]), min(_RAREST, rarity))
        return found

    @staticmethod
    def _folded(seen: Mapping[str, Counter[str]]) -> dict[str, Counter[str]]:
        folded: dict[str, Counter[str]] = defaultdict(Counter)
        for surface, words in seen.items():
            key = fold(surface)
            if _JAPANESE.fullmatch(key):
                folded[key].update(words)
        return folded


def pieces(spellings: Mapping[str, Spelling], alone: frozenset[str]) -> tuple[str, list[dict[str, object]]]:
    """The commonest spellings as one text, and the others by the hash of their first letter.

    ``alone`` are the words whose postings lie in a file of their own.
    """
    hiragana = [key for key in spellings if _HIRAGANA.match(key)]
    common = sorted(sorted(hiragana, key=lambda key: (spellings[key].rarity, key))[:COMMON])
    by_letter: dict[str, list[str]] = defaultdict(list)
    for key in sorted(spellings.keys() - set(common)):
        by_letter[key[0]].append(_line(key[1:], key, spellings[key], alone))
    texts = {letter: " ".join(lines) for letter, lines in by_letter.items()}
    count = max(1, math.ceil(sum(len(text.encode()) + 6 for text in texts.values()) / PIECE_BYTES))
    shards: list[dict[str, object]] = [{} for _ in range(count)]
    for letter, text in texts.items():
        shards[term_hash(letter) % count][letter] = text
    return " ".join(_line(key, key, spellings[key], alone) for key in common), shards


def _stems(seen: Mapping[str, Counter[str]]) -> dict[str, Counter[str]]:
    """What is left of words that may be inflected (うるさい: うるさく, 漏れる: 漏れた), for the forms no page has."""
    stems: dict[str, Counter[str]] = defaultdict(Counter)
    for surface, words in seen.items():
        meant = Counter({word: times for word, times in words.items() if word})
        if meant and _INFLECTED.fullmatch(surface):
            stems[surface[:-1]].update(meant)
    return stems


def _line(shown: str, key: str, spelling: Spelling, alone: frozenset[str]) -> str:
    """The spelling, its rarity as one digit, and its word unless that is spelled alike."""
    digit = DIGITS[spelling.rarity + _ALONE * (spelling.word in alone)]
    word = "" if spelling.word == key else spelling.word or _NO_WORD
    return f"{shown}{digit}{word}"


def _likeliest(words: Counter[str]) -> str:
    return min(words, key=lambda word: (-words[word], word))


def _rarity(share: float) -> int:
    return min(_RAREST, round(-math.log(share) * STEPS_A_NAT))
