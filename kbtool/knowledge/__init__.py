"""``kb/`` on disk: entries, documents, merge, life cycle, update log, exchange, inquiries.

The front door is ``KnowledgeBase(project)`` for what lies where, and one function for each thing that happens to
knowledge. Everything that writes holds the project's lock and goes through ``durable``. A name's module is imported
when the name is first asked for: a search needs few of them, and must start quickly.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kbtool.knowledge.content import content_hash, seen_hash, text_hash
    from kbtool.knowledge.documents import Conflict, DocumentRecord, DocumentStore, PageOutcome, slug_for
    from kbtool.knowledge.exchange import (
        ENCODINGS,
        Brought,
        Editions,
        ImportItem,
        ImportReport,
        Lost,
        Selection,
        Sheet,
        export_csv,
        export_jsonl,
        export_markdown,
        import_csv,
        import_jsonl,
        import_markdown,
        select,
    )
    from kbtool.knowledge.findings import PersonalFinding, personal_findings, personal_findings_of
    from kbtool.knowledge.frozen import NEVER_PUBLIC, effective_status, published
    from kbtool.knowledge.inquiries import InquiryReport, PrivateValues, Reconciliation
    from kbtool.knowledge.ledger import LedgerLine, LineKind
    from kbtool.knowledge.life_cycle import approve, publish, retire, verify
    from kbtool.knowledge.merge import MergeItem, MergeReport, Result, accept, open_conflicts, resolve
    from kbtool.knowledge.store import KnowledgeBase, Reading
    from kbtool.knowledge.three_way import take_machine

__all__ = [
    "ENCODINGS",
    "NEVER_PUBLIC",
    "Brought",
    "Conflict",
    "DocumentRecord",
    "DocumentStore",
    "Editions",
    "ImportItem",
    "ImportReport",
    "InquiryReport",
    "KnowledgeBase",
    "LedgerLine",
    "LineKind",
    "Lost",
    "MergeItem",
    "MergeReport",
    "PageOutcome",
    "PersonalFinding",
    "PrivateValues",
    "Reading",
    "Reconciliation",
    "Result",
    "Selection",
    "Sheet",
    "accept",
    "approve",
    "content_hash",
    "effective_status",
    "export_csv",
    "export_jsonl",
    "export_markdown",
    "import_csv",
    "import_jsonl",
    "import_markdown",
    "open_conflicts",
    "personal_findings",
    "personal_findings_of",
    "publish",
    "published",
    "resolve",
    "retire",
    "seen_hash",
    "select",
    "slug_for",
    "take_machine",
    "text_hash",
    "verify",
]

_MODULES = {
    "content": "content_hash seen_hash text_hash",
    "documents": "Conflict DocumentRecord DocumentStore PageOutcome slug_for",
    "exchange": "ENCODINGS Brought Editions ImportItem ImportReport Lost Selection Sheet export_csv export_jsonl "
    "export_markdown import_csv import_jsonl import_markdown select",
    "findings": "PersonalFinding personal_findings personal_findings_of",
    "frozen": "NEVER_PUBLIC effective_status published",
    "inquiries": "InquiryReport PrivateValues Reconciliation",
    "ledger": "LedgerLine LineKind",
    "life_cycle": "approve publish retire verify",
    "merge": "MergeItem MergeReport Result accept open_conflicts resolve",
    "store": "KnowledgeBase Reading",
    "three_way": "take_machine",
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    return found
