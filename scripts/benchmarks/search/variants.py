"""Questions that spell a known heading otherwise, made by rule; its entry should be among the first ten.

Things and actions (``words.tsv``) give generic entries, no desk's own. The same words give a large site, for what a
question costs at 10,000 entries.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from kbtool.search import Searchable

#: So many questions of each kind.
EACH = 30
MODELS = 28
_HALF_WIDTH = dict(
    zip(
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッー",
        "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ",
        strict=True,
    )
)
_VOICED = dict(zip("ガギグゲゴザジズゼゾダヂヅデドバビブベボ", "カキクケコサシスセソタチツテトハヒフヘホ", strict=True))
_CIRCLED = dict(zip("パピプペポ", "ハヒフヘホ", strict=True))
_TYPO = "アンシメ"


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its reading and the spelling that rules of okurigana or long vowels also allow, else empty."""

    spelling: str
    reading: str
    other: str


def words(kind: str) -> list[Word]:
    """The things or the actions of the table."""
    lines = Path(__file__).with_name("words.tsv").read_text(encoding="utf-8").splitlines()
    return [Word(*line.split("\t")[1:]) for line in lines if line.startswith(f"{kind}\t")]


def entries() -> list[Searchable]:
    """An entry for each thing and action."""
    return [_entry(thing, action, "") for thing, action in product(words("thing"), words("action"))]


def large_site() -> list[Searchable]:
    """About 10,000 entries: the same for each of several models."""
    models = [f"KX-{100 + number * 7}" for number in range(MODELS)]
    return [_entry(*each) for each in product(words("thing"), words("action"), models)]


def sentences() -> dict[str, str]:
    """Whole questions to the large site."""
    asked = {}
    for number, (thing, action) in enumerate(zip(words("thing"), words("action") * 3, strict=False)):
        model = f"KX-{100 + number % MODELS * 7}"
        asked[f"{number}"] = f"{model}を使っています。{thing.spelling}を{action.spelling}するにはどうすればよいですか"
    return asked


def questions() -> dict[str, dict[str, tuple[str, str]]]:
    """By kind and number: the id of the entry wanted, and the question."""
    chosen = random.Random(1)
    pairs = list(product(words("thing"), words("action")))
    chosen.shuffle(pairs)
    long_vowel = [pair for pair in pairs if pair[0].other and pair[0].spelling.endswith("ー")]
    okurigana = [pair for pair in pairs if pair[0].other and not pair[0].spelling.endswith("ー")]
    katakana = [pair for pair in pairs if _half_width(pair[0].spelling) != pair[0].spelling]
    return {
        "compound": _asked(pairs, lambda thing, action: thing.spelling + action.spelling),
        "katakana": _asked(long_vowel, lambda thing, action: f"{thing.other}の{action.spelling}"),
        "okurigana": _asked(okurigana, lambda thing, action: f"{thing.other}の{action.spelling}"),
        "width": _asked(katakana, lambda thing, action: f"{_half_width(thing.spelling)} {action.spelling}"),
        "reading": _asked(pairs, lambda thing, action: f"{thing.reading}の{action.reading}"),
        "typo": _asked(pairs, lambda thing, action: f"{_mistyped(thing.spelling, chosen)}を{action.spelling}したい"),
    }


def _asked(pairs: list[tuple[Word, Word]], spell: Callable[[Word, Word], str]) -> dict[str, tuple[str, str]]:
    return {str(n): (_id(*pair, ""), spell(*pair)) for n, pair in enumerate(pairs[:EACH])}


def _entry(thing: Word, action: Word, model: str) -> Searchable:
    title = (
        f"{model}の{thing.spelling}を{action.spelling}したい" if model else f"{thing.spelling}を{action.spelling}したい"
    )
    text = f"{action.spelling}の受付は平日の9時から17時までです。{thing.spelling}の型番をお手元にご用意ください。"
    return Searchable(_id(thing, action, model), title, text)


def _id(thing: Word, action: Word, model: str) -> str:
    return f"{model}{thing.spelling}-{action.spelling}"


def _half_width(text: str) -> str:
    return "".join(_halved(text))


def _halved(text: str) -> Iterator[str]:
    for letter in text:
        plain = _VOICED.get(letter) or _CIRCLED.get(letter, letter)
        mark = "ﾞ" if letter in _VOICED else "ﾟ" if letter in _CIRCLED else ""
        yield _HALF_WIDTH.get(plain, letter) + mark


def _mistyped(text: str, chosen: random.Random) -> str:
    """One letter replaced, left out or changed with its neighbour."""
    at = chosen.randrange(1, len(text) - 1) if len(text) > 2 else 1
    how = chosen.randrange(3)
    if how == 0:
        return text[:at] + chosen.choice(_TYPO) + text[at + 1 :]
    if how == 1:
        return text[:at] + text[at + 1 :]
    return text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
