"""090-0000-0001: a telephone number with its hyphens, digits only mended from look-alike letters."""

import re

from kbtool.forms.normalise.reading import Reading, folded

_MOBILE = re.compile(r"(0[5789]0)(\d{4})(\d{4})")
_FREE = re.compile(r"(0120)(\d{3})(\d{3})|(0800)(\d{3})(\d{4})")


def read_phone(text: str) -> Reading:
    """The number as printed with plain hyphens; without hyphens they are set where the kind of number is certain."""
    plain = re.sub(r"[ー()]", "-", folded(text)).strip("-")
    if not plain:
        return Reading(None)
    digits = re.sub(r"\D", "", plain)
    if len(digits) not in (10, 11) or not digits.startswith("0"):
        return Reading(plain, "not_a_phone")
    if "-" in plain:
        return Reading(re.sub(r"-+", "-", plain))
    found = _MOBILE.fullmatch(digits) or _FREE.fullmatch(digits)
    return Reading("-".join(filter(None, found.groups())) if found else digits)
