"""The review room in a real browser: a correction is saved, lies on the disk, and another person approves it."""

import threading
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from kbtool.entry import Status
from kbtool.knowledge import KnowledgeBase
from kbtool.recipes.review_pictures import review_pictures
from kbtool.review import Guard, RoomServer, review_app, room_server
from tests.review.conftest import SLIP, kb, project  # noqa: F401  (fixtures)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def enter(kb: KnowledgeBase, browser: Browser) -> Iterator[Callable[[str], Page]]:  # noqa: F811
    """Open the room as somebody, in a browser of their own that must not complain."""
    rooms: list[RoomServer] = []
    complaints: list[str] = []

    def opened(by: str) -> Page:
        guard = Guard()
        room = room_server(review_app(kb.project, by, review_pictures(kb), guard), guard)
        rooms.append(room)
        threading.Thread(target=room.run, daemon=True).start()
        page = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        page.goto(room.url)
        return page

    yield opened
    for room in rooms:
        room.close()
    assert complaints == []


def test_edit_save_and_approve(enter: Callable[[str], Page], kb: KnowledgeBase) -> None:  # noqa: F811
    author = enter("a.mihon")
    author.click("text=次回のお届けを休みたい")
    author.fill("textarea[name='section.回答']", "7日前までにお電話ください。")
    author.keyboard.press("Control+s")
    author.wait_for_selector("text=保存しました")
    assert "7日前までにお電話ください。" in (kb.folder / "course" / "KB-0001.md").read_text(encoding="utf-8")

    reviewer = enter("b.reiji")
    reviewer.click("text=次回のお届けを休みたい")
    reviewer.check("text=数字を画像と見比べた")
    reviewer.click("text=承認して次へ")
    reviewer.wait_for_selector("text=承認しました")
    approved = kb.entry("KB-0001")
    assert (approved.status, approved.author, approved.approved_by) == (Status.APPROVED, "a.mihon", "b.reiji")


def test_keys_turn_the_pages(enter: Callable[[str], Page]) -> None:
    page = enter("b.reiji")
    page.keyboard.press("j")
    page.wait_for_url("**/entry/KB-0003")
    page.keyboard.press("j")
    page.wait_for_url(f"**/inquiry/{SLIP.number}")
    page.keyboard.press("k")
    page.wait_for_url("**/entry/KB-0003")
    page.click("textarea[name=question]")
    page.keyboard.type("j")
    assert page.input_value("textarea[name=question]").count("j") == 1
    assert page.url.endswith("/entry/KB-0003")


def test_typing_ticks_a_slip_s_field(enter: Callable[[str], Page]) -> None:
    page = enter("b.reiji")
    page.click("text=お問い合わせ票 T260408-001")
    page.select_option("select[name='field.csat']", "2")
    assert page.is_checked("input[name='done.csat']")
    page.click("text=印を付けた欄を記録する")
    page.wait_for_selector("text=記録しました")


@pytest.mark.parametrize("address", ["/", "/entry/KB-0001", "/entry/KB-0003", f"/inquiry/{SLIP.number}"])
def test_a_small_screen_never_scrolls_sideways(enter: Callable[[str], Page], address: str) -> None:
    page = enter("b.reiji")
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(page.url.rstrip("/") + address)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
