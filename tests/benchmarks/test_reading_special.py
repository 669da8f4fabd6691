"""Two pages on a sheet, blank pages and ruby: what is drawn, and what of it is truth."""

from pathlib import Path

import numpy as np
import pypdfium2
from benchmarks.reading import special
from benchmarks.reading.corpus import make
from benchmarks.reading.metrics import by_block
from benchmarks.reading.surface import Sheets

from tests.benchmarks.test_reading_pages import needs_fonts


@needs_fonts
def test_a_sheet_holds_two_pages_left_before_right() -> None:
    sheet, truth = special.two_up(3, 0)
    height, width = sheet.shape
    assert width > height
    assert all((half < 128).any() for half in np.array_split(sheet, 2, axis=1))
    footers = [block for block in truth.blocks if block.startswith("- ")]
    assert len(footers) == 2
    assert truth.blocks.index(footers[0]) < len(truth.blocks) - 1 == truth.blocks.index(footers[1])


@needs_fonts
def test_a_blank_sheet_has_nothing_to_read() -> None:
    empty, truth = special.blank(3, 0)
    through, _ = special.blank(3, 1)
    assert truth.blocks == ()
    assert empty.min() == 255
    assert 230 <= through.min() < 255


@needs_fonts
def test_ruby_stands_over_its_words_and_is_no_part_of_the_truth(tmp_path: Path) -> None:
    sheets = Sheets()
    truths = [special.ruby(sheets, 3, number) for number in range(2)]
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(sheets.data)]
    assert any(reading in page for page in pages for reading in special._RUBY.values())
    assert not any(
        reading in block for truth in truths for block in truth.blocks for reading in ("でんげん", "しゅうり")
    )
    assert all(by_block([truth.blocks[0]], page).edits == 0 for truth, page in zip(truths, pages, strict=True))


@needs_fonts
def test_they_are_drawn_when_asked_for(tmp_path: Path) -> None:
    batches = {batch.condition: batch for batch in make(tmp_path, 3, 1, special.CONDITIONS)}
    assert [len(batches[name].images) for name in special.CONDITIONS] == [1, 1, 0]
    width, height = pypdfium2.PdfDocument(batches["two-up"].pdf)[0].get_size()
    assert (round(width), round(height)) == (842, 595)
