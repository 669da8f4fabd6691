from datetime import date

import pytest

from kbtool import safe_yaml, settings
from kbtool.errors import UsageError


def test_an_empty_file_means_the_defaults() -> None:
    assert settings.parse("") == settings.Settings()
    assert settings.parse("").categories == (settings.OTHER,)


def test_every_value_is_read() -> None:
    found = settings.parse(
        """\
company: {name: 株式会社架空堂ライフ（架空）, phone: 0120-000-000}
language: en
timezone: UTC
categories:
  - {name: 解約, slug: cancel, review_days: 180, keywords: [やめる]}
products:
  - {name: そよぎ, models: [KD-H500], aliases: [加湿空気清浄機]}
ocr: {engine: tesseract, dpi: 400, doubtful_below: 85, review_below: 70.5, languages: [jpn, jpn_vert]}
review: {safety_days: 30}
freshness: {warn_days: 10, error_days: 20}
sites: {public_url: https://kakuudo.example/}
allowed_contacts: [0120-000-000]
handover_date: 2027-04-01
"""
    )
    assert found.company.name == "株式会社架空堂ライフ（架空）"
    assert found.category("解約") == settings.Category("解約", "cancel", 180, ("やめる",))
    assert found.category("ない") is None
    assert found.fallback.name == "解約"
    assert found.products[0].models == ("KD-H500",)
    assert (found.ocr.doubtful_below, found.ocr.review_below, found.ocr.dpi) == (85.0, 70.5, 400)
    assert found.handover_date == date(2027, 4, 1)
    assert found.allowed_contacts == ("0120-000-000",)


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("colour: red", "settings_unknown", "colour"),
        ("ocr: {dpy: 1}", "settings_unknown", "ocr.dpy"),
        ("categories: [{name: 解約}]", "settings_missing", "categories[0].slug"),
        ("categories: [{name: 解約, slug: x, review_days: '9'}]", "settings_value", "categories[0].review_days"),
        ("categories: []", "settings_value", "categories"),
        ("categories: 解約", "settings_value", "categories"),
        ("company: 架空堂", "settings_value", "company"),
        ("language: fr", "settings_value", "language"),
        ("timezone: Mars/Base", "settings_value", "timezone"),
        ("timezone: ../etc/passwd", "settings_value", "timezone"),
        ("ocr: {dpi: 10}", "settings_value", "ocr.dpi"),
        ("ocr: {dpi: true}", "settings_value", "ocr.dpi"),
        ("ocr: {engine: ''}", "settings_value", "ocr.engine"),
        ("handover_date: 2027-02-30", "settings_value", "handover_date"),
        ("review: {safety_days: 1.5}", "settings_value", "review.safety_days"),
    ],
)
def test_what_does_not_fit_is_named(text: str, code: str, key: str) -> None:
    with pytest.raises(UsageError) as refusal:
        settings.parse(text, "kb/settings.yml")
    assert (refusal.value.code, refusal.value.params["key"]) == (code, key)
    assert refusal.value.params["where"]


def test_every_setting_is_documented() -> None:
    rows = settings.document()
    assert {"company", "company.name", "ocr.engine", "freshness.error_days"} <= {key for key, _, _ in rows}
    assert all(text for _, text, _ in rows)


def test_documented_defaults_are_the_defaults() -> None:
    defaults = settings.Settings()
    for key, _, default in settings.document():
        value: object = defaults
        for name in key.split("."):
            value = getattr(value, name)
        assert value == default


def test_settings_survive_a_round_trip_through_their_text() -> None:
    text = safe_yaml.dump({"company": {"name": "窓口"}, "categories": [{"name": "解約", "slug": "cancel"}]})
    assert settings.parse(text).company.name == "窓口"
