import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kbtool import safe_yaml
from kbtool.errors import UsageError

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**15), 10**15)
    | st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: number == 0 or abs(number) > 1e-20)
    | st.text()
    | st.sampled_from(["true", "null", "~", "NO", "0o17", "012", "1e5", "1.0e-05", "1:30", "=", "<<", "2026-11-02"])
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=8
)


@settings(deadline=None)
@given(st.dictionaries(st.text().filter(lambda key: key != "<<"), values, max_size=4))
def test_what_is_dumped_loads_the_same(value: dict[str, object]) -> None:
    try:
        assert safe_yaml.load_mapping(safe_yaml.dump(value), "x.yml") == value
    except UsageError as error:
        assert error.code == "yaml_deep"


def test_dates_are_written_plain_and_never_as_aliases() -> None:
    day = date(2026, 11, 2)
    text = safe_yaml.dump({"a": day, "b": day, "c": [day, day]})
    assert text == "a: 2026-11-02\nb: 2026-11-02\nc: [2026-11-02, 2026-11-02]\n"
    assert safe_yaml.load(text, "x") == {"a": "2026-11-02", "b": "2026-11-02", "c": ["2026-11-02"] * 2}


def test_the_first_level_stands_in_lines() -> None:
    assert safe_yaml.dump({"a": 1, "b": {"c": 2}}) == "a: 1\nb: {c: 2}\n"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# 注\n", None),
        ("---\na: b\n", {"a": "b"}),
        ("a: NO", {"a": "NO"}),
        ("a: yes", {"a": "yes"}),
        ("a: 012", {"a": "012"}),
        ("a: 0120-000-000", {"a": "0120-000-000"}),
        ("a: 12", {"a": 12}),
        ("a: '12'", {"a": "12"}),
        ("a: 1.5", {"a": 1.5}),
        ("a: .inf", {"a": ".inf"}),
        ("a: 2026-11-02", {"a": "2026-11-02"}),
        ("a: 12345678901234567890", {"a": "12345678901234567890"}),
        ("a: true\nb: ~\nc:", {"a": True, "b": None, "c": None}),
        ("a: {b: [1, x]}", {"a": {"b": [1, "x"]}}),
        ("a: |\n  一\n  二\n", {"a": "一\n二\n"}),
    ],
)
def test_plain_values(text: str, value: object) -> None:
    assert safe_yaml.load(text, "x.yml") == value


LAUGHS = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: &x 1", "yaml_alias", 2),
        ("a: &x [1]\nb: *x", "yaml_alias", 1),
        ("b: *x", "yaml_alias", 1),
        (LAUGHS, "yaml_alias", 1),
        ("&k a: 1", "yaml_key", 1),
        ("a: !!python/object/apply:os.system [ls]", "yaml_tag", 1),
        ("a: !x 1", "yaml_tag", 1),
        ("!!map {a: 1}", "yaml_tag", 1),
        ("a: 1\n<<: {b: 2}", "yaml_key", 2),
        ("? [a]\n: 1", "yaml_key", 1),
        ("audience: internal\naudience: public", "yaml_duplicate", 2),
        ("a: {b: 1, b: 2}", "yaml_duplicate", 1),
        ("a: 1\n---\nb: 2", "yaml_documents", 2),
        ("[" * 9 + "]" * 9, "yaml_deep", 1),
        ("a: [1", "yaml_syntax", 2),
        ("a: b: c", "yaml_syntax", 1),
        ("\ta: 1", "yaml_syntax", 1),
        ("a: \x00", "yaml_syntax", 1),
        ("a: \ud800", "yaml_syntax", 1),
        ('a: "\\ud800"', "yaml_syntax", 1),
        ("%YAML 9.9\n---\na: 1", "yaml_syntax", 1),
    ],
)
def test_surprises_are_refused_with_their_line(text: str, code: str, line: int) -> None:
    start = time.process_time()
    with pytest.raises(UsageError) as refusal:
        safe_yaml.load(text, "kb/x.yml")
    assert (refusal.value.code, refusal.value.params["where"], refusal.value.params["line"]) == (code, "kb/x.yml", line)
    assert refusal.value.params["column"]
    assert time.process_time() - start < 0.2


def test_a_long_file_is_refused_unless_the_caller_expects_one() -> None:
    text = "a: " + "x" * 70_000
    with pytest.raises(UsageError, match="yaml_too_long"):
        safe_yaml.load(text, "x.yml")
    assert safe_yaml.load_mapping(text, "x.yml", 100_000)


def test_files_of_other_editors(tmp_path: Path) -> None:
    path = tmp_path / "people.yml"
    path.write_bytes("\ufeffa.mihon: {name: 見本}\r\n".encode())
    assert safe_yaml.load_file(path, "kb/people.yml") == {"a.mihon": {"name": "見本"}}
    path.write_bytes("a: 見本".encode("cp932"))
    with pytest.raises(UsageError, match="yaml_not_utf8"):
        safe_yaml.load_file(path, "kb/people.yml")


def test_only_a_mapping_is_one() -> None:
    assert safe_yaml.load_mapping("", "x") == {}
    with pytest.raises(UsageError, match="yaml_not_mapping"):
        safe_yaml.load_mapping("[1]", "x")


def test_the_templates_of_forms_are_within_the_subset() -> None:
    for path in (Path(__file__).parent.parent / "kb" / "forms").glob("*.yml"):
        assert safe_yaml.load_mapping(path.read_text(encoding="utf-8"), path.name)["schema"] == 1
