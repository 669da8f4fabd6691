from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from kbtool import site
from kbtool.entry import Audience
from kbtool.site import SiteContent
from tests.site import sample


@dataclass(frozen=True)
class Built:
    """A built site and what was asked for."""

    tree: Path
    content: SiteContent
    report: site.BuildReport

    def page(self, address: str) -> str:
        return (self.tree / address).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for all tests, so that MkDocs runs once for each audience."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> dict[Audience, Built]:
    folder = tmp_path_factory.mktemp("sites") / "見本 サイト"
    sites = {}
    for audience in (Audience.PUBLIC, Audience.PARTNER, Audience.INTERNAL):
        content = sample.content(audience)
        sites[audience] = Built(folder / audience, content, site.build(content, folder / audience, cache))
    return sites


@pytest.fixture(scope="session")
def public(built: dict[Audience, Built]) -> Built:
    return built[Audience.PUBLIC]


@pytest.fixture(scope="session")
def internal(built: dict[Audience, Built]) -> Built:
    return built[Audience.INTERNAL]


@pytest.fixture(scope="session")
def partner(built: dict[Audience, Built]) -> Built:
    return built[Audience.PARTNER]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that fails the test when the browser complains or asks for anything outside the site."""
    context = browser.new_context()
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: complaints.append(request.url) if not request.url.startswith("file:") else None)
    yield page
    assert complaints == []
    context.close()
