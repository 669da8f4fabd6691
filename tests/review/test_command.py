"""``kbtool review`` at the command line, and the pictures it hands to the room."""

import hashlib
import json
import shutil
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kbtool.document import SourceFile
from kbtool.knowledge import KnowledgeBase
from kbtool.project import Project
from kbtool.recipes.review_pictures import review_pictures
from tests.conftest import PRODUCT_MANUAL, Answer
from tests.review.conftest import document

MANUAL = Path(__file__).parents[2] / "source_manuals" / PRODUCT_MANUAL
Run = Callable[..., Answer]


def test_a_dry_run_names_what_waits(kbtool: Run, project: Project) -> None:
    done = kbtool("-C", project.root, "review", "--by", "b.reiji", "--dry-run", "--json")
    assert done.code == 0
    assert [item["id"] for item in json.loads(done.out)["waiting"]][:2] == ["KB-0003", "T260408-001"]


def test_nobody_reviews_without_a_name(kbtool: Run, project: Project) -> None:
    done = kbtool("-C", project.root, "review", "--by", "nobody", "--dry-run")
    assert done.code == 2
    assert "nobody" in done.err


def test_a_port_that_is_taken_is_said(kbtool: Run, project: Project) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = kbtool("-C", project.root, "review", "--by", "b.reiji", "--port", taken.getsockname()[1])
    assert done.code == 2
    assert "--port 0" in done.err


@pytest.mark.parametrize(("private", "kept"), [(False, 1), (True, 0)])
def test_pictures_of_slips_are_never_kept_on_the_disk(kb: KnowledgeBase, private: bool, kept: int) -> None:
    shutil.copy(MANUAL, kb.project.sources / MANUAL.name)
    made = document("doc-9", MANUAL.name, hashlib.sha256(MANUAL.read_bytes()).hexdigest())
    kb.documents.save(made, private)
    draw = review_pictures(kb)
    picture = draw(made, made.pages[0])
    assert picture is not None
    assert picture[8:12] == b"WEBP"
    assert draw(made, made.pages[0]) == picture
    assert len(list(kb.project.cache.rglob("*.webp"))) == kept


def test_a_source_that_is_gone_has_no_picture(kb: KnowledgeBase) -> None:
    made = document("doc-9", "gone.pdf", "ef" * 32)
    for private in (False, True):
        kb.documents.save(made, private)
        lost = replace(made, sources=(SourceFile("gone.pdf", "ef" * 32),))
        assert review_pictures(kb)(lost, made.pages[0]) is None


def test_another_file_under_the_name_of_a_source_is_not_shown(kb: KnowledgeBase) -> None:
    """It may be anything, a filled slip for instance."""
    shutil.copy(MANUAL, kb.project.sources / MANUAL.name)
    made = document("doc-9", MANUAL.name, "ef" * 32)
    kb.documents.save(made)
    assert review_pictures(kb)(made, made.pages[0]) is None
