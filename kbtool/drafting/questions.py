"""Questions that a table asks without a sentence of its own: 「E03 が表示された」, 「フィルターのお手入れ」.

Separate because these few words are all that drafting ever adds to a source; they are in the language of the table.
"""

import re
import unicodedata

from kbtool.drafting.wording import plain

_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-鿿]")


def shown(code: str, table: str) -> str:
    """The question of an error code; ``table`` is the text around it. What is more than a code stays as printed."""
    if _JAPANESE.search(code):
        return code
    if _JAPANESE.search(table):
        return f"{plain(code).upper()} が表示された"
    return f"{' '.join(unicodedata.normalize('NFKC', code).split()).upper()} is displayed"


def care_of(part: str) -> str:
    """The question of a part that is cleaned or replaced."""
    if not _JAPANESE.search(part):
        return f"Care of {part}"
    return part if re.search(r"(?:手入れ|清掃|掃除|交換)$", part) else f"{part}のお手入れ"
