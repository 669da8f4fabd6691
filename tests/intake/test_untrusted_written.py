"""What the opener says of written pages is bounded before it is used."""

from typing import Any

import pytest

from kbtool.document import Box, Kind
from kbtool.intake.frames import BadFrame
from kbtool.intake.readers.paging import cell, table
from kbtool.intake.untrusted_written import written_page
from kbtool.intake.written import WrittenBlock, WrittenPage, as_frame

GOOD = WrittenPage(
    (WrittenBlock(Kind.HEADING, "題", 2), table([cell(0, 0, "a"), cell(0, 1, "b\nc")], "B2:C2")),
    "text",
    ("intake_hidden_sheet",),
)


def block(**changes: Any) -> dict[str, Any]:
    kind, text, level, box, name, cells = "table", "a", 0, [0, 0, 1, 1], "", [[0, 0, 1, 1, [0, 0, 1, 1], "a"]]
    given = {"kind": kind, "text": text, "level": level, "box": box, "name": name, "cells": cells} | changes
    return {"engine": "text", "notes": [], "blocks": [list(given.values())]}


def test_an_honest_page_arrives_as_it_was_sent() -> None:
    assert written_page(as_frame(GOOD)) == GOOD


@pytest.mark.parametrize(
    "untrusted",
    [
        block(kind="stamp"),
        block(kind="form_field"),
        block(kind=["table"]),
        block(kind="paragraph"),
        block(cells=[]),
        block(level=99),
        block(level=True),
        block(text=None),
        block(text="x" * 2_000_001),
        block(box=[0, 0, 1]),
        block(box=[0, 0, float("nan"), 1]),
        block(name="x" * 65),
        block(cells=[[0, 0, 99_999, 99_999, [0, 0, 1, 1], "a"]]),
        block(cells=[[-1, 0, 1, 1, [0, 0, 1, 1], "a"]]),
        block() | {"notes": ["intake_damaged"]},
        block() | {"engine": "x" * 65},
        block() | {"blocks": "many"},
    ],
)
def test_a_lie_is_a_bad_frame(untrusted: dict[str, Any]) -> None:
    with pytest.raises(BadFrame):
        written_page(untrusted)


def test_boxes_are_brought_onto_the_page_and_controls_become_spaces() -> None:
    page = written_page(block(kind="paragraph", cells=[], text="a\x00b\u202ec\n\td", box=[-5, 0.5, 9, 0.2]))
    assert page.blocks[0].text == "a b c\n\td"
    assert page.blocks[0].box == Box(0.0, 0.5, 1.0, 0.5)
