"""Folding: one spelling for all the ways a Japanese word is typed, for matching only.

Display text is never folded (① → 1 would change what a manual says). The browser folds by the same rules in
``search/client/fold.js``; ``tests/text/folding_cases.tsv`` is run against both, so that they cannot part.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

#: Kanji that people and scanners mix up in names and words; each is folded to the common form.
VARIANT_KANJI = dict(
    zip("髙﨑嵜邊邉濵濱齋齊澤廣國櫻眞德惠瀨黑舘橫", "高崎崎辺辺浜浜斎斉沢広国桜真徳恵瀬黒館横", strict=True)
)

_KANJI = "㐀-鿿々"
_SMALL_KANA = dict(zip("ぁぃぅぇぉっゃゅょゎゕゖぢづゐゑ", "あいうえおつやゆよわかけじずいえ", strict=True))
_KATAKANA = {chr(code): chr(code - 0x60) for code in range(ord("ァ"), ord("ヶ") + 1)}
_WAVES = {"〜": "~", "∼": "~"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One step of folding: what ``pattern`` finds becomes ``by``, or what ``table`` says of it."""

    pattern: re.Pattern[str]
    by: str = ""
    table: dict[str, str] | None = None

    def replacement(self, found: re.Match[str]) -> str:
        """What was found becomes this."""
        return self.by if self.table is None else self.table[found.group()]

    def fold(self, text: str) -> str:
        """Apply the rule to a text."""
        return self.pattern.sub(self.by if self.table is None else self.replacement, text)


@dataclass(frozen=True, slots=True)
class Letters:
    """A step of folding in which one character becomes one other, so that every place stays where it is."""

    runs: re.Pattern[str]
    table: Mapping[int, str]

    @classmethod
    def of(cls, table: Mapping[str, str]) -> "Letters":
        """Replace each character of ``table``."""
        return cls(re.compile(f"[{re.escape(''.join(table))}]+"), str.maketrans(dict(table)))

    def fold(self, text: str) -> str:
        """Apply the step to a text; only to runs of its characters, since translating all others takes longer."""
        return self.runs.sub(lambda run: run[0].translate(self.table), text)


#: Applied in this order to the NFKC lower-case text. The order matters: ヶ is judged while it is still katakana.
RULES = (
    Letters.of({**dict.fromkeys("‐‑‒–—―−⁃", "-"), **_WAVES, **VARIANT_KANJI}),
    Rule(re.compile("(?<=[a-z0-9])ー(?=[a-z0-9])"), "-"),
    Rule(re.compile("(?<=[ァ-ヺ])[-ー]+|(?<=[ぁ-ゖ])ー+")),
    Rule(re.compile("(?<=[a-z])-(?=[a-z0-9])|(?<=[0-9])-(?=[a-z])")),
    Rule(re.compile("(?<=[0-9]),(?=[0-9]{3})")),
    Rule(re.compile("(?<=[0-9一二三四五六七八九十百千数何])[ヶケヵカか箇](?=[月所国年条])"), "か"),
    Rule(re.compile(f"(?<=[{_KANJI}])[ヶケ](?=[{_KANJI}])"), "が"),
    Letters.of(_KATAKANA),
    Rule(
        re.compile("ゔ[ぁぃぇぉ]?"),
        table={"ゔぁ": "ば", "ゔぃ": "び", "ゔ": "ぶ", "ゔぇ": "べ", "ゔぉ": "ぼ"},
    ),
    Letters.of(_SMALL_KANA),
    Rule(re.compile("(?<=[ぁ-ゖ])・(?=[ぁ-ゖ])")),
    Rule(re.compile(r"\s+"), " "),
)

_CLUSTER = re.compile("(?s:.)[\u0300-\u036f\u3099\u309aﾞﾟ]*")


@dataclass(frozen=True, slots=True)
class Aligned:
    """A changed copy of a text; character i of ``text`` came from ``[starts[i], ends[i])`` of the original."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Where a non-empty span of the copy lies in the original."""
        return self.starts[start], self.ends[end - 1]


def normalise(text: str) -> str:
    """Make width, compatibility forms and case alike (NFKC, lower case) and nothing more."""
    return unicodedata.normalize("NFKC", text).lower()


def fold(text: str) -> str:
    """Give the one spelling under which all spellings of ``text`` meet."""
    text = normalise(text)
    for rule in RULES:
        text = rule.fold(text)
    return text.strip()


def normalise_aligned(text: str) -> Aligned:
    """Like ``normalise``, remembering where each character came from."""
    normal = normalise(text)
    if unicodedata.is_normalized("NFKC", text) and len(normal) == len(text):
        return Aligned(normal, range(len(text)), range(1, len(text) + 1))
    single = list(map(_normal_character, text))
    if "".join(single) == normal:  # no mark joins the letter before it
        if len(normal) == len(text):
            return Aligned(normal, range(len(text)), range(1, len(text) + 1))
        places = [at for at, piece in enumerate(single) for _ in piece]
        return Aligned(normal, places, [at + 1 for at in places])
    characters, starts, ends = [], [], []
    for cluster in _CLUSTER.finditer(text):
        for character in normalise(cluster.group()):
            characters.append(character)
            starts.append(cluster.start())
            ends.append(cluster.end())
    return Aligned("".join(characters), tuple(starts), tuple(ends))


@lru_cache(maxsize=20_000)
def _normal_character(character: str) -> str:
    return normalise(character)


def fold_aligned(text: str) -> Aligned:
    """Like ``fold`` (without trimming the ends), remembering where each character came from."""
    aligned = normalise_aligned(text)
    for rule in RULES:
        if isinstance(rule, Letters):
            aligned = Aligned(rule.fold(aligned.text), aligned.starts, aligned.ends)
        elif rule.pattern.search(aligned.text):
            aligned = _apply(rule, aligned)
    return aligned


def _apply(rule: Rule, aligned: Aligned) -> Aligned:
    pieces, starts, ends, done = [], list[int](), list[int](), 0
    for found in rule.pattern.finditer(aligned.text):
        by = rule.replacement(found)
        pieces += [aligned.text[done : found.start()], by]
        starts += [*aligned.starts[done : found.start()], *[aligned.starts[found.start()]] * len(by)]
        ends += [*aligned.ends[done : found.start()], *[aligned.ends[found.end() - 1]] * len(by)]
        done = found.end()
    pieces.append(aligned.text[done:])
    return Aligned("".join(pieces), (*starts, *aligned.starts[done:]), (*ends, *aligned.ends[done:]))
