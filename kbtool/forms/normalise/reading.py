"""A normalised value and why a person should look at it ("" where there is no reason)."""

import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """``value`` is None where the text cannot be understood."""

    value: str | None
    reason: str = ""


def folded(text: str) -> str:
    """Text without width, white space and kinds of hyphens."""
    narrow = "".join(unicodedata.normalize("NFKC", text).split())
    return narrow.translate({ord(dash): "-" for dash in "‐‑‒–—―−"})
