"""Entries out of the house and in again: CSV for a spreadsheet, Markdown files, JSON Lines.

What went out carries its edition, and the text of that edition is kept in ``kb/exchange/``; so what comes back is
compared with what was sent and merged into what stands here by now, like a new reading of a source. Nothing is
written when any line or row is wrong, and the same file twice changes nothing.
"""

from kbtool.knowledge.exchange.editions import Editions
from kbtool.knowledge.exchange.lines import export_jsonl, import_jsonl
from kbtool.knowledge.exchange.markdown import export_markdown, import_markdown
from kbtool.knowledge.exchange.report import Brought, ImportItem, ImportReport
from kbtool.knowledge.exchange.selection import Selection, select
from kbtool.knowledge.exchange.spreadsheet import ENCODINGS, Lost, Sheet, export_csv
from kbtool.knowledge.exchange.spreadsheet_in import import_csv

__all__ = [
    "ENCODINGS",
    "Brought",
    "Editions",
    "ImportItem",
    "ImportReport",
    "Lost",
    "Selection",
    "Sheet",
    "export_csv",
    "export_jsonl",
    "export_markdown",
    "import_csv",
    "import_jsonl",
    "import_markdown",
    "select",
]
