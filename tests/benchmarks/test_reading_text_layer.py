"""The speed on a text layer leaves start-up out, and is judged beside pdfplumber's."""

import pytest
from benchmarks.reading.text_layer import Speed, targets


def test_start_up_is_left_out_of_the_speed() -> None:
    assert Speed("kbtool", 1.0, 3.0, 101, 0.0).pages_a_s == pytest.approx(50.0)


def test_speed_and_text_are_judged_beside_each_other() -> None:
    ours, theirs = Speed("kbtool", 1.0, 1.5, 101, 0.02), Speed("pdfplumber-text", 0.5, 10.5, 101, 0.01)
    speed, text = targets(ours, theirs)
    assert (speed.value, speed.is_reached) == (pytest.approx(20.0), True)
    assert (text.value, text.bound, text.is_reached) == (0.02, 0.01, False)
