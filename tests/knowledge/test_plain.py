from dataclasses import dataclass, field
from datetime import date

import pytest

from kbtool.document import Box, Kind
from kbtool.errors import UsageError
from kbtool.knowledge import plain


@dataclass(frozen=True, slots=True)
class Inner:
    box: Box
    kind: Kind = Kind.TITLE


@dataclass(frozen=True, slots=True)
class Outer:
    name: str
    inner: tuple[Inner, ...] = ()
    day: date | None = None
    value: str | int | None = None
    counts: dict[str, int] = field(default_factory=dict)


VALUE = Outer("名", (Inner(Box(0.1, 0.2, 0.3, 0.4), Kind.TABLE),), date(2026, 11, 2), 7, {"a": 1})
PLAIN = {
    "name": "名",
    "inner": [{"box": [0.1, 0.2, 0.3, 0.4], "kind": "table"}],
    "day": "2026-11-02",
    "value": 7,
    "counts": {"a": 1},
}


def test_there_and_back() -> None:
    assert plain.write(VALUE) == PLAIN
    assert plain.read(Outer, PLAIN) == VALUE


def test_defaults_are_left_out_unless_all_is_wanted() -> None:
    assert plain.write(Outer("x")) == {"name": "x"}
    assert plain.write(Outer("x"), full=True) == {"name": "x", "inner": [], "day": None, "value": None, "counts": {}}


@pytest.mark.parametrize(
    ("change", "code", "key"),
    [
        ({"colour": 1}, "knowledge_key_unknown", "colour"),
        ({"inner": [{"box": [0, 0, 0, 0], "x": 1}]}, "knowledge_key_unknown", "inner[0].x"),
        ({"inner": [{}]}, "knowledge_key_missing", "inner[0].box"),
        ({"inner": [{"box": [0, 0, 0]}]}, "knowledge_value", "inner[0].box"),
        ({"inner": [{"box": [0, 0, 0, float("nan")]}]}, "knowledge_value", "inner[0].box"),
        ({"inner": [{"box": [0, 0, 0, True]}]}, "knowledge_value", "inner[0].box"),
        ({"inner": {"box": 1}}, "knowledge_value", "inner"),
        ({"inner": ["x"]}, "knowledge_value", "inner[0]"),
        ({"inner": [{"box": [0, 0, 0, 0], "kind": "x"}]}, "knowledge_value", "inner[0].kind"),
        ({"day": "2026-W45-1"}, "knowledge_value", "day"),
        ({"day": 20261102}, "knowledge_value", "day"),
        ({"value": True}, "knowledge_value", "value"),
        ({"counts": {"a": "1"}}, "knowledge_value", "counts.a"),
        ({"counts": []}, "knowledge_value", "counts"),
        ({"name": None}, "knowledge_value", "name"),
    ],
)
def test_what_does_not_fit_is_named(change: dict[str, object], code: str, key: str) -> None:
    with pytest.raises(plain.Misfit) as misfit:
        plain.read(Outer, PLAIN | change)
    assert (misfit.value.code, misfit.value.key) == (code, key)


def test_lines_are_read_with_their_number() -> None:
    text = plain.json_lines([VALUE, Outer("y")])
    assert text.count("\n") == 2
    assert list(plain.load_lines(Outer, text, "x.jsonl")) == [VALUE, Outer("y")]
    with pytest.raises(UsageError) as refusal:
        list(plain.load_lines(Outer, text + '\n{"name":1}\n', "x.jsonl"))
    assert (refusal.value.params["where"], refusal.value.params["line"]) == ("x.jsonl", 4)
