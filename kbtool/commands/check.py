"""``kbtool check``: what is wrong, where, and which command mends it."""

from collections.abc import Sequence

import click

from kbtool import messages
from kbtool.commands.session import global_options, session
from kbtool.errors import ExitCode
from kbtool.knowledge import KnowledgeBase
from kbtool.knowledge.checks import Finding, check
from kbtool.outcome import Severity


@click.command("check")
@click.option("--only", metavar="ID,...", default="", help="この規則だけ調べる（例 Q001,S: S で始まるものすべて）")
@click.option("--strict", is_flag=True, help="注意だけのときも終了コード 1 にする")
@global_options
def command(only: str, *, strict: bool) -> int:
    """品質・出典・期限・リンク・責任者などを点検し、直し方を示す。"""
    run = session()
    found = check(KnowledgeBase(run.project), _ids(only))
    errors, warnings = found.count(Severity.ERROR), found.count(Severity.WARNING)
    for finding in found.findings:
        run.line(f"{finding.file}:{finding.line} {finding.id} {_sentence(finding)}")
        run.line(f"    → {_mend(finding)}")
    read = {"entries": found.entries, "documents": found.documents, "rules": found.rules}
    run.say("check_done", errors=errors, warnings=warnings, **read)
    run.result({"errors": errors, "warnings": warnings, **read, "findings": [_plain(each) for each in found.findings]})
    return ExitCode.FINDINGS if errors or (strict and warnings) else ExitCode.OK


def _ids(only: str) -> Sequence[str]:
    return [each.strip() for each in only.split(",") if each.strip()]


def _sentence(finding: Finding) -> str:
    return messages.say(finding.code, **finding.params)


def _mend(finding: Finding) -> str:
    return messages.say(finding.mend, **finding.params)


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "file": finding.file,
        "line": finding.line,
        "id": finding.id,
        "severity": finding.severity.value,
        "entry": finding.params["entry"],
        "message": _sentence(finding),
        "mend": _mend(finding),
    }
