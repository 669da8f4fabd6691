"""The search of a site in a real Chromium: over http and by double click, behind Material's own box."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kbtool import durable
from kbtool.search.browser import BrowserPage, write_index
from kbtool.search.searchable import Searchable
from tests.search.desk import ENTRIES
from tests.search.serving import served

pytestmark = pytest.mark.browser

MORE = [
    Searchable("KB-0901", "いやなにおいがする", "水を替えてください。いやなら窓をあけるか、よく拭く。"),
    Searchable("KB-0902", "引っ越しをする", "新しい住所をお知らせください。"),
    Searchable("KB-0903", "へんぴんのやりかた", "へんぴんは窓口で承ります。"),
]
ARCHIVE = Searchable("manual-5", "解約", "解約の受付では理由コードを必ず記録する。", document="manual", page=5)
POLICY = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'"
PAGE = f"""<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">
<script src="find/client.js"></script>"""
QUERIES = [
    ("解約", "KB-0001"),
    ("かいやく", "KB-0001"),
    ("定期コースを解約するには", "KB-0001"),
    ("ﾌｨﾙﾀ 交換", "KB-0014"),
    ("ふぃるたーのこうかん", "KB-0014"),
    ("Ｅ０３", "KB-0012"),
    ("kzr120", "KB-0014"),
    ("水漏れ", "KB-0011"),
    ("みずもれ", "KB-0011"),
    ("不良品", "KB-0006"),
    ("払い込み用紙", "KB-0008"),
    ("ほしょうきかん", "KB-0018"),
    ("焦げくさい匂い", "KB-0017"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site") / "よくある ご質問"
    pages = [
        BrowserPage(f"q/{one.id}.html", one.question, one.category, one.answer, one.variants, archive=one is ARCHIVE)
        for one in [*ENTRIES, *MORE, ARCHIVE]
    ]
    write_index(pages, root / "find", durable.write)
    durable.write(root / "index.html", PAGE)
    return root


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield f"{address}index.html"


@pytest.fixture(params=["http", "file"])
def page(request: pytest.FixtureRequest, chromium: object, site: Path, server: str) -> Iterator[object]:
    opened = chromium.new_page()  # type: ignore[attr-defined]
    opened.goto(server if request.param == "http" else (site / "index.html").as_uri())
    opened.evaluate("window.index = kbSearch.open(new URL('find/', location.href).href)")
    yield opened
    opened.close()


def _search(page: object, query: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = page.evaluate("query => window.index.search(query, 5)", query)  # type: ignore[attr-defined]
    return found


def test_queries(page: object) -> None:
    firsts = {query: [hit["url"] for hit in _search(page, query)[:1]] for query, _ in QUERIES}
    assert firsts == {query: [f"q/{id_}.html"] for query, id_ in QUERIES}


def test_the_archive_comes_below_the_entries(page: object) -> None:
    found = [(hit["url"], hit["archive"]) for hit in _search(page, "解約")]
    assert found == [("q/KB-0001.html", False), ("q/manual-5.html", True)]


def test_what_is_only_implied_comes_last_and_is_called_weak(page: object) -> None:
    hits = _search(page, "フィルターの交換時期はいつですか")
    weak = {hit["url"]: bool(hit.get("weak")) for hit in hits}
    assert next(iter(weak)) == "q/KB-0014.html"
    assert not weak["q/KB-0014.html"]
    assert weak["q/KB-0018.html"]
    assert list(weak.values()) == sorted(weak.values())


def test_a_word_may_be_half_typed(page: object) -> None:
    for typed in ("給水タ", "給水タン", "給水タンク"):
        assert _search(page, typed)[0]["url"] == "q/KB-0010.html"
    assert _search(page, "kz")[0]["url"] == "q/KB-0014.html"


def test_a_letter_may_be_wrong(page: object) -> None:
    assert "q/KB-0014.html" in [hit["url"] for hit in _search(page, "フィレター交換時期")]


def _shown(pieces: list[tuple[str, bool]]) -> str:
    return "".join(f"[{text}]" if marked else text for text, marked in pieces)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("かいやく", "定期コースを[解約]したい"),
        ("カイヤク", "定期コースを[解約]したい"),
        ("ﾌｨﾙﾀｰ ていれ", "[フィルター]のお[手入れ]方法"),
        ("引越し", "[引っ越]しをする"),
        ("引っ越すとき", "[引っ越し]をする"),
        ("かいやく手続き", "定期コースを[解約]したい"),
        ("へんぴんのやりかた", "[へんぴん]のやりかた"),
    ],
)
def test_what_matched_is_marked_though_spelled_otherwise(page: object, query: str, title: str) -> None:
    assert _shown(_search(page, query)[0]["titleMarks"]) == title  # type: ignore[arg-type]


def test_a_page_in_kana_is_found_by_its_kanji_and_the_reverse(page: object) -> None:
    for query in ("返品", "へんぴん"):
        found = {hit["url"]: _shown(hit["titleMarks"]) for hit in _search(page, query)}  # type: ignore[arg-type]
        assert (found["q/KB-0005.html"], found["q/KB-0903.html"]) == ("商品を[返品]したい", "[へんぴん]のやりかた")


def test_the_archive_is_found_by_the_sound_of_its_text(page: object) -> None:
    assert [hit["url"] for hit in _search(page, "りゆうこーど")] == ["q/manual-5.html"]


def test_a_verb_is_found_by_a_form_that_no_page_has(page: object) -> None:
    assert _search(page, "窓をあけて拭いた")[0]["url"] == "q/KB-0901.html"


def test_a_verb_is_found_by_its_kanji_alone(page: object) -> None:
    assert _search(page, "返したい")[0]["url"] == "q/KB-0005.html"


def test_what_matched_by_sound_is_marked_below_the_title(page: object) -> None:
    shown = {hit["url"]: _shown(hit["snippetMarks"]) for hit in _search(page, "かいやく")}  # type: ignore[arg-type]
    assert shown["q/manual-5.html"].startswith("[解約]の受付では")


def test_a_piece_of_a_word_finds_nothing_where_the_whole_word_is_found(page: object) -> None:
    assert [hit["url"] for hit in _search(page, "かいやく")] == ["q/KB-0001.html", "q/manual-5.html"]
    assert "q/KB-0901.html" in [hit["url"] for hit in _search(page, "いやなにおい")]


def test_a_word_after_a_space_is_marked(page: object) -> None:
    shown = {hit["url"]: _shown(hit["titleMarks"]) for hit in _search(page, "E03")}  # type: ignore[arg-type]
    assert shown["q/KB-0012.html"] == "エラー表示 [E03] が消えない"


@pytest.mark.parametrize("way", ["http", "file"])
def test_a_page_that_stays_open_finds_what_is_published_anew(way: str, chromium: Any, tmp_path: Path) -> None:
    durable.write(tmp_path / "index.html", PAGE)
    write_index([BrowserPage("q/old.html", "商品を返品したい", "", "")], tmp_path / "find", durable.write)
    with served(tmp_path) as address:
        page = chromium.new_page()
        page.goto(f"{address}index.html" if way == "http" else (tmp_path / "index.html").as_uri())
        page.evaluate("window.index = kbSearch.open(new URL('find/', location.href).href)")
        assert [hit["url"] for hit in _search(page, "返品")] == ["q/old.html"]
        pages = [BrowserPage(f"q/new{n}.html", f"保証期間を知りたい{n}", "", "") for n in range(30)]
        write_index(pages, tmp_path / "find", durable.write)
        assert len(_search(page, "保証期間")) == 5
        page.close()


@pytest.mark.parametrize("query", ["ペンギン", "", " ", "constructor", "__proto__", "!?"])
def test_nothing(page: object, query: str) -> None:
    assert _search(page, query) == []
