"""Entries as Markdown files, one each, in the form of the files below ``kb/entries/``.

The front matter says beside ``schema`` which edition went out; a file that comes back is merged as JSON Lines are.
"""

from collections.abc import Iterable, Mapping

from kbtool.entry import Entry
from kbtool.knowledge import entry_file
from kbtool.knowledge.exchange.editions import edition
from kbtool.knowledge.exchange.lines import Incoming, take_entries
from kbtool.knowledge.exchange.report import ImportReport
from kbtool.knowledge.store import KnowledgeBase

_FENCE = "---\n"
_EDITION = "edition: "


def export_markdown(entries: Iterable[Entry]) -> dict[str, str]:
    """The name and the text of each entry's file."""
    return {f"{entry.id}.md": _stamped(entry) for entry in entries}


def import_markdown(kb: KnowledgeBase, texts: Mapping[str, str], *, by: str, dry_run: bool = False) -> ImportReport:
    """Take in entry files, name → text; ``UsageError`` names the file and line that is wrong."""
    with kb.writing("import"):
        found = [_incoming(name, text) for name, text in texts.items()]
        return take_entries(kb, found, by, dry_run=dry_run)


def _stamped(entry: Entry) -> str:
    return entry_file.render(entry).replace(_FENCE, f"{_FENCE}{_EDITION}{edition(entry)}\n", 1)


def _incoming(name: str, text: str) -> Incoming:
    fence, *lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    named = ""
    if lines and lines[0].startswith(_EDITION):
        named, lines[0] = lines[0].removeprefix(_EDITION).strip("'\" "), ""  # the line stays: errors count lines
    return Incoming(name, 1, entry_file.parse("\n".join((fence, *lines)), name), named)
