"""The manuals of the demo, really read, against the expected truth: entries, duplicates, the conflict, the stamp."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from kbtool import drafting, intake
from kbtool.drafting import Drafting
from kbtool.project import Project
from kbtool.recognise import RecogniseOptions
from tests.compare import Report, score_entries
from tests.compare_rule import fold

ROOT = Path(__file__).parents[2]


def truth(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "tests" / "truth" / f"{name}.yml").read_text(encoding="utf-8"))
    return found


def drafted(name: str, cache: Path) -> Drafting:
    project = Project(ROOT)
    source = next(source for source in intake.discover(project.sources).sources if source.name == name)
    ocr = project.settings.ocr
    options = RecogniseOptions(engine=ocr.engine, languages=ocr.languages, doubtful_below=ocr.doubtful_below, forms=())
    with intake.PageReader(options, 1, cache) as reader:
        return drafting.draft(reader.read(source, slug="sample"), project.settings)


def score(wanted: dict[str, Any], result: Drafting) -> Report:
    entries = [
        {
            "question": entry.question,
            "type": str(entry.type),
            "body": "\n\n".join(f"## {section.heading}\n\n{section.text}" for section in entry.sections),
            "pages": [source.page for source in entry.source],
        }
        for entry in result.entries
    ]
    return score_entries(wanted, entries)


def test_the_product_manual_comes_out_exactly(tmp_path: Path) -> None:
    wanted = truth("product_manual")
    result = drafted(wanted["document"], tmp_path)
    assert score(wanted, result).perfect
    silent = [page.page for page in result.pages if not page.entries]
    assert silent == wanted["pages_without_entries"]
    assert {note.page for note in result.safety_notes} >= set(wanted["safety_notes"]["pages"])
    (product,) = wanted["expect_of_every_entry"]["products"]
    assert {(one.name, one.models) for entry in result.entries for one in entry.products} == {
        (product["name"], tuple(product["models"]))
    }


@pytest.mark.slow
def test_the_scanned_manual(tmp_path: Path) -> None:
    wanted = truth("operations_manual")
    result = drafted(wanted["document"], tmp_path)
    report = score(wanted, result)
    assert report.extra == ()
    assert report.share("question") == report.share("type") == report.share("page") == report.share("forbidden") == 1.0
    assert report.share("answer") >= 0.9
    questions = {entry["id"]: fold(entry["question"]) for entry in wanted["entries"]}
    of = {entry.origin_key: fold(entry.question) for entry in result.entries}
    assert {(one.page, fold(one.question), of[one.of_origin_key]) for one in result.duplicates} == {
        (one["page"], fold(one["question"]), questions[one["of"]]) for one in wanted["duplicates"]
    }
    ((conflict,), (expected,)) = result.conflicts, wanted["conflicts"]
    assert (conflict.page, conflict.here, conflict.there) == (
        expected["page"],
        (expected["differs"]["here"],),
        (expected["differs"]["there"],),
    )
    assert of[conflict.of_origin_key] == questions[expected["with"]]
    assert [(one.page, of.get(one.of_origin_key)) for one in result.stamps] == [
        (one["page"], questions[one["concerns"]]) for one in wanted["stamps"]
    ]
    assert [page.page for page in result.pages[:2] if not page.entries] == wanted["skipped_pages"]
    hints = {fold(entry["question"]): entry["public_candidate"] for entry in wanted["entries"]}
    assert {fold(entry.question): entry.public_candidate for entry in result.entries} == hints
