"""What people write in a field, and the value it becomes: one table a kind of field."""

from datetime import date
from pathlib import Path

import pytest

from kbtool.forms.normalise import Reading
from kbtool.forms.normalise.choices import read_choice
from kbtool.forms.normalise.dates import read_date
from kbtool.forms.normalise.numbers import day_of, read_number
from kbtool.forms.normalise.phones import read_phone
from kbtool.forms.normalise.products import read_model, read_product
from kbtool.settings import ProductName

PRODUCTS = (
    ProductName("みどりノート青汁 30包", (), ("青汁", "みどりノート")),
    ProductName("加湿空気清浄機 そよぎ", ("KD-H500", "KD-H500W"), ("そよぎ",)),
)


def cases(name: str) -> list[list[str]]:
    lines = (Path(__file__).parent / "cases" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def reading(value: str, reason: str) -> Reading:
    return Reading(None if value == "-" else value, reason)


@pytest.mark.parametrize(("written", "day", "value", "reason"), cases("dates.tsv"))
def test_dates(written: str, day: str, value: str, reason: str) -> None:
    context = None if day == "-" else date.fromisoformat(day)
    assert read_date(written, context) == reading(value, reason)


@pytest.mark.parametrize(("written", "pattern", "value", "reason"), cases("numbers.tsv"))
def test_numbers(written: str, pattern: str, value: str, reason: str) -> None:
    assert read_number(written, pattern) == reading(value, reason)


@pytest.mark.parametrize(("written", "value", "reason"), cases("phones.tsv"))
def test_phones(written: str, value: str, reason: str) -> None:
    assert read_phone(written) == reading(value, reason)


@pytest.mark.parametrize(("kind", "written", "value", "reason"), cases("products.tsv"))
def test_products(kind: str, written: str, value: str, reason: str) -> None:
    read = {"product": read_product, "model": read_model}[kind]
    assert read(written, PRODUCTS) == reading(value, reason)


def test_choices() -> None:
    assert read_choice(["電話"], required=True) == Reading("電話")
    assert read_choice(["4", "5"], required=False) == Reading(None, "two_marks")
    assert read_choice([], required=True) == Reading(None, "no_mark")
    assert read_choice([], required=False) == Reading(None)


def test_the_day_of_a_number() -> None:
    assert day_of("T260402-001") == date(2026, 4, 2)
    assert day_of("T269902-001") is None
    assert day_of(None) is None
