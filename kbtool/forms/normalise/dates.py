"""令和8年4月2日 / R8.4.3 / 2026/4/6 / 4月7日 → 2026-04-02."""

import re
from datetime import date

from kbtool.forms.normalise.reading import Reading, folded

#: First year of each era minus one, so that year 1 (元年) fits.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "R": 2018, "H": 1988, "S": 1925}
_SEPARATOR = r"[年./,、・-]"
_ERA = re.compile(
    rf"^(令和|平成|昭和|[RHS])\.?(元|\d{{1,2}}){_SEPARATOR}(\d{{1,2}})[月./,、・-](\d{{1,2}})日?", re.IGNORECASE
)
_WESTERN = re.compile(rf"^(\d{{4}}){_SEPARATOR}(\d{{1,2}})[月./,、・-](\d{{1,2}})日?")
_SHORT = re.compile(r"^(\d{1,2})[月/.-](\d{1,2})日?")


def read_date(text: str, context: date | None) -> Reading:
    """The date a slip names, as ISO; a date without a year takes it from ``context`` (the day of its number)."""
    plain = folded(text)
    if not plain:
        return Reading(None)
    if found := _ERA.match(plain):
        year = ERAS[found[1].upper()] + (1 if found[2] == "元" else int(found[2]))
        return _checked(year, found[3], found[4], context)
    if found := _WESTERN.match(plain):
        return _checked(int(found[1]), found[2], found[3], context)
    if found := _SHORT.match(plain):
        if context is None:
            return Reading(None, "year_unknown")
        return _checked(context.year, found[1], found[2], context)
    return Reading(None, "not_a_date")


def _checked(year: int, month: str, day: str, context: date | None) -> Reading:
    try:
        value = date(year, int(month), int(day))
    except ValueError:
        return Reading(None, "not_a_date")
    reason = "date_and_number_differ" if context and context != value else ""
    return Reading(value.isoformat(), reason)
