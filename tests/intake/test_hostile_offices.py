"""Office and text files that mean harm, or that somebody locked: each ends by its own name, and quickly."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kbtool.errors import SourceError
from tests.intake.offices import read, repacked, said, word, workbook

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
ENTITIES = f'<!DOCTYPE r [<!ENTITY a0 "ha">{LAUGHS}<!ENTITY x SYSTEM "file:///etc/passwd">]>'.encode()


def letter() -> bytes:
    return word(lambda document: document.add_paragraph("safe"))


def sheet() -> bytes:
    return workbook(lambda book: book.active.append(["safe"]))


def archive(*parts: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts:
            file.writestr(name, data)
    return buffer.getvalue()


def with_entity(name: bytes) -> Callable[[bytes], bytes]:
    return lambda part: (
        ENTITIES
        + part[part.index(b"?>") + 2 if part.startswith(b"<?xml") else 0 :].replace(b"safe", b"&" + name + b";")
    )


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("locked.xlsx", OLD + "EncryptedPackage".encode("utf-16-le"), "intake_office_encrypted"),
        ("old.xls", OLD + "Workbook".encode("utf-16-le"), "intake_office_old"),
        ("old.doc", b"{\\rtf1 text}", "intake_office_old"),
        ("pile.zip", archive(("a.txt", b"x")), "intake_office_other"),
        ("slides.pptx", archive(("ppt/presentation.xml", b"<p/>")), "intake_office_other"),
        ("bomb.docx", archive(("word/document.xml", b" " * 90 * 2**20)), "intake_unpacks_too_large"),
        ("parts.xlsx", archive(*((f"x{n}", b"") for n in range(10_001))), "intake_unpacks_too_large"),
        ("cut.docx", letter()[:9000], "intake_damaged"),
        ("empty.docx", archive(("word/document.xml", b"")), "intake_damaged"),
        ("laughs.xlsx", repacked(sheet(), "xl/worksheets/sheet1.xml", with_entity(b"a9")), "intake_damaged"),
        ("laughs.docx", repacked(letter(), "word/document.xml", with_entity(b"a9")), "intake_damaged"),
        ("outside.xlsx", repacked(sheet(), "xl/worksheets/sheet1.xml", with_entity(b"x")), "intake_damaged"),
        ("outside.docx", repacked(letter(), "word/document.xml", with_entity(b"x")), "intake_no_pages"),
        ("deep.html", b"<div>" * 5_000, "intake_damaged"),
        ("spans.html", b"<table>" + b"<tr><td rowspan=9999 colspan=9999>x<td>y" * 50, "intake_table_too_large"),
        ("wide.csv", b"a," * 200_000, "intake_table_too_large"),
    ],
)
def test_what_harms_is_refused_by_name(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    with pytest.raises(SourceError) as caught:
        read(tmp_path, name, data)
    assert caught.value.code == code


def test_a_zip_that_lies_about_its_sizes_is_damaged(tmp_path: Path) -> None:
    data = bytearray(archive(("word/document.xml", b" " * 90 * 2**20)))
    entry = data.index(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    with pytest.raises(SourceError, match="intake_damaged"):
        read(tmp_path, "a.docx", bytes(data))


def test_a_sheet_beyond_its_bounds_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kbtool.intake.readers import workbook as reader
    from kbtool.intake.readers.opened import PageFailed
    from kbtool.intake.written import WrittenPage

    monkeypatch.setattr(reader, "MAX_TABLE_CELLS", 3)

    def write(book: object) -> None:
        for row in range(4):
            book.active.append([row])  # type: ignore[attr-defined]
        book.create_sheet("よい")["A1"] = "よい文です。"  # type: ignore[attr-defined]

    failed, good = reader.pages(workbook(write))
    assert isinstance(failed, PageFailed)
    assert isinstance(good, WrittenPage)


def test_links_to_elsewhere_are_words(tmp_path: Path) -> None:
    data = b'<p>text<img src="http://kakuudo.example/x.png" alt="icon"><iframe src="file:///etc/passwd">a</iframe></p>'
    assert said(read(tmp_path, "a.html", data).pages[0]) == [("paragraph", "texticon")]
