"""Every entry of source_manuals/ is a source or has an outcome that says why not."""

import os
import unicodedata
from pathlib import Path

import pytest

from kbtool import messages
from kbtool.intake import FileKind, discover
from kbtool.outcome import SourceStatus
from tests.intake.papers import pdf, picture

PDF = pdf([(50, 50, "一枚め")])


def verdict(folder: Path) -> dict[str, tuple[str, str]]:
    found = discover(folder)
    return {outcome.source: (outcome.status.value, outcome.problems[0].code) for outcome in found.outcomes}


def test_kind_is_told_by_content_and_not_by_name(tmp_path: Path) -> None:
    (tmp_path / "scan.pdf").write_bytes(picture())
    (tmp_path / "manual.dat").write_bytes(PDF)
    found = discover(tmp_path)
    assert {source.name: source.kind for source in found.sources} == {
        "scan.pdf": FileKind.IMAGE,
        "manual.dat": FileKind.PDF,
    }


@pytest.mark.parametrize(
    ("name", "data", "status", "code"),
    [
        ("empty.pdf", b"", "failed", "intake_empty"),
        ("memo.pdf", "これは文章です".encode(), "failed", "intake_not_what_it_says"),
        ("noise.png", b"\x00\x01\x02", "failed", "intake_not_what_it_says"),
        ("LICENCES.md", b"# text", "ignored", "intake_note"),
        ("README.ja.txt", b"text", "ignored", "intake_note"),
        ("settings.yml", b"company: x", "ignored", "intake_unsupported"),
        ("script", b"#!/bin/sh", "ignored", "intake_unsupported"),
        (".hidden.pdf", PDF, "ignored", "intake_temporary"),
        ("~$book.pdf", PDF, "ignored", "intake_temporary"),
        ("scan.pdf.part", PDF, "ignored", "intake_temporary"),
    ],
)
def test_what_is_not_read_says_why(tmp_path: Path, name: str, data: bytes, status: str, code: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert verdict(tmp_path) == {name: (status, code)}


def test_links_and_pipes_are_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(PDF)
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "link.pdf").symlink_to(outside)
    (folder / "folder").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.pdf")
    assert verdict(folder) == {
        "link.pdf": ("ignored", "intake_link"),
        "folder": ("ignored", "intake_link"),
        "pipe.pdf": ("ignored", "intake_special"),
    }


def test_a_sparse_giant_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "huge.pdf").open("wb") as file:
        file.truncate(10 * 2**30)
    assert verdict(tmp_path) == {"huge.pdf": ("failed", "intake_too_large")}


def test_the_same_bytes_twice_name_their_twin(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PDF)
    (tmp_path / "b.pdf").write_bytes(PDF)
    found = discover(tmp_path)
    (outcome,) = found.outcomes
    assert outcome.status is SourceStatus.DUPLICATE
    assert outcome.problems[0].params["twin"] == "a.pdf"


def test_names_are_nfc_and_show_no_control_characters(tmp_path: Path) -> None:
    name = unicodedata.normalize("NFD", "ガイド") + "\u202e\n.pdf"
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / name).write_bytes(PDF)
    (tmp_path / os.fsdecode(b"\x83K.pdf")).write_bytes(picture())
    assert [source.name for source in discover(tmp_path).sources] == ["\\udc83K.pdf", "sub/ガイド\\u202e\\u000a.pdf"]


def test_two_names_that_look_the_same_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / unicodedata.normalize("NFD", "ガ.pdf")).write_bytes(PDF)
    (tmp_path / unicodedata.normalize("NFC", "ガ.pdf")).write_bytes(picture())
    assert verdict(tmp_path) == {"ガ.pdf": ("failed", "intake_name_clash")}


def test_every_sentence_of_an_outcome_can_be_said(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"")
    (tmp_path / "b.pdf").write_bytes(b"text")
    for outcome in discover(tmp_path).outcomes:
        for language in messages.LANGUAGES:
            problem = outcome.problems[0]
            assert outcome.source in messages.catalogue(language)[problem.code].format(**problem.params)
