"""The review room in a real browser: a correction is saved, lies on the disk, and another person approves it."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from kbtool.entry import Status
from kbtool.knowledge import KnowledgeBase
from tests.review.conftest import SLIP, kb, project  # noqa: F401  (fixtures)

pytestmark = pytest.mark.browser
#: Chromium drops keys that come before a new page's first frame.
PAINTED = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def enter(kb: KnowledgeBase, browser: Browser) -> Iterator[Callable[[str], Page]]:  # noqa: F811
    """Start the room as somebody and open it in a browser of their own, which must not complain."""
    rooms: list[subprocess.Popen[str]] = []
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(by: str) -> Page:
        command = [sys.executable, "-m", "kbtool", "-C", str(kb.project.root), "--json", "review"]
        rooms.append(subprocess.Popen([*command, "--by", by, "--port", "0"], stdout=subprocess.PIPE, text=True))
        assert rooms[-1].stdout is not None
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 900}))
        page = contexts[-1].new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        page.goto(json.loads(rooms[-1].stdout.readline())["url"])
        return page

    yield opened
    for context in contexts:
        context.close()
    for room in rooms:
        room.send_signal(signal.SIGINT)
        assert room.wait(timeout=20) == 0
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
    for key, address in (("j", "/entry/KB-0003"), ("j", f"/inquiry/{SLIP.number}"), ("k", "/entry/KB-0003")):
        page.evaluate(PAINTED)
        page.locator("body").press(key)
        page.wait_for_url(f"**{address}")
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


def test_a_small_screen_never_scrolls_sideways(enter: Callable[[str], Page]) -> None:
    page = enter("b.reiji")
    page.set_viewport_size({"width": 320, "height": 700})
    home = page.url.rstrip("/")
    for address in ("/", "/entry/KB-0001", "/entry/KB-0003", f"/inquiry/{SLIP.number}"):
        page.goto(home + address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
