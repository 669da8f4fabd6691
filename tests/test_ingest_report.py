"""What an ingest prints of a manual that repeats another from cover to cover."""

import pytest

from kbtool.commands.ingest import show
from kbtool.commands.session import Session
from kbtool.errors import ExitCode
from kbtool.outcome import Problem, Severity
from kbtool.recipes.ingest_report import IngestReport

PARAMS: dict[str, object] = {"one": "KB-0001", "other": "KB-0002", "question": "領収書", "here": "", "there": ""}
REPEATED = tuple(Problem("ingest_pair_duplicate", severity=Severity.WARNING, params=PARAMS) for _ in range(300))


def _told(capsys: pytest.CaptureFixture[str], *, verbose: bool) -> list[str]:
    report = IngestReport((), pairs=REPEATED)
    assert report.exit_code is ExitCode.OK
    show(Session(verbose=verbose), report)
    printed = capsys.readouterr()
    return [line for line in (printed.err + printed.out).splitlines() if "KB-0002" in line or "280" in line]


def test_the_first_of_a_kind_are_shown_and_the_rest_counted(capsys: pytest.CaptureFixture[str]) -> None:
    told = _told(capsys, verbose=False)
    assert len(told) == 21
    assert "280" in told[-1]


def test_all_are_shown_to_who_asks(capsys: pytest.CaptureFixture[str]) -> None:
    assert len(_told(capsys, verbose=True)) == 300
