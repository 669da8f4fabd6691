"""Targets are judged where both sides were measured, and told as not measured where they were not."""

from collections import Counter

import pytest
from benchmarks.reading.metrics import Errors, Hits
from benchmarks.reading.readers import Cost, PageRead, Run
from benchmarks.reading.scores import PageScore
from benchmarks.reading.targets import Target, targets

_NONE = Hits()


def _page(condition: str, edits: int, ruled: Hits = _NONE) -> PageScore:
    errors = Errors(edits, 1000)
    return PageScore(condition, "prose", errors, errors, _NONE, ruled, _NONE, _NONE, _NONE, None, Counter())


def _run(reader: str, wall_s: dict[str, float], cost: Cost | None) -> Run:
    return Run(reader, 2, {name: (PageRead(""),) * 10 for name in wall_s}, wall_s, cost)


def test_a_target_says_whether_it_is_reached() -> None:
    assert Target("F1", 0.9, 0.9).is_reached is True
    assert Target("F1", 0.9, 0.89).is_reached is False
    assert Target("CER", 0.01, 0.01, at_most=True).is_reached is True
    assert Target("CER", 0.01, 0.011, at_most=True).is_reached is False
    assert Target("CER", 0.01, None, at_most=True).is_reached is None


def test_rates_are_compared_with_those_of_tesseract_over_the_scans() -> None:
    ours = [_page("scan200", 2), _page("fax", 8), _page("vertical", 500), _page("digital", 500)]
    plain = [_page("scan200", 40), _page("fax", 60), _page("vertical", 900)]
    found = {target.name: target.value for target in targets({"kbtool": ours, "tesseract": plain}, [], 2)}
    assert found["200 dpi scans, bCER"] == pytest.approx(0.002)
    assert found["all scans, CER"] == pytest.approx(0.005)
    assert found["all scans, bCER as a share of tesseract's"] == pytest.approx(0.1)
    assert found["vertical, CER"] == pytest.approx(0.5)
    assert found["with Tesseract alone, CER as a share of tesseract's"] is None


def test_the_worst_condition_counts_for_ruled_tables_but_not_the_stamped_one() -> None:
    ours = [
        _page("fax", 0, ruled=Hits(9, 10, 10)),
        _page("stamp", 0, ruled=Hits(1, 10, 10)),
        _page("digital", 0, ruled=Hits(2, 10, 10)),
    ]
    found = {target.name: target.value for target in targets({"kbtool": ours}, [], 2)}
    assert found["cells F1, ruled, worst scan condition but stamp"] == pytest.approx(0.9)
    assert found["cells F1, scans, ruled"] == pytest.approx(0.5)
    assert found["cells F1, born-digital, ruled"] == pytest.approx(0.2)


def test_speed_is_that_of_the_scans_both_read_in_this_run() -> None:
    ours = _run("kbtool", {"scan200": 10.0, "turned": 11.0, "digital": 99.0}, Cost(60.0, 114.0, 700.0))
    slow = _run("ocrmypdf", {"scan200": 20.0, "fax": 7.0}, Cost(30.0, 60.0, 100.0))
    earlier = _run("tesseract", {"scan200": 20.0}, None)
    found = {target.name: target.value for target in targets({}, [ours, slow, earlier], 2)}
    assert found["scanned pages a minute, times ocrmypdf's"] == pytest.approx(2.0)
    assert found["scanned pages a minute, times tesseract's"] is None
    assert found["CPU use"] == pytest.approx(0.95)
    assert found["largest process, MB"] == 700.0
    assert found["orientation, s a page more than upright"] == pytest.approx(0.2)


def test_a_peer_is_beaten_condition_by_condition_beyond_chance() -> None:
    ours = [*[_page("scan200", 1)] * 8, *[_page("fax", 30)] * 8, *[_page("pale", n) for n in range(8)]]
    peer = [*[_page("scan200", 9)] * 8, *[_page("fax", 10)] * 8, *[_page("pale", 7 - n) for n in range(8)]]
    found = {target.name: target for target in targets({"kbtool": ours, "rapidocr": peer}, [], 2)}
    assert found["conditions × peers where worse by the interval"].value == 1
    assert found["conditions × peers where better, share"].value == pytest.approx(1 / 3)
    unread = {target.name: target.value for target in targets({"kbtool": ours, "rapidocr": peer[:3]}, [], 2)}
    assert unread["conditions × peers where worse by the interval"] is None
