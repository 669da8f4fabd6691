"""Personal data in Japanese text: where it stands, what kind it is and how sure that is.

Found on a copy of even width, reported in places of the original; a value is never logged and never leaves a
finding. A check digit alone proves nothing (one random number in ten passes), so numbers need a label or a prefix.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers

from kbtool.text import personal_names
from kbtool.text.folding import fold, normalise_aligned


class Kind(StrEnum):
    """What a finding is; the value is written into kb/ and never changes."""

    PHONE = "phone"
    EMAIL = "email"
    POSTAL_CODE = "postal_code"
    ADDRESS = "address"
    MY_NUMBER = "my_number"
    CARD = "card"
    RECEPTION_NUMBER = "reception_number"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Finding:
    """A piece of personal data at ``[start, end)`` of the text; ``confidence`` in percent."""

    kind: Kind
    start: int
    end: int
    confidence: float


#: From here on a finding is masked without asking; below it a person is shown the place.
SURE = 70.0

#: What stands in the text instead of the value; the same in every language, since it is written into kb/.
MASK_NAMES = {
    Kind.PHONE: "電話",
    Kind.EMAIL: "メール",
    Kind.POSTAL_CODE: "郵便番号",
    Kind.ADDRESS: "住所",
    Kind.MY_NUMBER: "個人番号",
    Kind.CARD: "カード番号",
    Kind.RECEPTION_NUMBER: "受付番号",
    Kind.NAME: "氏名",
}

_DASHES = "‐‑‒–—−ー-"
_DASH = f"[{_DASHES}]"
#: A number after one of these is no telephone number.
_OTHER_NUMBER = re.compile(
    r"(?:型番|品番|型式|s/n|製造番号|シリアル(?:番号|no\.?)?|受付番号|受付no\.?|注文番号|伝票番号|管理番号|会員番号|"
    r"お客様番号|商品番号|商品コード|jan(?:コード)?|isbn)\s*[:=()]?\s*$"
)
_EMAIL = re.compile(
    r"[a-z0-9](?:[a-z0-9._%+-]{0,62}[a-z0-9])?@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.[a-z]{2,}"
)
_POSTAL = re.compile(rf"〒\s*\d{{3}}{_DASH}?\d{{4}}(?!\d)|(?<=郵便番号)\s*[:]?\s*\d{{3}}{_DASH}?\d{{4}}(?!\d)")
_PHONE = re.compile(
    rf"(?<![\d.])(?<!\d{_DASH})0\d{{1,4}}(?:{_DASH}|\(|\))\d{{1,4}}(?:{_DASH}|\))\d{{3,4}}(?!\d|{_DASH}\d)"
)
_MOBILE = re.compile(rf"(?<![\d.])(?<!\d{_DASH})0[5789]0\d{{8}}(?!\d|{_DASH}\d)")
_RECEPTION = re.compile(rf"(?<![a-z0-9])t\d{{6}}{_DASH}\d{{3}}(?!\d)")
_MY_NUMBER = re.compile(rf"(?<![\d{_DASHES}])\d{{4}}[ {_DASHES}]?\d{{4}}[ {_DASHES}]?\d{{4}}(?![\d{_DASHES}])")
_MY_NUMBER_LABEL = re.compile("個人番号|マイナンバ")
_CARD = re.compile(rf"(?<![\d{_DASHES}])\d(?:[ {_DASHES}]?\d){{12,18}}(?![\d{_DASHES}])")
_CARD_PREFIX = re.compile(
    "4|5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|3[47]|35(?:2[89]|[3-8])|3(?:0[0-5]|6|8)|6(?:011|5)"
)
_BANCHI = rf"(?:\d+|[一二三四五六七八九十]+)(?:丁目|番地?|号|{_DASH}|の){{1,2}}"
_ADDRESS = re.compile(
    rf"(?:東京都|北海道|(?:京都|大阪)府|[一-龥]{{2,3}}県)?\s*(?:[一-龥ぁ-んァ-ヶ々]{{1,6}}?[市区町村郡]){{1,3}}"
    rf"[一-龥ぁ-んァ-ヶ々ー]{{0,10}}\s*{_BANCHI}(?:\s*{_BANCHI})*\s*\d*(?:番地?|号)?"
)
_PREFECTURE = re.compile("東京都|北海道|京都府|大阪府|[一-龥]{2,3}県")
#: 市町村 and 市区町村 are words, not towns.
_ANY_TOWN = re.compile("市区?町村")
_MASKED = re.compile("〔(" + "|".join(MASK_NAMES.values()) + r")(\d+)〕")


def find(text: str, allowed: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Find personal data, leftmost first and without overlaps; ``allowed`` are the company's own contacts."""
    aligned = normalise_aligned(text)
    own = {_key(value) for value in allowed}
    found = []
    for finder in _FINDERS:
        for kind, start, end, confidence in finder(aligned.text):
            begin, stop = aligned.original(start, end)
            if _key(text[begin:stop]) not in own:
                found.append(Finding(kind, begin, stop, confidence))
    return _apart(found, [match.span() for match in _MASKED.finditer(text)])


