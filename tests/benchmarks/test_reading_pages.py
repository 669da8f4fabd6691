"""What the drawn pages promise: the same again by seed, the truth as drawn, no font shared by both parts."""

import random
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from benchmarks.reading import faces, form
from benchmarks.reading.corpus import CONDITIONS, make
from benchmarks.reading.metrics import by_block
from benchmarks.reading.pages import LAYOUTS, draw, draw_form
from benchmarks.reading.printed import FORMS
from benchmarks.reading.surface import Pixels, Sheets
from benchmarks.reading.wording import Writer, clause_count

_INSTALLED = [face for face in (*faces.DEVELOPMENT, *faces.FINAL) if (faces.ROOT / face.path).is_file()]
needs_fonts = pytest.mark.skipif(
    len(_INSTALLED) < len(faces.DEVELOPMENT) + len(faces.FINAL), reason=f"needs {faces.install_command()}"
)


def test_there_is_enough_to_say() -> None:
    assert clause_count() >= 300
    said = {Writer(random.Random(seed)).write("sentence") for seed in range(300)}
    assert len(said) > 280


def test_no_slot_is_left_open() -> None:
    write = Writer(random.Random(3))
    kinds = ("sentence", "question", "answer", "heading", "title", "item", "cause", "remedy", "spec")
    assert not any("{" in write.write(kind) for kind in kinds for _ in range(100))


def test_development_and_final_pages_share_no_font() -> None:
    assert not set(faces.DEVELOPMENT) & set(faces.FINAL)
    assert not {f.package for f in faces.DEVELOPMENT} & {f.package for f in faces.FINAL}
    assert len(faces.DEVELOPMENT) + len(faces.FINAL) >= 8
    assert (faces.part(1), faces.part(1000)) == (faces.DEVELOPMENT, faces.FINAL)


@needs_fonts
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_truth_is_what_was_drawn(layout: str) -> None:
    sheets = Sheets()
    truth = draw(sheets.page(), 2, 0, layout, pdf=True)
    drawn = pypdfium2.PdfDocument(sheets.data)[0].get_textpage().get_text_bounded()
    assert by_block(truth.blocks, drawn).edits == 0


@needs_fonts
def test_a_page_comes_out_the_same_again() -> None:
    first, second = Pixels(), Pixels()
    assert draw(first, 5, 1, "steps") == draw(second, 5, 1, "steps")
    assert np.array_equal(np.asarray(first.image), np.asarray(second.image))


@needs_fonts
def test_the_zones_of_a_form_are_those_of_its_fields() -> None:
    plain = draw(Pixels(), 1, 0, "form")
    for truth in (plain, *(draw_form(Pixels(), 1, number) for number in range(len(FORMS)))):
        sheet = next(sheet for sheet in FORMS if sheet.name == truth.form)
        assert {(zone.name, zone.box, zone.mark) for zone in form.zones(sheet).zones} == {
            (field.name, field.box, field.mark) for field in truth.fields
        }
        assert any(field.marked for field in truth.fields)


@needs_fonts
def test_every_condition_has_its_pages(tmp_path: Path) -> None:
    quick = [condition for condition in CONDITIONS if condition not in ("photo", "stamp", "fold")]
    for batch in make(tmp_path, 4, 1, quick):
        assert len(pypdfium2.PdfDocument(batch.pdf)) == len(batch.truths) == 1
        assert len(batch.images) == (0 if batch.condition == "digital" else 1)
        assert batch.truths[0].blocks
