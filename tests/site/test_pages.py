"""What readers of each site find on its pages."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kbtool.entry import Audience
from tests.site.conftest import Built


class Outline(HTMLParser):
    """Headings, links and loaded things of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.policy = ""
        self._inside = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "h1" or tag == "h2":
            self._inside = True
            self.headings.append("")
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag in ("script", "img", "iframe", "source") and "src" in given:
            self.loads.append(given["src"])
        if tag == "link" and given.get("rel") in ("stylesheet", "icon", "preconnect", "preload"):
            self.loads.append(given["href"])
        if "id" in given:
            self.ids.append(given["id"])
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("h1", "h2")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.headings[-1] += data.strip()


def pages(site: Built) -> list[Path]:
    return sorted(site.tree.rglob("*.html"))


def test_an_operator_reads_in_the_fixed_order(internal: Built) -> None:
    assert Outline(internal.page("e/KB-0001.html")).headings == [
        "定期コースを1回だけ休みたい",
        "結論（回答）",
        "確認ポイント",
        "手順",
        "トークスクリプト",
        "エスカレーション",
        "ご注意",
        "社内メモ",
        "出典",
        "関連する項目",
    ]


def test_the_public_reads_public_sections_and_how_to_reach_a_person(public: Built) -> None:
    page = public.page("q/q0001.html")
    assert Outline(page).headings == [
        "定期コースを1回だけ休みたい",
        "回答",
        "手順",
        "ご注意",
        "関連する項目",
        "お問い合わせ",
    ]
    for words in (
        "株式会社架空堂ライフ お客様相談室",
        "0120-000-000",
        "平日 9:00〜18:00",
        "2026年7月15日",
        "2026年11月2日",
    ):
        assert words in page


def test_no_public_page_knows_anything_of_the_house(public: Built) -> None:
    inside = (
        "KB-0",
        "a.mihon",
        "b.reiji",
        "定期コース担当",
        "社内メモ",
        "トークスクリプト",
        "確認ポイント",
        "エスカレーション",
        "gyomu-4",
    )
    for path in public.tree.rglob("*"):
        if path.suffix in (".html", ".xml", ".json", ".txt"):
            text = path.read_text(encoding="utf-8")
            assert not [word for word in inside if word in text], path.name
    assert not list(public.tree.rglob("*.webp"))


def test_a_partner_sees_scripts_but_no_notes_of_the_house(partner: Built) -> None:
    page = partner.page("e/KB-0001.html")
    assert "お休みでございますね" in page
    assert "粗利の下限" not in page and "定期コース担当" not in page
    assert not (partner.tree / "e/KB-0008.html").exists()


def test_operators_see_the_safety_notes_of_the_products_and_the_public_does_not(internal: Built, public: Built) -> None:
    page = internal.page("e/KB-0006.html")
    assert "吹出口に指を入れない。" in page and 'href="../d/gyomu-4-p0003.html">3ページ' in page
    assert "吹出口に指を入れない。" not in internal.page("e/KB-0001.html")
    assert not any("吹出口に指" in path.read_text(encoding="utf-8") for path in public.tree.rglob("*.html"))


def test_a_source_is_shown_with_page_confidence_and_a_box_over_its_picture(internal: Built) -> None:
    page = internal.page("e/KB-0002.html")
    assert "業務マニュアル 第4版 1ページ" in page
    assert "読み取りの確信度 91.0%（最も低い箇所 62.0%）" in page
    assert '<img src="../img/gyomu-4/p0001.webp"' in page
    assert '<rect x="90.0" y="500.0" width="820.0" height="120.0"/>' in page


def test_the_log_is_newest_first_by_month_with_permanent_anchors(public: Built) -> None:
    page = public.page("updates.html")
    outline = Outline(page)
    assert outline.headings == ["更新履歴", "2026年11月", "2026年10月", "2026年9月", "2026年7月"]
    anchors = [name for name in outline.ids if name.startswith("u2026")]
    assert anchors[0] == "u20261112-retired-q0009"
    assert anchors == sorted(anchors, key=lambda name: name[1:9], reverse=True)
    assert "版差し替え" not in page
    assert {f"kb-kind-{kind}" for kind in ("added", "changed", "corrected", "retired", "improved", "checked")} <= set(
        re.findall(r"kb-kind-\w+", page)
    )


def test_the_internal_log_says_who_and_why(internal: Built) -> None:
    assert "担当: a.mihon" in internal.page("updates.html") and "版差し替え" in internal.page("updates.html")


def test_an_ended_entry_keeps_its_address_and_names_what_to_read_instead(public: Built) -> None:
    page = public.page("q/q0009.html")
    assert "「はがきで申し込みたい」の掲載は終了しました。" in page and 'href="../q/q0001.html"' in page


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.PARTNER, Audience.INTERNAL])
def test_every_page_has_a_policy_loads_nothing_from_elsewhere_and_links_to_what_exists(
    audience: Audience, built: dict[Audience, Built]
) -> None:
    site = built[audience]
    for path in pages(site):
        outline = Outline(path.read_text(encoding="utf-8"))
        assert "default-src 'self'" in outline.policy and "unsafe" not in outline.policy
        assert outline.policy.count("'sha256-") >= 3
        for load in outline.loads:
            assert not re.match(r"(?:[a-z]+:)?//|data:", load), (path.name, load)
        for link in outline.links:
            if not link.startswith(("http", "#", "mailto:")):
                assert (path.parent / link.partition("#")[0]).is_file(), (path.name, link)


def test_structured_data_says_question_answer_and_dates(public: Built) -> None:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', public.page("q/q0001.html"))
    faq, trail = (json.loads(text) for text in found)
    assert faq["mainEntity"][0]["name"] == "定期コースを1回だけ休みたい"
    assert "次回お届け予定日の8日前までにご連絡ください" in faq["mainEntity"][0]["acceptedAnswer"]["text"]
    assert (faq["datePublished"], faq["dateModified"]) == ("2026-07-15", "2026-11-02")
    assert trail["itemListElement"][-1]["item"] == "https://kakuudo.example/faq/q/q0001.html"


def test_feeds_and_sitemap_are_well_formed_and_dated_by_the_log(public: Built) -> None:
    atom = ElementTree.fromstring(public.page("atom.xml"))
    name = "{http://www.w3.org/2005/Atom}"
    assert atom.findtext(f"{name}updated") == "2026-11-12T00:00:00+09:00"
    assert len(atom.findall(f"{name}entry")) == 7
    assert json.loads(public.page("feed.json"))["items"][0]["title"] == "終了: はがきで申し込みたい"
    places = [
        item.text for item in ElementTree.fromstring(public.page("sitemap.xml")).iter() if item.tag.endswith("loc")
    ]
    assert "https://kakuudo.example/faq/q/q0006.html" in places
    assert not [place for place in places if place and ("404" in place or "q0009" in place)]


def test_the_map_shows_pages_without_entries(internal: Built) -> None:
    page = internal.page("map.html")
    assert "3／4ページを使用" in page and page.count("kb-map-empty") == 1


def test_the_start_page_gathers_what_everybody_must_know(internal: Built) -> None:
    page = internal.page("start.html")
    for words in ("本人確認の手順", "品質保証課", "フロート", "水位を知らせる浮き"):
        assert words in page