def mask(text: str, findings: Iterable[Finding]) -> str:
    """Put 〔電話1〕 in place of each finding: the same value the same number, masks that are there stay as they are."""
    highest = dict.fromkeys(MASK_NAMES.values(), 0)
    for name, number in _MASKED.findall(text):
        highest[name] = max(highest[name], int(number))
    given: dict[tuple[Kind, str], str] = {}
    pieces, done = [], 0
    for finding in sorted(findings, key=lambda one: one.start):
        value = (finding.kind, _key(text[finding.start : finding.end]))
        if value not in given:
            name = MASK_NAMES[finding.kind]
            highest[name] += 1
            given[value] = f"〔{name}{highest[name]}〕"
        pieces += [text[done : finding.start], given[value]]
        done = finding.end
    return "".join([*pieces, text[done:]])


_Found = Iterator[tuple[Kind, int, int, float]]


def _by_pattern(kind: Kind, pattern: re.Pattern[str], confidence: float) -> Callable[[str], _Found]:
    def finder(text: str) -> _Found:
        for match in pattern.finditer(text):
            start = match.start() + len(match.group()) - len(match.group().lstrip(" :"))
            yield kind, start, match.end(), confidence

    return finder


def _phones(text: str) -> _Found:
    """Numbers that are possible in Japan, unless a label says that they are something else."""
    spans = {(match.start, match.end): 95.0 for match in phonenumbers.PhoneNumberMatcher(text, "JP")}
    for match in (*_PHONE.finditer(text), *_MOBILE.finditer(text)):
        digits = len(re.sub(r"\D", "", match.group()))
        if digits in (10, 11):
            spans.setdefault(match.span(), 85.0)
    for (start, end), confidence in spans.items():
        if not _OTHER_NUMBER.search(text[max(0, start - 16) : start]):
            yield Kind.PHONE, start, end, confidence


def _my_numbers(text: str) -> _Found:
    for match in _MY_NUMBER.finditer(text):
        labelled = _MY_NUMBER_LABEL.search(text[max(0, match.start() - 40) : match.start()])
        if labelled and _is_my_number(re.sub(r"\D", "", match.group())):
            yield Kind.MY_NUMBER, match.start(), match.end(), 98.0


def _cards(text: str) -> _Found:
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match.group())
        if 14 <= len(digits) <= 16 and _CARD_PREFIX.match(digits) and _passes_luhn(digits):
            yield Kind.CARD, match.start(), match.end(), 95.0


def _addresses(text: str) -> _Found:
    for match in _ADDRESS.finditer(text):
        address = match.group().lstrip()
        if not _ANY_TOWN.search(address):
            yield Kind.ADDRESS, match.end() - len(address), match.end(), 90.0 if _PREFECTURE.match(address) else 75.0


def _names(text: str) -> _Found:
    for start, end, confidence in personal_names.find(text):
        yield Kind.NAME, start, end, confidence


#: Asked in this order; where two findings overlap, the earlier finder wins.
_FINDERS: tuple[Callable[[str], _Found], ...] = (
    _by_pattern(Kind.EMAIL, _EMAIL, 99.0),
    _by_pattern(Kind.POSTAL_CODE, _POSTAL, 97.0),
    _by_pattern(Kind.RECEPTION_NUMBER, _RECEPTION, 97.0),
    _my_numbers,
    _cards,
    _phones,
    _addresses,
    _names,
)


def _apart(found: list[Finding], taken: list[tuple[int, int]]) -> tuple[Finding, ...]:
    kept: list[Finding] = []
    for finding in found:
        spans = [*taken, *((other.start, other.end) for other in kept)]
        if all(finding.end <= start or end <= finding.start for start, end in spans):
            kept.append(finding)
    return tuple(sorted(kept, key=lambda finding: finding.start))


def _key(value: str) -> str:
    """What makes two spellings of a value one: letters and digits without dashes and spaces."""
    return re.sub(r"[\s()〒+-]", "", fold(value))


def _is_my_number(digits: str) -> bool:
    """Check digit of the Japanese individual number (総務省令第85号, 2014, Article 5)."""
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def _passes_luhn(digits: str) -> bool:
    """Check digit of ISO/IEC 7812-1, Annex B."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
