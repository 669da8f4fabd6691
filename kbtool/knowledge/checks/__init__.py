"""Looking for what is wrong in a knowledge base: quality of the words, sources, people, dates, links, files.

``check(kb)`` is the front door. It only reads; what is found names its file, its line and the command that mends it.
The rules are a list (``rules.RULES``) of pure functions over a state that is read once.
"""

from collections.abc import Collection
from dataclasses import dataclass

from kbtool.errors import UsageError
from kbtool.knowledge.checks.finding import Finding, Rule
from kbtool.knowledge.checks.loading import load
from kbtool.knowledge.checks.rules import RULES
from kbtool.knowledge.store import KnowledgeBase
from kbtool.outcome import Severity

__all__ = ["RULES", "Checked", "Finding", "Rule", "check"]


@dataclass(frozen=True, slots=True)
class Checked:
    """All findings, those that must be mended first, and how much was looked at."""

    findings: tuple[Finding, ...]
    entries: int
    documents: int
    rules: int

    def count(self, severity: Severity) -> int:
        """How many findings weigh so much."""
        return sum(finding.severity is severity for finding in self.findings)


def check(kb: KnowledgeBase, only: Collection[str] = ()) -> Checked:
    """Ask all rules, or those whose ids begin with one of ``only``; ``UsageError`` for one that fits no rule."""
    rules = [rule for rule in RULES if not only or rule.id.startswith(tuple(each.upper() for each in only))]
    for each in only:
        if not any(rule.id.startswith(each.upper()) for rule in RULES):
            raise UsageError("check_unknown", id=each, known=", ".join(rule.id for rule in RULES))
    state = load(kb)
    found = [finding for rule in rules for finding in rule.findings(state)]
    found.sort(key=lambda one: (one.severity is not Severity.ERROR, one.file, one.line, one.id))
    return Checked(tuple(found), len(state.files), len(state.documents), len(rules))
