"""How the browser cuts a question without a dictionary: the spellings that the pages themselves use.

When the index is built, every spelling in the pages is written down with the word it stands for and with its rarity;
the client takes the likeliest way through a question (Viterbi, IEEE Trans. IT 13(2), 1967). A spelling that no page has
could find no page either, but for other forms of a verb or an adjective, which the client makes itself. The lexicon is
cut into small pieces by first letters: a question fetches only its own.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kbtool.search.coding import DIGITS, term_hash
from kbtool.search.sounds import Sounds
from kbtool.text.folding import fold

#: Latin words and numbers are cut by their letters alone.
_JAPANESE = re.compile("[ぁ-ヿ㐀-鿿々〆]+")
_HIRAGANA = re.compile("[ぁ-ゖ]")
#: Rarity in half nats fits five bits; the sixth marks a word whose postings lie in a file of their own.
STEPS_A_NAT = 2
_RAREST, _ALONE = 31, 32
_NO_WORD = "!"
#: A reading is about as likely as a rather rare spelling, whatever it stands for: fewer and longer words win.
HEARD = 20
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
    """Counts spellings; ``spellings`` gives what they most often stand for, ``seen`` all they stand for."""

    def __init__(self) -> None:
        self.seen: dict[str, Counter[str]] = defaultdict(Counter)

    def learn(self, cuts: Iterable[tuple[str, str]]) -> None:
        """Take note of the pieces of a text and of the words they stand for."""
        for surface, word in cuts:
            self.seen[surface][word] += 1

    def spellings(self) -> dict[str, Spelling]:
        """Every folded spelling; of several words the one that is meant most often."""
        folded: dict[str, Counter[str]] = defaultdict(Counter)
        for surface, words in self.seen.items():
            key = fold(surface)
            if _JAPANESE.fullmatch(key):
                folded[key].update(words)
        total = sum(words.total() for words in folded.values())
        return {key: Spelling(_likeliest(words), _rarity(words.total() / total)) for key, words in folded.items()}


def pieces(spellings: Mapping[str, Spelling], alone: frozenset[str]) -> tuple[str, list[dict[str, object]]]:
    """The commonest spellings as one text, and the others by the hash of their first letter.

    ``alone`` are the words whose postings lie in a file of their own.
    """
    hiragana = [key for key in spellings if _HIRAGANA.match(key)]
    common = sorted(sorted(hiragana, key=lambda key: (spellings[key].rarity, key))[:COMMON])
    rest = ((key, spellings[key]) for key in sorted(spellings.keys() - set(common)))
    return " ".join(_line(key, key, spellings[key], alone) for key in common), _shards(rest, 1, alone)


def readings(sounds: Sounds, spellings: Mapping[str, Spelling], alone: frozenset[str]) -> list[dict[str, object]]:
    """The readings that no page has as a spelling, by the hash of their first two kana; a line for each homophone."""
    heard = ((reading, words) for reading, words in sounds.items() if reading not in spellings)
    return _shards(((reading, Spelling(word, HEARD)) for reading, words in heard for word in words), 2, alone)


def _shards(spellings: Iterable[tuple[str, Spelling]], letters: int, alone: frozenset[str]) -> list[dict[str, object]]:
    by_beginning: dict[str, list[str]] = defaultdict(list)
    for key, spelling in spellings:
        by_beginning[key[:letters]].append(_line(key[letters:], key, spelling, alone))
    texts = {beginning: " ".join(lines) for beginning, lines in by_beginning.items()}
    count = max(1, math.ceil(sum(len(text.encode()) + 6 for text in texts.values()) / PIECE_BYTES))
    shards: list[dict[str, object]] = [{} for _ in range(count)]
    for beginning, text in texts.items():
        shards[term_hash(beginning) % count][beginning] = text
    return shards


def _line(shown: str, key: str, spelling: Spelling, alone: frozenset[str]) -> str:
    """The spelling, its rarity as one digit, and its word unless that is spelled alike."""
    digit = DIGITS[spelling.rarity + _ALONE * (spelling.word in alone)]
    word = "" if spelling.word == key else spelling.word or _NO_WORD
    return f"{shown}{digit}{word}"


def _likeliest(words: Counter[str]) -> str:
    return min(words, key=lambda word: (-words[word], word))


def _rarity(share: float) -> int:
    return min(_RAREST, round(-math.log(share) * STEPS_A_NAT))
