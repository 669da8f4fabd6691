"""Whatever a recogniser says of a page, the receiver takes only what the rest of kbtool can bear."""

import json
from dataclasses import asdict
from typing import Any

import pytest

from kbtool.intake import worker
from kbtool.intake.frames import BadFrame
from kbtool.intake.untrusted_reading import reading_from
from tests.intake.recogniser_fake import READING

CELL = {"row": 0, "column": 0, "box": [1, 2, 3, 4], "row_span": 1, "column_span": 1}
GRID = {"box": [1, 2, 3, 4], "rows": 1, "columns": 1, "cells": [CELL], "open": False}
PROBLEM = {"code": "recognise_form_frame", "severity": "warning", "where": "1", "params": {"form": "slip"}}
LINE = asdict(READING)["lines"][0]


def told(**changes: Any) -> bytes:
    return json.dumps(asdict(READING) | changes, default=str).encode()


def test_what_is_within_bounds_is_taken() -> None:
    assert reading_from(told(grids=[GRID], problems=[PROBLEM]), 1) == READING


@pytest.mark.parametrize(
    "change",
    [
        {"lines": [LINE | {"text": "水"}]},
        {"lines": [LINE | {"confidences": [1.0]}]},
        {"grids": [GRID | {"cells": [CELL | {"row": 1}]}]},
        {"grids": [GRID | {"cells": [CELL | {"row_span": 0}]}]},
        {
            "grids": [
                GRID | {"rows": 10**6, "columns": 10**6, "cells": [CELL | {"row_span": 10**6, "column_span": 10**6}]}
            ]
        },
        {"problems": [PROBLEM | {"code": "recognise_no_such_sentence"}]},
        {"problems": [PROBLEM | {"code": "publish_done"}]},
        {"problems": [PROBLEM | {"params": {}}]},
        {"problems": [PROBLEM | {"params": {"form": "slip", "code": "x"}}]},
        {"problems": [PROBLEM | {"params": {"form": float("nan")}}]},
        {"problems": [PROBLEM | {"params": {"form": 10**30}}]},
    ],
)
def test_what_would_stop_the_reader_is_no_reading(change: dict[str, Any]) -> None:
    with pytest.raises(BadFrame):
        reading_from(told(**change), 1)


@pytest.mark.parametrize(
    "error",
    [
        {"code": "recognise_no_such_sentence", "params": {}},
        {"code": "recognise_ppocr_missing", "params": {"code": "x"}},
        {"code": "recognise_tesseract_missing", "params": {}},
        {"code": "recognise_ppocr_missing", "params": []},
    ],
)
def test_an_error_that_cannot_be_said_is_none(monkeypatch: pytest.MonkeyPatch, error: dict[str, Any]) -> None:
    answer = ({"error": "EnvironmentMissing"} | error, b"")
    monkeypatch.setattr(worker._of_process, "ask", lambda request, pixels: answer)
    with pytest.raises(BadFrame):
        worker._ask({})
