"""Customers' questions, written from the demo manuals alone, asked in a browser on the built site of the demo."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.recipes.test_demo_knowledge_base import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.slow]
QUESTIONS = [
    line.split("\t")
    for line in Path(__file__).with_name("customers_questions.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
#: What a person sees of the results without scrolling.
SEEN = 5


def test_thirty_questions_are_answered_in_a_browser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kbtool: Callable[..., object]
) -> None:
    monkeypatch.setenv("KBTOOL_DATE", "2026-07-15")
    for name in ("kb", "source_manuals"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("private"))
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    kbtool("-C", tmp_path, "publish", "internal")
    missed = {}
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.goto((tmp_path / "site" / "internal" / "results.html").as_uri())
        for question, wanted in QUESTIONS:
            page.locator("#kb-words").fill(question)
            page.keyboard.press("Enter")
            page.wait_for_function(
                "text => document.querySelector('#kb-count').textContent.includes(text)", arg=question
            )
            page.wait_for_selector("#kb-hits li", timeout=5_000, state="attached")
            found = page.locator("#kb-hits .kb-question").all_inner_texts()[:SEEN]
            if not any(re.search(wanted, heading) for heading in found):
                missed[question] = found
        browser.close()
    assert len(QUESTIONS) == 30
    assert missed == {}
