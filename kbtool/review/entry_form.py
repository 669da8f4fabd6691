"""An entry as a person edits it, and back: question, other wordings, category and sections as plain text.

Separate from what is done with it (``acts``), so that a refused save can show the person's own words again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kbtool.entry import INTERNAL_SECTIONS, PUBLIC_SECTIONS, Entry, Section
from kbtool.errors import UsageError
from kbtool.knowledge import entry_file, text_hash
from kbtool.settings import Settings

HEADINGS = (*PUBLIC_SECTIONS, *INTERNAL_SECTIONS)
#: What a browser may send and no text file should hold.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class EntryForm:
    """The texts of the form; ``seen`` is the version they started from, ``checked`` the marks a person ticked."""

    question: str
    variants: str
    category: str
    sections: Mapping[str, str]
    seen: str
    checked: frozenset[str] = frozenset()

    def onto(self, entry: Entry, settings: Settings) -> Entry:
        """The entry with these texts; ``UsageError`` where nothing would be left or a category is made up."""
        if not self.question:
            raise UsageError("review_no_question")
        if self.category != entry.category and settings.category(self.category) is None:
            raise UsageError("review_no_category", category=self.category)
        sections = tuple(Section(name, text) for name, text in self._ordered(entry) if text.strip())
        if not sections:
            raise UsageError("review_no_text")
        lines = (line.strip() for line in self.variants.split("\n"))
        return replace(
            entry,
            question=self.question,
            variants=tuple(dict.fromkeys(line for line in lines if line)),
            category=self.category,
            sections=sections,
        )

    def _ordered(self, entry: Entry) -> list[tuple[str, str]]:
        """The sections in the order of the entry, new ones behind them."""
        known = [part.heading for part in entry.sections]
        names = dict.fromkeys((*known, *HEADINGS))
        return [(name, self.sections[name]) for name in names if name in self.sections]


def of_entry(entry: Entry) -> EntryForm:
    """The form as an entry fills it."""
    sections = {part.heading: part.text for part in entry.sections}
    return EntryForm(entry.question, "\n".join(entry.variants), entry.category, sections, version(entry))


def of_request(values: Mapping[str, str], checked: frozenset[str] = frozenset()) -> EntryForm:
    """The form as a browser sent it; headings that do not exist are not read."""
    return EntryForm(
        question=" ".join(clean(values.get("question", "")).split("\n")).strip(),
        variants=clean(values.get("variants", "")),
        category=clean(values.get("category", "")),
        sections={name: clean(values[f"section.{name}"]) for name in HEADINGS if f"section.{name}" in values},
        seen=values.get("seen", ""),
        checked=checked,
    )


def version(entry: Entry) -> str:
    """A hash of all that an entry's file holds: two that differ must not overwrite each other."""
    return text_hash(entry_file.render(entry))


def clean(text: str) -> str:
    """A text from a form with newlines of one kind and without control characters."""
    return _CONTROL.sub("", entry_file.tidy(text))
