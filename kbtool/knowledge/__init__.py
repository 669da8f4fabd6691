"""``kb/`` on disk: entries, documents, merge, life cycle, update log, exchange, inquiries.

The front door is ``KnowledgeBase(project)`` for what lies where, and one function for each thing that happens to
knowledge. Everything that writes holds the project's lock and goes through ``durable``.
"""

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
from kbtool.knowledge.frozen import NEVER_PUBLIC, published
from kbtool.knowledge.inquiries import InquiryReport, PrivateValues, Reconciliation
from kbtool.knowledge.ledger import LedgerLine, LineKind
from kbtool.knowledge.life_cycle import approve, effective_status, publish, retire, verify
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
