from pathlib import Path

import pytest

from kbtool.errors import UsageError
from kbtool.forms import load_templates, template

KB = Path(__file__).parents[2] / "kb"
GOOD = """
schema: 1
name: slip
title: 受付票
fields:
- {name: number, label: 番号, type: number, pattern: 'N\\d{3}', zone: [0, 0, 0.5, 0.1]}
- {name: score, label: 点, type: scale, mark: ring, options: [{value: 1, label: ①, zone: [0, 0.5, 0.1, 0.6]}]}
"""


def test_the_form_of_the_demo_loads() -> None:
    (form,) = load_templates(KB)
    zones = {zone.name: zone for zone in form.zones().zones}
    assert form.zones().title == "お問い合わせ票"
    assert zones["inquiry_v1/content"].mark == ""
    assert zones["inquiry_v1/channel/手紙・FAX"].mark == "tick"
    assert zones["inquiry_v1/csat/5"].mark == "ring"
    assert {field.name for field in form.fields if field.private} == {"customer_name", "customer_phone"}


def test_a_form_says_what_may_be_written() -> None:
    form = template.parse(GOOD, "kb/forms/slip.yml")
    assert [zone.name for zone in form.zones().zones] == ["slip/number", "slip/score/1"]
    assert form.fields[1].options[0].value == 1


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("schema: 1", "schema: 2", "schema"),
        ("name: slip", "name: Slip", "name"),
        ("title: 受付票", "title: ''", "title"),
        ("type: number", "type: text2", "fields[0].type"),
        ("pattern: 'N\\d{3}'", "pattern: '('", "fields[0].pattern"),
        ("zone: [0, 0, 0.5, 0.1]", "zone: [0, 0, 0.5]", "fields[0].zone"),
        ("zone: [0, 0, 0.5, 0.1]", "zone: [0.5, 0, 0.5, 0.1]", "fields[0].zone"),
        ("mark: ring", "mark: cross", "fields[1].mark"),
        ("value: 1", "value: one", "fields[1].options[0].value"),
        ("name: score", "name: number", "fields"),
        ("label: 点,", "label: 点, polarity: up,", "fields[1].polarity"),
        ("label: 点,", "label: 点, only_if: [1],", "fields[1].only_if"),
    ],
)
def test_a_wrong_value_is_refused_by_name(old: str, new: str, key: str) -> None:
    with pytest.raises(UsageError) as refused:
        template.parse(GOOD.replace(old, new, 1), "kb/forms/slip.yml")
    assert (refused.value.code, refused.value.params["key"]) == ("forms_template_value", key)


def test_an_unknown_key_is_refused_by_name() -> None:
    with pytest.raises(UsageError) as refused:
        template.parse(GOOD.replace("label: ①", "lable: ①"), "kb/forms/slip.yml")
    assert refused.value.code == "forms_template_key"
    assert refused.value.params["key"] == "fields[1].options[0].lable"
