"""Characters that no shape tells apart: カ and 力, ロ and 口, ー and 一, へ and ヘ.

Their neighbours decide: inside a word of katakana the katakana is meant, beside kanji the kanji. Every rule replaces
one character by one, so that positions stay true.
"""

import re

_TO_KATAKANA = str.maketrans("口力二工夕卜八才千一へべぺ", "ロカニエタトハオチーヘベペ")
_TO_KANJI = str.maketrans("ロカニエタトハオチー", "口力二工夕卜八才千一")
_TO_HIRAGANA = str.maketrans("ヘベペ", "へべぺ")
#: Old forms that manuals no longer print and a recogniser takes for today's; names written with others stay.
_TODAYS = str.maketrans("樣靑·", "様青・")
_DASHES = r"\-−—―‐–"  # stands in character classes
_TWINS = "口力二工夕卜八才千一へべぺロカニエタトハオチヘベペ"
#: Katakana that look like nothing else.
_PLAIN_KATAKANA = (
    "ァアィイゥウェォガキギクグケゲコゴサザシジスズセゼソゾダヂッツヅテデドナヌネノバパヒビピフブプボポ"
    "マミムメモャヤュユョヨラリルレヮワヲンヴヶ"
)
#: What follows a kanji numeral, kanji aside.
_COUNTED = "つカケヶか0123456789"
_KANJI = "一-鿿々"

_WORD = re.compile(f"[{_PLAIN_KATAKANA}{_TWINS}ホー{_DASHES}]+")
_ASCII_DASH = re.compile(r"(?<=[0-9A-Za-z])[ー一](?=[0-9A-Za-z])")
_DASH_IN_WORD = re.compile(rf"(?<=[ァ-ヴー])[{_DASHES}一](?![\dA-Za-z])(?=$|[^{_KANJI}])")
_BETWEEN_HIRAGANA = re.compile(rf"(?<=[ぁ-ゖ])[ヘベペ](?=[ぁ-ゖ])|(?<=[ぁ-ゖ])[ヘベペ]$|(?<=[{_KANJI}])ヘ(?![ァ-ヺー])")
_BETWEEN_KANJI = re.compile(rf"(?<=[{_KANJI}])[ロカニエタトハオチー](?=[{_KANJI}])")


def settle(text: str) -> str:
    """The text with each look-alike as its neighbours want it; as long as before."""
    text = _WORD.sub(_katakana_word, text)
    text = _DASH_IN_WORD.sub("ー", text)
    text = _BETWEEN_KANJI.sub(lambda found: found[0].translate(_TO_KANJI), text)
    text = _BETWEEN_HIRAGANA.sub(lambda found: found[0].translate(_TO_HIRAGANA), text)
    return _ASCII_DASH.sub("-", text.translate(_TODAYS))


def _katakana_word(found: re.Match[str]) -> str:
    """Kanji and hiragana twins between two plain katakana of one word become katakana."""
    word = found[0]
    plain = [i for i, c in enumerate(word) if c in _PLAIN_KATAKANA]
    if not plain:
        return word
    first, last = plain[0], plain[-1]
    # At the edge of the word a twin belongs to it only where nothing but the word is there to belong to.
    start = first if _leans_left(found, first) else 0
    end = last if _leans_right(found, last) else len(word) - 1
    inner = word[start : end + 1]
    return word[:start] + inner.translate(_TO_KATAKANA) + word[end + 1 :]


def _leans_left(found: re.Match[str], first: int) -> bool:
    """Whether the twins before the first plain katakana belong to what stands before the word (入力スイッチ)."""
    before = found.string[: found.start()][-1:]
    lead = found[0][:first]
    return bool(re.search(f"[{_KANJI}ぁ-ゖ]", before)) or any(c in "一二八千へべぺ" for c in lead)


def _leans_right(found: re.Match[str], last: int) -> bool:
    """Whether the twins after the last plain katakana belong to what follows (スイッチ入力, マイページへ)."""
    after = found.string[found.end() :][:1]
    tail = found[0][last + 1 :]
    counts = any(c in "一二八千" for c in tail) and after in _COUNTED
    return bool(re.search(f"[{_KANJI}]", after)) or any(c in "へべぺ" for c in tail) or (counts and after != "")
