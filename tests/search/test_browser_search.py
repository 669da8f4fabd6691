"""The search of a site in a real Chromium: over http and by double click, behind Material's own box."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kbtool import durable
from kbtool.search.browser import BrowserPage, write_index
from tests.search.desk import DOCUMENTS

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="needs Chromium"),
]

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
        BrowserPage(f"q/{one.id}.html", one.question, one.category, one.answer, one.variants)
        for one in DOCUMENTS
        if not one.page or one.category
    ]
    write_index(pages, root / "find", durable.write)
    durable.write(root / "index.html", PAGE)
    return root


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}/index.html"
        running.shutdown()


@pytest.fixture(params=["http", "file"])
def page(request: pytest.FixtureRequest, browser: object, site: Path, server: str) -> Iterator[object]:
    opened = browser.new_page()  # type: ignore[attr-defined]
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


def test_a_word_may_be_half_typed(page: object) -> None:
    for typed in ("給水タ", "給水タン", "給水タンク"):
        assert _search(page, typed)[0]["url"] == "q/KB-0010.html"
    assert _search(page, "kz")[0]["url"] == "q/KB-0014.html"


def test_a_letter_may_be_wrong(page: object) -> None:
    assert "q/KB-0014.html" in [hit["url"] for hit in _search(page, "フィレター交換時期")]


@pytest.mark.parametrize("query", ["ペンギン", "", " ", "constructor", "__proto__", "!?"])
def test_nothing(page: object, query: str) -> None:
    assert _search(page, query) == []
