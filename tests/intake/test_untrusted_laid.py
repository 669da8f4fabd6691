"""What the opener says of pages that it laid out is bounded before it is used, and is what layout says here."""

import json
from pathlib import Path
from typing import Any

import pytest

from kbtool import layout
from kbtool.document import Box, Kind
from kbtool.intake.frames import BadFrame
from kbtool.intake.laid import LaidPage, as_frame
from kbtool.intake.stream import PageStream
from kbtool.intake.untrusted_laid import laid_page
from kbtool.reading import PageReading
from tests.intake.papers import pdf, source


def block(**changes: Any) -> dict[str, Any]:
    kind, text, level, box, cells = "table", "a", 0, [0, 0, 1, 1], [[0, 0, 1, 1, [0, 0, 1, 1], "a"]]
    given = {"kind": kind, "text": text, "box": box, "level": level, "cells": cells} | changes
    return {"width_pt": 595.0, "height_pt": 842.0, "rotation": 0, "blocks": [list(given.values())]}


def ruled(paper: Any) -> None:
    paper.grid([60, 160, 300], [842 - 200, 842 - 225, 842 - 250])


def test_a_page_laid_out_by_the_opener_is_the_one_laid_out_here(tmp_path: Path) -> None:
    words: list[tuple[float, float, str]] = [
        (60, 80, "1-1 はじめに"),
        (60, 110, "・電話でお申し出ください。"),
        (65, 217, "症状"),
        (165, 242, "拭く"),
    ]
    given = source(tmp_path, "a.pdf", pdf(words, draw=ruled))
    with given.path.open("rb") as file:
        (words_alone,) = PageStream(file, given, None, 100)
        (laid,) = PageStream(file, given, None, 100, laid_out=True)
    assert isinstance(words_alone, PageReading) and isinstance(laid, LaidPage)
    page = laid.as_page("guide")
    assert page == layout.build_page(words_alone, "guide")
    assert Kind.TABLE in {block.kind for block in page.blocks}
    assert laid_page(1, json.loads(json.dumps(as_frame(page)))) == laid


@pytest.mark.parametrize(
    "untrusted",
    [
        block(kind="stamp"),
        block(kind="form_field"),
        block(kind=["table"]),
        block(kind="paragraph"),
        block(cells=[]),
        block(level=1_001),
        block(level=True),
        block(text=None),
        block(text="x" * 2_000_001),
        block(box=[0, 0, 1]),
        block(box=[0, 0, float("nan"), 1]),
        block(cells=[[0, 0, 20_000, 20_000, [0, 0, 1, 1], "a"]]),
        block(cells=[[-1, 0, 1, 1, [0, 0, 1, 1], "a"]]),
        block() | {"rotation": 45},
        block() | {"width_pt": 0},
        block() | {"height_pt": float("inf")},
        block() | {"blocks": "many"},
    ],
)
def test_a_lie_is_a_bad_frame(untrusted: dict[str, Any]) -> None:
    with pytest.raises(BadFrame):
        laid_page(1, untrusted)


def test_boxes_are_brought_onto_the_page_and_controls_become_spaces() -> None:
    page = laid_page(1, block(kind="paragraph", cells=[], text="a\x00b\u202ec\n\td", box=[-5, 0.5, 9, 0.2]))
    assert page.blocks[0].text == "a b c\n\td"
    assert page.blocks[0].box == Box(0.0, 0.5, 1.0, 0.5)
