"""The published sites: what an audience may see, set into a shell that MkDocs built, audited before it is shown.

Front door: ``build`` makes a tree, ``audit`` proves that nothing hidden is in it. Loading the knowledge, writing the
log and the swap belong to the recipe.
"""

from kbtool.site.audit import Own, Proof, audit, prove
from kbtool.site.build import BuildReport, build
from kbtool.site.content import (
    Contact,
    LogLine,
    ShownDocument,
    ShownEntry,
    ShownPage,
    SiteContent,
    Term,
    Tombstone,
    address,
)
from kbtool.site.hidden import HiddenContent, HiddenText, hidden_texts
from kbtool.site.plain_project import plain_project

__all__ = [
    "BuildReport",
    "Contact",
    "HiddenContent",
    "HiddenText",
    "LogLine",
    "Own",
    "Proof",
    "ShownDocument",
    "ShownEntry",
    "ShownPage",
    "SiteContent",
    "Term",
    "Tombstone",
    "address",
    "audit",
    "build",
    "hidden_texts",
    "plain_project",
    "prove",
]
