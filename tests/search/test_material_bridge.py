"""The index behind the search box of Material itself, in a site that MkDocs built."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kbtool import durable
from kbtool.search.browser import STUBS, BrowserPage, write_index
from tests.search.desk import ENTRIES
from tests.search.serving import served

pytestmark = pytest.mark.browser

CONFIGURATION = """\
site_name: よくあるご質問
use_directory_urls: false
theme: {name: material, language: ja, font: false, custom_dir: theme}
plugins: [search]
"""
SCRIPTS = """\
{% extends "base.html" %}
{% block scripts %}
<script src="{{ 'find/client.js' | url }}"></script>
<script src="{{ 'find/material_bridge.js' | url }}"></script>
{{ super() }}
{% endblock %}
"""
HOSTILE = BrowserPage("q/x.html", "<img src=x onerror=alert(1)>危険な題名", "<b>分類</b>", "<script>alert(2)</script>")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = tmp_path_factory.mktemp("project")
    durable.write(project / "mkdocs.yml", CONFIGURATION)
    durable.write(project / "theme" / "main.html", SCRIPTS)
    durable.write(project / "docs" / "index.md", "# ご質問\n")
    durable.write(project / "docs" / "q" / "deep.md", "# 深いページ\n")
    target = project / "よくある ご質問"
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-f", project / "mkdocs.yml", "-d", target],
        check=True,
        timeout=60,
    )
    pages = [BrowserPage(f"q/{one.id}.html", one.question, one.category, one.answer, one.variants) for one in ENTRIES]
    write_index([*pages, HOSTILE], target / "find", durable.write)
    for path, text in STUBS.items():
        durable.write(target / path, text)
    return target


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture(params=["http", "file"])
def page(request: pytest.FixtureRequest, chromium: Any, site: Path, server: str) -> Iterator[Any]:
    opened = chromium.new_page()
    opened.requests = []
    opened.on("request", lambda asked: opened.requests.append(asked.url))
    opened.on("dialog", lambda dialog: pytest.fail(dialog.message))
    opened.goto((server if request.param == "http" else site.as_uri() + "/") + "q/deep.html")
    yield opened
    opened.close()


def _first(page: Any) -> str:
    found = page.locator(".md-search-result__link").first
    found.wait_for(state="attached", timeout=5_000)
    return str(found.get_attribute("href"))


def _await_first(page: Any, name: str) -> None:
    page.wait_for_function(
        "name => (document.querySelector('.md-search-result__link') || {href: ''}).href.includes(name)",
        arg=name,
        timeout=5_000,
    )


def test_the_box_answers(page: Any) -> None:
    page.locator(".md-search__input").click()
    page.keyboard.insert_text("かいやく")
    page.keyboard.press("Shift")
    assert _first(page).endswith("/q/KB-0001.html")


def test_it_answers_while_one_types(page: Any) -> None:
    page.locator(".md-search__input").click()
    page.keyboard.type("e0")
    _await_first(page, "KB-0012")
    page.keyboard.type("5")
    _await_first(page, "KB-0013")


def test_a_composition_is_waited_for(page: Any) -> None:
    box = page.locator(".md-search__input")
    box.click()
    box.dispatch_event("compositionstart")
    page.keyboard.insert_text("かいy")
    page.keyboard.press("Shift")
    page.wait_for_timeout(400)
    assert page.locator(".md-search-result__link").count() == 0
    box.fill("解約")
    box.dispatch_event("compositionend")
    assert _first(page).endswith("/q/KB-0001.html")


def test_nothing_is_fetched_twice_while_one_types(page: Any) -> None:
    page.locator(".md-search__input").click()
    page.keyboard.type("e03 e05")
    _await_first(page, "KB-00")
    pieces = [url for url in page.requests if "/find/" in url]
    assert len(pieces) == len(set(pieces))


def test_nothing_that_others_wrote_runs(page: Any) -> None:
    page.locator(".md-search__input").click()
    page.keyboard.insert_text("危険な題名")
    page.keyboard.press("Shift")
    assert _first(page).endswith("/q/x.html")
    assert page.locator(".md-search-result img, .md-search-result b, .md-search-result script").count() == 0


def test_nobody_else_is_asked(page: Any, server: str) -> None:
    page.locator(".md-search__input").click()
    page.keyboard.insert_text("解約")
    page.keyboard.press("Shift")
    _first(page)
    assert [url for url in page.requests if not url.startswith((server, "file:", "data:"))] == []
