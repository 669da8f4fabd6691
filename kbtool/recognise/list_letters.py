"""Letters of a list in brackets, （イ）（ロ）（ハ）, that were read as the kanji that look the same.

Separate because the page decides, not the line: （二） is the second of a list of kanji, or the fourth after （イ）.
"""

import re
from collections.abc import Sequence

_LETTERS = str.maketrans("口八二へ卜千り", "ロハニヘトチリ")
#: A list begins with イ, and ロ is never a mouth at the beginning of a line.
_BEGINS = re.compile(r"[（(]イ[)）]")
_MOUTH = re.compile(r"^(\s*[（(])口(?=[)）])")
_MARKED = re.compile(r"^(\s*[（(])([口八二へ卜千り])(?=[)）])")


def settle_lists(texts: Sequence[str]) -> list[str]:
    """The lines of a page with the letters of its lists as letters; as long as before."""
    pattern = _MARKED if any(_BEGINS.match(text.lstrip()) for text in texts) else _MOUTH
    return [pattern.sub(lambda found: found[0].translate(_LETTERS), text) for text in texts]
