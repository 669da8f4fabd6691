"""Personal data in Japanese text: where it stands, what kind it is and how sure that is.

Found on a copy of even width, reported in places of the original; a value is never logged and never leaves a
finding. A check digit alone proves nothing (one random number in ten passes), so numbers need a label or a prefix.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from kbtool.text.folding import Aligned, fold
from kbtool.text.personal_kinds import BLANK, MASK_NAMES, Found, Kind

__all__ = ["MASK_NAMES", "SURE", "Finding", "Kind", "Masks", "find", "mask", "value_key"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of personal data at ``[start, end)`` of the text; ``confidence`` in percent."""

    kind: Kind
    start: int
    end: int
    confidence: float


#: From here on a finding is masked without asking; below it a person is shown the place.
SURE = 70.0

_LEAST_ADDRESS = 6
_Span: TypeAlias = tuple[Kind, int, int, float]
#: Joiners, direction marks and the like: between two digits they show nothing.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]")
#: What may melt into the character before it, or shows nothing.
_JOINED = re.compile(f"[\u0300-\u036f\u3099\u309aﾞﾟ\u1100-\u11ff]|{_UNSEEN.pattern}")
_CLUSTER = re.compile("(?s:.)[\u0300-\u036f\u3099\u309aﾞﾟ]*")
_MASKED = re.compile("〔(" + "|".join(MASK_NAMES.values()) + r")(\d+)〕")


def find(text: str, allowed: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Find personal data, leftmost first and without overlaps; ``allowed`` are the company's own contacts.

    Where findings overlapped, what was kept is blanked and the rest looked at again, so that masking once is enough.
    """
    aligned = _even(_MASKED.sub(lambda match: BLANK * len(match.group()), text))
    own = _Own(allowed)
    found: list[Finding] = []
    copy, is_new = aligned.text, True
    while is_new:
        finders = (*(_finders().numbers if _DIGIT_OR_SIGN.search(copy) else ()), *_finders().words)
        seen = [_trimmed(copy, span) for finder in finders for span in finder(copy)]
        spans = _apart(seen)
        for kind, start, end, sure in spans:
            begin, stop = aligned.original(start, end)
            if not own.holds(kind, text[begin:stop]):
                found.append(Finding(kind, begin, stop, sure))
            copy = copy[:start] + BLANK * (end - start) + copy[end:]
        is_new = len(spans) < len(seen)
    return tuple(sorted(found, key=lambda finding: finding.start))


def mask(text: str, findings: Iterable[Finding]) -> str:
    """Put 〔電話1〕 in place of each finding: the same value the same number, masks that are there stay as they are."""
    return Masks((text,)).mask(text, findings)


class Masks:
    """Masks for several texts that belong together: the same value gets the same number in all of them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._highest = dict.fromkeys(MASK_NAMES.values(), 0)
        for name, number in (found for text in texts for found in _MASKED.findall(text)):
            self._highest[name] = max(self._highest[name], int(number))
        self._given: dict[tuple[Kind, str], str] = {}

    def mask(self, text: str, findings: Iterable[Finding]) -> str:
        """Put a mask in place of each finding."""
        pieces, done = [], 0
        for finding in sorted(findings, key=lambda one: one.start):
            pieces += [text[done : finding.start], self._of(finding.kind, text[finding.start : finding.end])]
            done = finding.end
        return "".join([*pieces, text[done:]])

    def _of(self, kind: Kind, value: str) -> str:
        known = (kind, value_key(value))
        if known not in self._given:
            name = MASK_NAMES[kind]
            self._highest[name] += 1
            self._given[known] = f"〔{name}{self._highest[name]}〕"
        return self._given[known]


@dataclass(frozen=True, slots=True)
class _Finders:
    """Asked in this order; where two findings overlap, the earlier finder wins."""

    numbers: tuple[Callable[[str], Found], ...]
    words: tuple[Callable[[str], Found], ...]


@cache
def _finders() -> _Finders:
    """Compile what finds: it takes a sixth of a second, which a command that masks nothing does not pay."""
    from kbtool.text import personal_addresses, personal_names, personal_numbers

    def names(text: str) -> Found:
        for start, end, confidence in personal_names.find(text):
            yield Kind.NAME, start, end, confidence

    return _Finders(tuple(personal_numbers.RULES), (personal_addresses.find, names))


#: What every number and every address of mail holds.
_DIGIT_OR_SIGN = re.compile("[0-9〇零@]|アット|\\bat\\b", re.IGNORECASE)


def _trimmed(text: str, span: _Span) -> _Span:
    kind, start, end, sure = span
    words = text[start:end]
    return kind, end - len(words.lstrip()), start + len(words.rstrip()), sure


def _apart(found: Iterable[_Span]) -> list[_Span]:
    kept: list[_Span] = []
    for span in found:
        _, start, end, _ = span
        if all(end <= other or stop <= start for _, other, stop, _ in kept):
            kept.append(span)
    return kept


def _even(text: str) -> Aligned:
    """The text in even width (NFKC, case kept, nothing invisible), remembering where each character came from."""
    if unicodedata.is_normalized("NFKC", text) and not _UNSEEN.search(text):
        return Aligned(text, range(len(text)), range(1, len(text) + 1))
    even = unicodedata.normalize("NFKC", text)
    if len(even) == len(text) and not _JOINED.search(text):
        return Aligned(even, range(len(text)), range(1, len(text) + 1))
    characters, starts, ends = [], [], []
    for cluster in _CLUSTER.finditer(text):
        for character in unicodedata.normalize("NFKC", _UNSEEN.sub("", cluster.group())):
            characters.append(character)
            starts.append(cluster.start())
            ends.append(cluster.end())
    return Aligned("".join(characters), tuple(starts), tuple(ends))


class _Own:
    """The company's own contacts, under every spelling of them."""

    def __init__(self, values: Iterable[str]) -> None:
        self._keys = {key for key in map(value_key, values) if key}

    def holds(self, kind: Kind, value: str) -> bool:
        """Whether a value is one of them; an address also with its building, or without its prefecture."""
        key = value_key(value)
        if key in self._keys:
            return True
        return kind is Kind.ADDRESS and any(
            re.match(rf"{re.escape(own)}(?!\d)", key) or own.endswith(key)
            for own in self._keys
            if len(own) >= _LEAST_ADDRESS
        )


def value_key(value: str) -> str:
    """What makes two spellings of a value one: letters and digits, a number with 0 in place of +81."""
    bare = re.sub(r"[\s()〒./・_-]", "", fold(value))
    number = re.fullmatch(r"(?:\+|010)?(81)?([0-9の]+)", bare)
    if number is None:
        return bare.replace("+", "")
    digits = number[2].replace("の", "")
    return f"0{digits.removeprefix('0')}" if number[1] else digits
