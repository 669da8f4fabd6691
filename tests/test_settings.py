import unicodedata
from dataclasses import fields, is_dataclass
from datetime import date

import pytest

from kbtool import messages, safe_yaml, settings, settings_file
from kbtool.errors import UsageError


def test_an_empty_file_means_the_defaults() -> None:
    assert settings_file.parse("") == settings.Settings()
    assert settings_file.parse("").categories == (settings.OTHER,)


def test_every_value_is_read() -> None:
    found = settings_file.parse(
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


def two(first: str, second: str) -> str:
    """Two categories."""
    return f"categories: [{{{first}}}, {{{second}}}]"


def documents(item: str) -> str:
    """An exception for one document."""
    return f"ocr: {{documents: [{{{item}}}]}}"


@pytest.mark.parametrize(
    ("text", "code", "key", "allowed"),
    [
        ("colour: red", "settings_unknown", "colour", "company"),
        ("ocr: {dpy: 1}", "settings_unknown", "ocr.dpy", "dpi"),
        ("categories: [{name: 解約}]", "settings_missing", "categories[0].slug", ""),
        (
            "categories: [{name: 解約, slug: x, review_days: '9'}]",
            "settings_whole_number",
            "categories[0].review_days",
            "整数",
        ),
        ("categories: []", "settings_items", "categories", "name, slug, review_days, keywords"),
        ("categories: 解約", "settings_items", "categories", "- {項目: 値, …}"),
        ("categories: [解約]", "settings_group", "categories[0]", "name, slug"),
        ("products: そよぎ", "settings_items", "products", "name, models, aliases"),
        ("products: [{name: そよぎ, models: KD-H500}]", "settings_list", "products[0].models", "[ ]"),
        ("company: 架空堂", "settings_group", "company", "phone"),
        ("company: {name: 123}", "settings_text", "company.name", "引用符"),
        ("company: {name: true}", "settings_text", "company.name", "引用符"),
        ("language: fr", "settings_choice", "language", "ja | en"),
        ("timezone: Mars/Base", "settings_timezone", "timezone", "Asia/Tokyo"),
        ("timezone: ../etc/passwd", "settings_timezone", "timezone", "Asia/Tokyo"),
        ("timezone: Asia", "settings_timezone", "timezone", "Asia/Tokyo"),
        ("ocr: {dpi: 10}", "settings_range", "ocr.dpi", "72 から 600"),
        ("ocr: {dpi: true}", "settings_whole_number", "ocr.dpi", "整数"),
        ("ocr: {review_below: high}", "settings_number", "ocr.review_below", "70.5"),
        ("ocr: {engine: ''}", "settings_choice", "ocr.engine", "tesseract"),
        ("ocr: {engine: teseract}", "settings_choice", "ocr.engine", "auto | ppocr | tesseract"),
        (documents("file: a.pdf, engine: jpn"), "settings_choice", "ocr.documents[0].engine", "ppocr"),
        (documents("engine: ppocr"), "settings_missing", "ocr.documents[0].file", ""),
        (documents("file: a.pdf, engine: ppocr, page: '3'"), "settings_unknown", "ocr.documents[0].page", "pages"),
        (documents("file: a.pdf, engine: ppocr, pages: 5-3"), "settings_pages", "ocr.documents[0].pages", "3-5,8"),
        (documents("file: a.pdf, engine: ppocr, pages: '0'"), "settings_pages", "ocr.documents[0].pages", "3-5,8"),
        (documents("file: a.pdf, engine: ppocr, pages: 3"), "settings_text", "ocr.documents[0].pages", "引用符"),
        ("handover_date: 2027-02-30", "settings_date", "handover_date", "YYYY-MM-DD"),
        ("review: {safety_days: 1.5}", "settings_whole_number", "review.safety_days", "整数"),
        ("company: {contact_url: 'http://kakuudo.example/'}", "settings_https", "company.contact_url", "https://"),
        ("sites: {public_url: kakuudo.example}", "settings_https", "sites.public_url", "https://"),
        ("sites: {public_url: 'https:///faq'}", "settings_https", "sites.public_url", "https://"),
        ("categories: [{name: 解約, slug: Cancel}]", "settings_slug", "categories[0].slug", "英小文字"),
        ("categories: [{name: 解約, slug: a--b}]", "settings_slug", "categories[0].slug", "英小文字"),
        ("categories: [{name: 解約, slug: ../x}]", "settings_slug", "categories[0].slug", "英小文字"),
        (two("name: 解約, slug: x", "name: 返品, slug: x"), "settings_twice", "categories[1].slug", "別の"),
        (two("name: 解約, slug: x", "name: 解約, slug: y"), "settings_twice", "categories[1].name", "別の"),
    ],
)
def test_what_does_not_fit_is_named_with_what_would(
    text: str, code: str, key: str, allowed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KBTOOL_LANG", "ja")
    with pytest.raises(UsageError) as refusal:
        settings_file.parse(text)
    assert (refusal.value.code, refusal.value.params["key"]) == (code, key)
    sentence = messages.say(code, **refusal.value.params)
    assert sentence.startswith("kb/settings.yml: ")
    assert allowed in sentence


def test_the_first_line_that_fits_a_page_names_its_engine() -> None:
    ocr = settings_file.parse(
        """\
ocr:
  engine: ppocr
  documents:
    - {file: 業務マニュアル*.pdf, pages: "3-5,8", engine: tesseract}
    - {file: 業務マニュアル*.pdf, engine: auto}
    - {file: 古い/*.TIF, engine: tesseract}
"""
    ).ocr
    name = "受領/業務マニュアル第4版.pdf"
    assert [ocr.engine_for(name, page) for page in (2, 3, 5, 6, 8)] == [
        "auto",
        "tesseract",
        "tesseract",
        "auto",
        "tesseract",
    ]
    assert ocr.engine_for(unicodedata.normalize("NFD", name), 3) == "tesseract"
    assert ocr.engine_for("古い/台帳.tif", 1) == "tesseract"
    assert ocr.engine_for("新しい/台帳.tif", 1) == "ppocr"
    assert ocr.engine_for("業務マニュアル.docx", 3) == "ppocr"


def test_a_refused_value_stands_as_in_the_file_and_is_not_endless() -> None:
    with pytest.raises(UsageError) as refusal:
        settings_file.parse("language: [ja, true]")
    assert refusal.value.params["value"] == '["ja", true]'
    with pytest.raises(UsageError) as refusal:
        settings_file.parse(f"timezone: {'x' * 500}")
    assert len(str(refusal.value.params["value"])) == 60


def test_a_fresh_settings_file_means_the_defaults() -> None:
    assert settings_file.parse(settings_file.fresh()) == settings.Settings()


@pytest.mark.parametrize(("name", "kind"), [("categories", settings.Category), ("products", settings.ProductName)])
def test_a_fresh_settings_file_shows_how_to_write_the_items_of_a_list(name: str, kind: type) -> None:
    text = settings_file.fresh()
    before = text[: text.index(f"\n{name}:")]
    comment = before[before.rindex("\n\n") :].splitlines()
    for item in fields(kind):
        assert f"#   {item.name}: {item.metadata['doc']}" in comment
    example = comment[-1].removeprefix("# ")
    assert settings_file.parse(f"{name}:\n{example}\n") != settings.Settings()


def test_a_fresh_settings_file_shows_how_to_read_a_document_otherwise() -> None:
    (example,) = (line for line in settings_file.fresh().splitlines() if "engine: tesseract}" in line)
    told = settings_file.parse(f"ocr:\n  documents:\n    {example.strip().removeprefix('# ')}\n")
    assert told.ocr.documents[0].pages == "3-5,8"


def test_every_setting_of_a_fresh_file_stands_below_what_it_means() -> None:
    lines = [line.strip() for line in settings_file.fresh().splitlines()]
    groups = [item.default_factory for item in fields(settings.Settings) if is_dataclass(item.default_factory)]
    for item in [each for kind in (settings.Settings, *groups) for each in fields(kind)]:  # type: ignore[arg-type]
        assert f"# {item.metadata['doc']}" in lines
        assert any(line.startswith(f"{item.name}:") for line in lines)


def test_settings_survive_a_round_trip_through_their_text() -> None:
    text = safe_yaml.dump({"company": {"name": "窓口"}, "categories": [{"name": "解約", "slug": "cancel"}]})
    assert settings_file.parse(text).company.name == "窓口"
