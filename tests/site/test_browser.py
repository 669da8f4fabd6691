"""The sites in a real browser, opened by double click from a folder with Japanese and a space in its name."""

import pytest
from playwright.sync_api import Page

from tests.site.conftest import Built

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("やすみたい", "定期コースを1回だけ休みたい"),
        ("E03", "E03が表示されて運転しない"),
        ("フィルタ", "加湿フィルターはどう洗うか"),
    ],
)
def test_the_search_field_of_the_home_page_finds(asked: str, first: str, public: Built, page: Page) -> None:
    page.goto((public.tree / "index.html").as_uri())
    page.click("[data-kb-search]")
    page.wait_for_selector("[data-md-component=search-query]:focus")
    page.keyboard.type(asked)
    page.wait_for_selector(".md-search-result__item a")
    result = page.locator(".md-search-result__item a").first
    assert result.locator("h1, h2").first.inner_text() == first
    result.click()
    page.wait_for_selector("h1.kb-entry-title")
    assert page.inner_text("h1.kb-entry-title") == first


def test_an_entry_page_searches_from_its_own_depth(internal: Built, page: Page) -> None:
    page.goto((internal.tree / "e/KB-0001.html").as_uri())
    page.click("[data-md-component=search-query]")
    page.keyboard.type("返品")
    page.wait_for_selector(".md-search-result__item a")
    assert page.locator(".md-search-result__item a").first.get_attribute("href").endswith("/e/KB-0004.html")  # type: ignore[union-attr]


def test_an_operator_copies_the_answer(internal: Built, page: Page) -> None:
    page.goto((internal.tree / "e/KB-0001.html").as_uri())
    page.evaluate("document.addEventListener('copy', () => { window.copied = String(getSelection()); })")
    page.click("[data-kb-copy]")
    page.wait_for_selector("text=コピーしました")
    copied = page.evaluate("window.copied")
    assert copied is None or copied.startswith("はい、お休みできます。次回お届け予定日の8日前まで")


@pytest.mark.parametrize("address", ["index.html", "c/teiki.html", "q/q0002.html", "q/q0006.html", "updates.html"])
def test_a_small_screen_never_scrolls_sideways(address: str, public: Built, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto((public.tree / address).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_page_can_be_left_by_keyboard(public: Built, page: Page) -> None:
    page.goto((public.tree / "q/q0001.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#kb-content"
