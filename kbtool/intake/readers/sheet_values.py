"""What a cell shows on screen: its value by the common number formats of Japanese sheets."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from kbtool.intake.readers.sheet_numbers import number_text

#: Eras by their first day, the latest first: name, character, letter.
_ERAS = (
    (date(2019, 5, 1), "令和", "R"),
    (date(1989, 1, 8), "平成", "H"),
    (date(1926, 12, 25), "昭和", "S"),
    (date(1912, 7, 30), "大正", "T"),
    (date(1868, 1, 25), "明治", "M"),
)
_WEEKDAYS = "月火水木金土日"
#: Words of a date format, and codes for colour and language; what is left asks for parts of the date.
_LITERAL = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')


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


def date_text(value: datetime | date | time, number_format: str) -> str:
    """A date or time as people write it: in eras, in 年月日 and with its weekday where the format has them."""
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02}"
    asked = _LITERAL.sub("", number_format.split(";")[0]).lower()
    text = _day(value, number_format.lower(), asked)
    if isinstance(value, datetime) and ("h" in asked or value.hour or value.minute):
        clock = f"{value.hour}:{value.minute:02}"
        return clock if "h" in asked and not re.search("[yegda]", asked.replace("am/pm", "")) else f"{text} {clock}"
    return text


def _day(value: date, shape: str, asked: str) -> str:
    weekday = _WEEKDAYS[value.weekday()]
    if re.fullmatch(r"\s*aaaa?\s*", asked):
        return f"{weekday}曜日" if "aaaa" in asked else weekday
    japanese = "月" in shape
    with_year = bool(re.search("[yeg]", asked)) or "m" not in asked
    with_day = "d" in asked or "日" in shape
    year = _era_year(value, asked) if "g" in asked else str(value.year)
    if japanese:
        text = f"{value.month}月{value.day}日" if with_day else f"{value.month}月"
        text = f"{year}年{text}" if with_year else text
    else:
        mark = "." if "g" in asked else "/"
        text = mark.join([*([year] if with_year else []), str(value.month), *([str(value.day)] if with_day else [])])
    return f"{text}({weekday})" if "aaa" in asked else text


def _era_year(value: date, asked: str) -> str:
    """令和8, 令8 or R8, as many letters g ask; years before the eras as they are."""
    day = date(value.year, value.month, value.day)
    found = next((era for era in _ERAS if day >= era[0]), None)
    if found is None:
        return str(value.year)
    first, name, letter = found
    return f"{name if 'ggg' in asked else name[0] if 'gg' in asked else letter}{value.year - first.year + 1}"
