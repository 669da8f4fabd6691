"""What a cell shows on screen: its value by the common number formats of Japanese sheets."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

#: The part of a number format that stands for digits.
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]+)?")
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[[^\]]*\]')


def shown(cell: Any) -> str:
    """The words of a cell; "" for an empty one and for an error such as #REF!."""
    value = cell.value
    if value is None or cell.data_type == "e":
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_text(value, cell.number_format or "General")
    if isinstance(value, datetime | date | time):
        return date_text(value, cell.number_format or "")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    lines = (line.strip() for line in str(value).replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def number_text(value: float, number_format: str) -> str:
    """A number with the separators, places, sign of percent and unit that its format asks for."""
    section = number_format.split(";")[0]
    digits = _DIGITS.search(_LITERAL.sub(lambda found: "\x00" * len(found[0]), section))
    if digits is None or "E" in section or "/" in section:
        return _plain(value)
    pattern = digits[0]
    scaled = value * 100 if "%" in section else value
    places = len(pattern.partition(".")[2])
    zeros = pattern.partition(".")[0].replace(",", "").count("0")
    text = f"{abs(scaled):{',' if ',' in pattern else ''}.{places}f}"
    whole, dot, fraction = text.partition(".")
    whole = whole if "," in pattern else whole.zfill(zeros)
    before, after = _literal(section[: digits.start()]), _literal(section[digits.end() :])
    return f"{'-' if scaled < 0 else ''}{before}{whole}{dot}{fraction}{after}"


def date_text(value: datetime | date | time, number_format: str) -> str:
    """A date or time, in 年月日 where the format has them."""
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}"
    shape = number_format.lower()
    japanese, with_year = "月" in shape, "y" in shape or "e" in shape or "m" not in shape
    if japanese:
        text = f"{value.month}月{value.day}日" if "日" in shape or "d" in shape else f"{value.month}月"
        text = f"{value.year}年{text}" if with_year else text
    else:
        text = f"{value.year}/{value.month}/{value.day}" if with_year else f"{value.month}/{value.day}"
    timed = isinstance(value, datetime) and (value.hour or value.minute or "h" in shape)
    return f"{text} {value.hour}:{value.minute:02}" if timed and isinstance(value, datetime) else text


def _plain(value: float) -> str:
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else format(value, ".15g")


def _literal(part: str) -> str:
    """The words a format puts beside its digits; codes for colour and blank space say nothing."""
    kept = _LITERAL.sub(lambda found: (found[1] or found[2] or "").replace("\x00", ""), part)
    return re.sub(r"(?i)general|[@#?]", "", kept)
