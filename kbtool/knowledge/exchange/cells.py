"""What a spreadsheet does to cells: formulas it would run, values it would turn into numbers and dates.

Both are kept off by an apostrophe in front, which people know from their spreadsheet as "this is text"; it is taken
away on the way in. What was damaged all the same is recognised by what went out.

The signs that begin a formula: OWASP, "CSV Injection", and CVE-2021-41270 (Symfony's CSV encoder).
"""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

#: Excel cuts a cell off here without a word.
MOST_CHARACTERS = 32_767
_TEXT = "'"
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
#: Values that come back otherwise: 0120 → 120, 4-2 → 4月2日, 1E03 → 1000, (1) → -1, true → TRUE.
_CHANGED = re.compile(
    r"0[\d,]+|[\d,]{16,}|[\d,]*\.\d*|[\d,.]+e[-+]?\d+|\([\d,.]+\)|[\d,]+,[\d,]*|[¥\\$][\d,.]+|[\d,.]+%"
    r"|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?|\d{1,2}:\d{1,2}(?::\d{1,2})?(?: ?[ap]m?)?"
    rf"|{_MONTH}[-./ ]?\d{{1,4}}|\d{{1,2}}[-./ ]?{_MONTH}(?:[-./ ]?\d{{1,4}})?|true|false",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")
_QUOTED = re.compile(r'="((?:[^"=]|"")*)"')
_LINE_END = re.compile(r"\r\n?")
#: A free call of Japan that lost its zero: 0120-000-000 typed without hyphens.
_LOST_ZERO = re.compile(r"(?:120|800|[3-9]0\d)\d{6,7}|[1-9]\d{8}")


def guarded(text: str) -> str:
    """The text as a cell that a spreadsheet shows as it is."""
    return _TEXT + text if _needs_guard(text) else text


def unguarded(cell: str) -> str:
    """The text of a cell; an apostrophe that guards nothing belongs to the text.

    Other programs guard their zeros as a formula, ="0120".
    """
    quoted = _QUOTED.fullmatch(cell)
    if quoted:
        return quoted[1].replace('""', '"')
    return cell[1:] if cell.startswith(_TEXT) and _needs_guard(cell[1:]) else cell


def plain(cell: str) -> str:
    """A text with line ends of one kind and no blanks at its ends: what every spreadsheet keeps."""
    return _LINE_END.sub("\n", cell).strip()


def is_damaged(cell: str, sent: str) -> bool:
    """Whether a cell is what a spreadsheet makes of the text that was sent: without its zeros, or as a date."""
    if not _CHANGED.fullmatch(_even(sent)):
        return False
    number = _number(sent)
    if number is not None and number == _number(cell):
        return True
    return _day(sent) is not None and _day(sent) == _day(cell)


def looks_damaged(cell: str) -> bool:
    """Whether a text that nobody knows looks like a telephone number without its zero, or like a number in powers."""
    return bool(_LOST_ZERO.fullmatch(_even(cell)) or re.fullmatch(r"\d(?:\.\d+)?e\+\d{2,}", _even(cell)))


def _needs_guard(text: str) -> bool:
    if text.startswith(_TEXT) or text[:1] in _FORMULA or text.lstrip()[:1] in _FORMULA:
        return True
    return _CHANGED.fullmatch(_even(text)) is not None


def _even(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().lower()


def _day(text: str) -> tuple[int, int] | None:
    """Month and day of what is written like a date; a spreadsheet adds the year by itself."""
    match = _DAY.fullmatch(_even(text))
    return (int(match[2]), int(match[3])) if match else None


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(_even(text).replace(",", ""))
    except InvalidOperation:
        return None
