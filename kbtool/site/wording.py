"""The words of the sites themselves, in the language of the settings.

Separate from ``messages.say``, which speaks the language of the run: a site is written for its readers.
"""

from dataclasses import dataclass
from datetime import date

from kbtool import messages


@dataclass(frozen=True, slots=True)
class Wording:
    """Speaks one language; calling it gives the sentence for a code (without the room's prefix)."""

    language: str

    def __call__(self, code: str, /, **params: object) -> str:
        """The sentence for a code, filled in."""
        return messages.catalogue(self.language)[f"site_{code}"].format(**params)

    def knows(self, code: str) -> bool:
        """Whether there is a sentence for this code."""
        return f"site_{code}" in messages.catalogue(self.language)

    def day(self, when: date) -> str:
        """A date as people write it: 2026年7月15日."""
        padded = self.language != "ja"
        return self("date", year=when.year, month=_digits(when.month, padded), day=_digits(when.day, padded))

    def month(self, when: date) -> str:
        """Year and month of a date: 2026年7月."""
        return self("month", year=when.year, month=_digits(when.month, self.language != "ja"))

    def all(self) -> str:
        """Every sentence a site can show, for telling the site's own words from leaked ones."""
        catalogue = messages.catalogue(self.language)
        return "\n".join(text for code, text in catalogue.items() if code.startswith("site_"))


def _digits(number: int, padded: bool) -> str:
    return f"{number:02}" if padded else str(number)
