"""Pieces of words that need no dictionary: character pairs, single kanji, and what stays when okurigana varies.

The browser cuts its queries by the same rules (``search/client/client.js``); a test compares both.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from kbtool.text.folding import fold, normalise

_RUN = re.compile("[a-z0-9]+|[぀-ヿ㐀-鿿々〆]+")
_KANJI = re.compile("[㐀-鿿々]")
_HIRAGANA = re.compile("[ぁ-ゖ][ぁ-ゖー]*")
_CORE = "[㐀-鿿々ァ-ヶー]+"
#: Kanji and katakana joined over at most two hiragana (申し込み書), or a kanji compound.
_COMPOUND = re.compile(f"{_CORE}(?:[ぁ-ん]{{1,2}}{_CORE})+|[㐀-鿿々]{{2,}}")


def grams(text: str) -> list[str]:
    """Folded character pairs of Japanese runs, Latin words and numbers whole, a lone character as it is."""
    return list(folded_grams(fold(text)))


def folded_grams(folded: str) -> Iterator[str]:
    """Like ``grams`` for a text that is folded already."""
    for run in _RUN.findall(folded):
        if run[0].isascii() or len(run) == 1:
            yield run
        else:
            yield from (run[at : at + 2] for at in range(len(run) - 1))


def kanji(text: str) -> list[str]:
    """Every kanji of the folded text: 健診 and 健康診断 share two."""
    return _KANJI.findall(fold(text))


def content_grams(text: str) -> list[str]:
    """Like ``grams`` without the pairs inside hiragana, which are mostly particles and endings."""
    parts = _HIRAGANA.sub(" ", normalise(text))
    return grams(parts)


def skeleton(text: str) -> list[str]:
    """Pairs of what stays the same when okurigana varies: 申し込み書, 申込み書 and 申込書 give the same."""
    return [pair for compound in _COMPOUND.findall(normalise(text)) for pair in _core_pairs(compound)]


@lru_cache(maxsize=50_000)
def _core_pairs(compound: str) -> tuple[str, ...]:
    core = fold("".join(re.findall(_CORE, compound)))
    return tuple(core[at : at + 2] for at in range(len(core) - 1))
