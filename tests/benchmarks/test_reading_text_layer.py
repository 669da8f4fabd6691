"""The speed on a text layer leaves start-up out, and is judged beside pdfplumber's."""

import pytest
from benchmarks.reading.readers import Cost
from benchmarks.reading.text_layer import Speed, Speeds, targets


def speed(reader: str, jobs: int, wall_s: float, cpu_s: float, cer: float) -> Speed:
    """A hundred pages beyond the first took so long."""
    return Speed(reader, jobs, 101, Cost(0.5, 1.0, 100.0), Cost(0.5 + wall_s, 1.0 + cpu_s, 100.0), cer)


def test_start_up_is_left_out_of_the_speed() -> None:
    one = speed("kbtool", 1, wall_s=1.0, cpu_s=2.0, cer=0.0)
    assert (one.pages_a_s, one.pages_a_cpu_s) == (pytest.approx(100.0), pytest.approx(50.0))


def test_speed_and_text_are_judged_beside_each_other() -> None:
    found = Speeds(
        speed("kbtool", 1, wall_s=1.0, cpu_s=1.25, cer=0.02),
        speed("kbtool", 2, wall_s=0.5, cpu_s=1.5, cer=0.02),
        speed("pdfplumber-text", 1, wall_s=10.0, cpu_s=10.0, cer=0.01),
    )
    by_clock, by_cpu, text = targets(found)
    assert (by_clock.value, by_clock.is_reached) == (pytest.approx(20.0), True)
    assert (by_cpu.value, by_cpu.is_reached) == (pytest.approx(8.0), False)
    assert (text.value, text.bound, text.is_reached) == (0.02, 0.01, False)
