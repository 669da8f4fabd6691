"""The scanned manual: the same bytes on every draw, and every word of the expected truth on its page."""

import re
import unicodedata
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image
from samples import operations_manual as manual
from samples import paper
from samples.manual_pages import clean_pages

TRUTH = yaml.safe_load((Path(__file__).parents[1] / "truth" / "operations_manual.yml").read_text(encoding="utf-8"))
COVER_AND_CONTENTS = 2


def first_page_pdf(path: Path) -> bytes:
    """Draw page 1 alone and return the file's bytes."""
    paper.images_to_pdf([next(manual.scanned_pages(manual.read_wording()))], path)
    return path.read_bytes()


def words(content: Any) -> Iterator[str]:
    """Yield every string in nested content."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        yield from words(list(content.values()))
    elif isinstance(content, list):
        for part in content:
            yield from words(part)


def unspaced(text: str) -> str:
    """Fold `text` as the goldens are compared: NFKC, no white space."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def test_a_page_drawn_twice_has_the_same_bytes(tmp_path: Path) -> None:
    assert first_page_pdf(tmp_path / "once.pdf") == first_page_pdf(tmp_path / "again.pdf")


def test_a_page_does_not_depend_on_the_pages_before_it() -> None:
    wording = manual.read_wording()
    printed = list(clean_pages(wording))[:2]
    fates = [manual.scanned(page, manual.UNTOUCHED, paper.generator(7, n), wording) for n, page in enumerate(printed)]
    alone = manual.scanned(printed[1], manual.UNTOUCHED, paper.generator(7, 1), wording)
    assert alone.tobytes() == fates[1].tobytes()


def test_the_pdf_holds_images_only_and_keeps_their_bytes(tmp_path: Path) -> None:
    page = Image.new("L", (248, 351), 250)
    jpeg = BytesIO()
    page.save(jpeg, "JPEG", quality=72, dpi=(300, 300), optimize=True)
    paper.images_to_pdf([page], tmp_path / "one.pdf", quality=72)
    written = (tmp_path / "one.pdf").read_bytes()
    assert jpeg.getvalue() in written
    assert b" Tj" not in written


@pytest.mark.parametrize("entry", TRUTH["entries"], ids=lambda entry: str(entry["id"]))
def test_the_expected_words_stand_on_their_page(entry: dict[str, Any]) -> None:
    page = manual.read_wording()["pages"][entry["page"] - COVER_AND_CONTENTS - 1]
    printed = "\n".join(unspaced(text) for text in words(page["blocks"]))
    for key in entry.keys() & {"question", "text", "lines", "steps", "rows"}:
        for text in words(entry[key]):
            assert unspaced(text) in printed
