"""An earlier reading counts again only for the same pages, read by the same programs."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.reading.corpus import Batch
from benchmarks.reading.reuse import kept, key


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    image, pdf = tmp_path / "000.jpg", tmp_path / "pages.pdf"
    image.write_bytes(b"pixels")
    pdf.write_bytes(b"%PDF")
    return Batch("scan200", pdf, (image,), 200, ())


def test_the_key_follows_pages_versions_and_program(batch: Batch, tmp_path: Path) -> None:
    program = tmp_path / "with_peer.py"
    program.write_text("one")
    first = key(batch, "tesseract", "5.3.0", program)
    assert key(batch, "tesseract", "5.3.0", program) == first
    assert key(batch, "tesseract", "5.4.0", program) != first
    assert key(batch, "ocrmypdf", "5.3.0", program) != first
    assert key(replace(batch, dpi=300), "tesseract", "5.3.0", program) != first
    batch.images[0].write_bytes(b"other pixels")
    assert key(batch, "tesseract", "5.3.0", program) != first
    batch.images[0].write_bytes(b"pixels")
    program.write_text("two")
    assert key(batch, "tesseract", "5.3.0", program) != first


def test_only_conditions_with_the_same_key_are_kept(tmp_path: Path) -> None:
    out = tmp_path / "tesseract.json"
    assert kept(out, {"clean": "a"}) == {}
    same, other = {"key": "a", "pages": []}, {"key": "b", "pages": []}
    out.write_text(json.dumps({"clean": same, "fax": other}))
    assert kept(out, {"clean": "a", "fax": "c", "photo": "d"}) == {"clean": same}
    assert kept(out, {}) == {}
