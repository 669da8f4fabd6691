"""Bad input gets a clear sentence of its own, and the rest of the batch goes on."""

from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.conftest import PRODUCT_MANUAL, Answer

SCAN = Path(__file__).parents[1] / "source_manuals" / "業務マニュアル第4版.pdf"


def empty(path: Path) -> None:
    path.write_bytes(b"")


def text_named_pdf(path: Path) -> None:
    path.write_text("これはPDFではありません。", encoding="utf-8")


def encrypted(path: Path) -> None:
    page = Canvas(str(path), encrypt=StandardEncryption("secret", canPrint=0))
    page.drawString(100, 100, "secret")
    page.save()


def truncated_scan(path: Path) -> None:
    path.write_bytes(SCAN.read_bytes()[:400_000])


CASES = {
    "empty": (empty, "ファイルが空です"),
    "text": (text_named_pdf, "中身が違います"),
    "encrypted": (encrypted, "パスワードがかかっていて開けません"),
    "truncated": (truncated_scan, "壊れている"),
}


@pytest.fixture
def batch(demo: Path) -> Path:
    for name, (make, _) in CASES.items():
        make(demo / "source_manuals" / f"{name}.pdf")
    return demo


def test_each_bad_file_is_named_with_its_reason_and_the_rest_is_read(
    batch: Path, kbtool: Callable[..., Answer]
) -> None:
    answer = kbtool("ingest")
    assert answer.code == 3
    for name, (_, reason) in CASES.items():
        sentence = next(line for line in answer.err.splitlines() if f"{name}.pdf" in line and line.startswith("✗"))
        assert reason in sentence
    assert f"読みました　  {PRODUCT_MANUAL}" in answer.out
    sums = "読みました 1・変更なし 0・一部読めず 0・同じ中身 0・版の確認待ち 0・読めません 4・対象外 0"
    assert f"資料 5 = {sums}" in answer.out


def test_the_next_run_reads_nothing_twice_and_still_says_what_is_wrong(
    batch: Path, kbtool: Callable[..., Answer]
) -> None:
    kbtool("ingest")
    again = kbtool("ingest")
    assert again.code == 3
    assert f"変更なし　　  {PRODUCT_MANUAL}" in again.out
    assert again.err.count("✗") == len(CASES)


@pytest.mark.parametrize("engine", ["tesseract", "auto"])
def test_a_missing_language_says_where_it_belongs(
    engine: str, demo: Path, kbtool: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The text layer needs no OCR and is read all the same."""
    (demo / "source_manuals" / SCAN.name).write_bytes(SCAN.read_bytes())
    (tmp_path / "tessdata").mkdir()
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path / "tessdata"))
    answer = kbtool("ingest", "--engine", engine, "--jobs", "1")
    assert answer.code == 4
    assert str(tmp_path / "tessdata") in answer.err
    assert "jpn" in answer.err
    assert "TESSDATA_PREFIX" in answer.err
    assert f"読みました　  {PRODUCT_MANUAL}" in answer.out
    assert f"読めません　  {SCAN.name}" in answer.out
