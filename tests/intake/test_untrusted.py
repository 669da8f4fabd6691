"""Whatever the opener says, the receiver takes only what is within bounds."""

import struct
from array import array
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.document import Box
from kbtool.intake import untrusted
from kbtool.intake.frames import BadFrame, read_frame

FRAME = (10, 10, 20, 20, 10.0)
PLACES = array("f", [*FRAME, 10, 20]).tobytes()
WORDS: dict[str, Any] = {
    "frame": "words",
    "page": 0,
    "width_pt": 595,
    "height_pt": 842,
    "rotation": 0,
    "lines": ["水"],
    "vertical": [False],
    "bold": [False],
    "grids": [[[10, 10, 90, 90], 1, 2, [[0, 0, 1, 1, [10, 10, 50, 90]], [0, 1, 1, 1, [50, 10, 90, 90]]], False]],
    "figures": [[0, 0, 10, 10]],
    "ruby": [["水", "みず", [10, 5, 20, 10]]],
}
PIXELS: dict[str, Any] = {
    "frame": "pixels",
    "page": 0,
    "width_pt": 595,
    "height_pt": 842,
    "width": 2,
    "height": 3,
    "channels": 1,
    "dpi": 300.0,
}


def test_what_is_within_bounds_is_taken() -> None:
    reading = untrusted.page(WORDS, PLACES)
    assert reading.number == 1
    assert untrusted.page(PIXELS, bytes(6)).number == 1


def test_boxes_are_brought_onto_the_paper_and_controls_become_spaces() -> None:
    places = array("f", [0, 10, 900, 20, 10, 10, 20, 20, 30]).tobytes()
    reading = untrusted.page({**WORDS, "lines": ["水\u202e"]}, places)
    assert reading.lines[0].text == "水 "  # type: ignore[union-attr]
    assert reading.lines[0].box == (0, 10, 595, 20)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "change",
    [
        {"page": -1},
        {"page": True},
        {"page": 10**9},
        {"frame": "python"},
        {"width_pt": 0},
        {"height_pt": float("inf")},
        {"rotation": 45},
        {"lines": ["水水"]},
        {"lines": [7]},
        {"lines": [""]},
        {"lines": "水"},
        {"vertical": []},
        {"bold": [0]},
        {"ruby": [["", "みず", [0, 0, 1, 1]]]},
        {"grids": [[[0, 0, 9, 9], 1, 1, [[0, 0, 2, 1, [0, 0, 9, 9]]], False]]},
        {"grids": [[[0, 0, 9, 9], 10**9, 1, [], False]]},
        {"grids": [[[0, 0, 9, 9], 20_000, 20_000, [[0, 0, 20_000, 20_000, [0, 0, 9, 9]]], False]]},
        {"grids": [[[0, 0, 9, 9], 1_000, 1_000, [[0, 0, 1_000, 1_000, [0, 0, 9, 9]]] * 5, False]]},
        {"figures": [[0, 0, 1]]},
    ],
)
def test_words_beyond_a_bound_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(BadFrame):
        untrusted.page({**WORDS, **change}, PLACES)


@pytest.mark.parametrize("boxes", [7, [[0, 0, 1]], [["a", 0, 1, 1]], [[0, 0, float("nan"), 1]]])
@pytest.mark.parametrize("name", ["unread", "illegible"])
def test_unread_areas_beyond_a_bound_are_refused(name: str, boxes: object) -> None:
    with pytest.raises(BadFrame):
        untrusted.unread({name: boxes}, Box(0, 0, 595, 842))


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -1.0, 1e9])
@pytest.mark.parametrize("place", range(7))
def test_places_beyond_a_bound_are_refused(number: float, place: int) -> None:
    numbers = array("f", PLACES)
    numbers[place] = number
    with pytest.raises(BadFrame):
        untrusted.page(WORDS, numbers.tobytes())


@pytest.mark.parametrize(
    "change", [{"width": 3}, {"width": 10**6, "height": 10**6}, {"channels": 2}, {"dpi": 0}, {"dpi": "300"}]
)
def test_pixels_beyond_a_bound_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(BadFrame):
        untrusted.page({**PIXELS, **change}, bytes(6))


@pytest.mark.parametrize("code", ["publish_done", "", None, ["intake_damaged"]])
def test_the_opener_may_say_only_its_own_codes(code: object) -> None:
    with pytest.raises(BadFrame):
        untrusted.code({"code": code})


def test_only_webp_counts_as_a_picture() -> None:
    with pytest.raises(BadFrame):
        untrusted.picture(b"<svg onload=alert(1)>")


@pytest.mark.parametrize(
    "sent", [struct.pack(">II", 2**31, 0), struct.pack(">II", 2, 2**31), struct.pack(">II", 2, 0) + b"[]"]
)
def test_lengths_and_heads_are_bounded_before_use(sent: bytes) -> None:
    left = bytearray(sent)

    def read(count: int) -> bytes:
        taken = bytes(left[:count])
        del left[:count]
        return taken

    with pytest.raises(BadFrame):
        read_frame(read)


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(sorted(WORDS)), inner, max_size=4),
    max_leaves=12,
)


@given(st.sampled_from(sorted(WORDS)), json)
def test_no_value_gets_anything_but_a_page_or_a_refusal(key: str, value: object) -> None:
    with suppress(BadFrame):
        untrusted.page({**WORDS, key: value}, PLACES)
