"""One Chromium for all tests of the browser's search."""

from collections.abc import Iterator

import pytest

from tests.search.serving import CHROMIUM


@pytest.fixture(scope="package")
def chromium() -> Iterator[object]:
    playwright = pytest.importorskip("playwright.sync_api")
    if not CHROMIUM.exists():
        pytest.skip("needs Chromium")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()
