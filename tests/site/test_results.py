"""The page of search results in a real browser, opened by double click: keyboard, screen reader, filters, no hits."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.conftest import Built

pytestmark = pytest.mark.browser


def _open(page: Page, site: Built, words: str = "") -> None:
    page.goto((site.tree / "results.html").as_uri() + (f"#q={words}" if words else ""))


def test_it_finds_without_a_pointer(public: Built, page: Page) -> None:
    _open(page, public)
    expect(page.locator("#kb-words")).to_be_focused()
    page.keyboard.insert_text("返品したい")
    expect(page.locator("#kb-count")).to_contain_text("「返品したい」で")
    first = page.locator("#kb-hits a").first
    expect(first.locator(".kb-question")).to_have_text("届いた商品を返品したい")
    assert page.locator("#kb-count").get_attribute("aria-live") == "polite"
    for _ in range(6):
        page.keyboard.press("Tab")
        if first.evaluate("link => link === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("h1.kb-entry-title")
    assert page.inner_text("h1.kb-entry-title") == "届いた商品を返品したい"


def test_enter_in_the_search_box_leads_to_all_results(public: Built, page: Page) -> None:
    page.goto((public.tree / "q/q0001.html").as_uri())
    page.click("[data-md-component=search-query]")
    page.keyboard.insert_text("フィルタ")
    page.keyboard.press("Enter")
    page.wait_for_url("**/results.html#q=*")
    expect(page.locator("#kb-hits mark").first).to_have_text("フィルター")


def test_the_enter_that_ends_a_composition_leads_nowhere(public: Built, page: Page) -> None:
    page.goto((public.tree / "index.html").as_uri())
    box = page.locator("[data-md-component=search-query]")
    box.click()
    page.keyboard.insert_text("かいやく")
    box.evaluate("box => box.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true}))")
    assert page.url.endswith("index.html")


def test_no_hit_explains_itself_and_carries_the_words_to_a_person(public: Built, page: Page) -> None:
    _open(page, public, "ペンギン")
    expect(page.locator("#kb-count")).to_have_text("「ペンギン」に合う項目は見つかりませんでした。")
    expect(page.locator("#kb-none")).to_be_visible()
    expect(page.locator("#kb-carried")).to_have_text("ペンギン")
    expect(page.locator(".kb-phone")).to_have_text("0120-000-000")
    form = page.locator("[data-kb-form]").get_attribute("href")
    assert form == "https://kakuudo.example/contact?q=%E3%83%9A%E3%83%B3%E3%82%AE%E3%83%B3"


def test_results_are_narrowed_by_category(internal: Built, page: Page) -> None:
    _open(page, internal, "お届け")
    expect(page.locator("#kb-hits li").first).to_be_visible()
    before = page.locator("#kb-hits li").count()
    category = page.get_by_label("分類")
    category.select_option("お支払い・返品")
    expect(page.locator("#kb-count")).to_contain_text("絞り込んで")
    expect(page.locator("#kb-hits li").first).to_be_visible()
    assert 0 < page.locator("#kb-hits li").count() < before
    assert set(page.locator("#kb-hits .kb-meta").all_inner_texts()) == {"お支払い・返品"}
    page.reload()
    expect(page.locator("#kb-count")).to_contain_text("絞り込んで")


def test_a_composition_is_waited_for(public: Built, page: Page) -> None:
    _open(page, public)
    box = page.locator("#kb-words")
    box.evaluate("box => { box.value = 'へんぴn'; box.dispatchEvent(new InputEvent('input', {isComposing: true})); }")
    page.wait_for_timeout(400)
    assert page.inner_text("#kb-count") == ""
    box.evaluate("box => { box.value = '返品'; box.dispatchEvent(new CompositionEvent('compositionend')); }")
    expect(page.locator("#kb-count")).to_contain_text("「返品」で")


def test_what_was_typed_is_text(public: Built, page: Page) -> None:
    _open(page, public, "%3Cimg%20src=x%20onerror=alert(1)%3E")
    expect(page.locator("#kb-count")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("#kb-count img, #kb-carried img").count() == 0


@pytest.mark.parametrize("width", [320, 1280])
def test_it_never_scrolls_sideways(width: int, public: Built, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 700})
    _open(page, public, "返品")
    expect(page.locator("#kb-hits li").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_keys_lead_to_the_box_and_arrows_through_the_results(public: Built, page: Page) -> None:
    _open(page, public, "返品")
    first = page.locator("#kb-hits a").first
    expect(first).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator("#kb-words")).to_be_focused()
    assert page.input_value("#kb-words") == "返品"
    page.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator("#kb-words")).to_be_focused()


def test_going_back_keeps_the_question(public: Built, page: Page) -> None:
    _open(page, public, "返品")
    page.locator("#kb-hits a").first.click()
    page.wait_for_selector("h1.kb-entry-title")
    page.go_back()
    expect(page.locator("#kb-words")).to_have_value("返品")
    expect(page.locator("#kb-hits a").first).to_be_visible()


def test_pages_of_documents_stand_in_a_group_of_their_own(internal: Built, page: Page) -> None:
    _open(page, internal, "マニュアル")
    group = page.get_by_role("region", name="資料のページ")
    expect(group.locator("li").first).to_be_visible()
    assert page.locator("#kb-hits a[href*='/archive/']").count() == 0


def test_a_missing_piece_is_said_in_words(public: Built, browser: Browser) -> None:
    page = browser.new_page()
    page.route("**/assets/search/w*.js*", lambda route: route.abort())
    _open(page, public, "返品")
    expect(page.locator("#kb-count")).to_contain_text("検索のファイルを読めませんでした")
    page.goto((public.tree / "index.html").as_uri())
    page.click("[data-md-component=search-query]")
    page.keyboard.type("返品")
    expect(page.get_by_role("alert")).to_contain_text("検索のファイルを読めませんでした")
    page.close()


@pytest.mark.parametrize("address", ["index.html", "results.html"])
def test_it_searches_where_storage_is_refused(address: str, public: Built, page: Page) -> None:
    page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name,"
        " { configurable: true, get() { throw new DOMException('refused', 'SecurityError'); } })"
    )
    page.goto((public.tree / address).as_uri())
    page.click("[data-md-component=search-query]")
    page.keyboard.type("返品")
    expect(page.locator(".md-search-result__item a").first).to_be_visible()


def test_without_scripts_a_sentence_shows_the_way(public: Built) -> None:
    html = public.page("results.html")
    assert "<noscript>" in html and "分類からおさがしください" in html
    assert 'content="noindex"' in html
    assert "results.html" not in public.page("sitemap.xml")
