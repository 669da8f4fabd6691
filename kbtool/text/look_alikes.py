"""Characters whose neighbours do not tell them from their twin of another script: カ and 力, ロ and 口, ニ and 二.

Recognition settles what a word's other letters settle; what is left over only a person with the page can decide. Pure
functions over text, so that a draft can be asked long after its page was read.
"""

import re

_KATAKANA_TWINS = "ロカニエタトハオチ"
_KANJI_TWINS = "口力工夕卜才千"
_KANJI = "一-鿿々"
#: A run of katakana that is made of twins only, where it counts nothing (3カ月) and joins no kanji word.
_ALONE = re.compile(
    rf"(?<![ァ-ヺー0-9０-９{_KANJI}])[{_KATAKANA_TWINS}]{{1,2}}(?![ァ-ヺー])|(?<=[{_KANJI}])[{_KATAKANA_TWINS}](?=[ぁ-ゖ])"
)
#: A kanji twin at the edge of a katakana word, with no kanji at its other side to belong to.
_AT_EDGE = re.compile(
    rf"(?<=[ァ-ヺー])[{_KANJI_TWINS}](?![{_KANJI}ァ-ヺー])|(?<![{_KANJI}ァ-ヺー])[{_KANJI_TWINS}](?=[ァ-ヺー])"
)
_AROUND = 4


def undecided(text: str) -> tuple[str, ...]:
    """Each undecided character with the letters beside it, in order and once."""
    places = sorted(found.start() for pattern in (_ALONE, _AT_EDGE) for found in pattern.finditer(text))
    return tuple(dict.fromkeys(_beside(text, at) for at in places))


def _beside(text: str, at: int) -> str:
    before = re.split(r"[\s、。・「」（）()|]", text[max(0, at - _AROUND) : at])[-1]
    after = re.split(r"[\s、。・「」（）()|]", text[at : at + 1 + _AROUND])[0]
    return before + after
