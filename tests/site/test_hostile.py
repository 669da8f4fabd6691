"""Nothing that somebody wrote into an entry, a title or a document runs in a reader's browser."""

import base64
import hashlib
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from kbtool import site
from kbtool.entry import Audience, Escalation, Product, Section
from kbtool.site.content import Contact, ShownEntry, SiteContent, Term, Tombstone, address
from kbtool.site.markup import to_html
from tests.site import sample

LINES = (Path(__file__).parent / "payloads.txt").read_text(encoding="utf-8").splitlines()
PAYLOADS = [line for line in LINES if not line.startswith("# One hostile")]
FORBIDDEN = {"iframe", "object", "embed", "base", "style", "template", "marquee", "video", "audio", "math", "details"}


def hostile(audience: Audience) -> SiteContent:
    """A site on which every text that people write is a payload."""
    content = sample.content(audience)
    model = sample.ENTRIES[0]
    shown = []
    for number, payload in enumerate(PAYLOADS, 100):
        sections = [Section("回答", f"{payload}\n\n文中 {payload} 文中\n\n- {payload}\n\n|表|\n|--|\n|{payload}|")]
        sections += [Section("手順", payload), Section("トークスクリプト", payload), Section("社内メモ", payload)]
        entry = replace(
            model,
            id=f"KB-{number:04}",
            public_id=f"q{number:04}",
            question=payload,
            sections=tuple(sections),
            products=(Product(payload, (payload,)),),
            variants=(payload,),
            channels=(payload,),
            tags=(payload, "must_know"),
            needs_review=(payload,),
            owner=payload,
            escalation=(Escalation(payload, payload, payload, payload),),
            source=(replace(sample.source(1, 0.1), doc=payload), sample.source(1, 0.1)),
            safety=number % 2 == 0,
            related=(f"KB-{100 + (number + 1) % len(PAYLOADS):04}",),
        )
        shown.append(ShownEntry(entry, address(audience, entry), sample.TODAY, sample.TODAY, payload))
    stones = [Tombstone(f"{one.address[:2]}x{n}.html", one.entry.question) for n, one in enumerate(shown)]
    lines = [
        replace(content.log[0], title=one.entry.question, sentence=one.entry.question, by=one.entry.question,
                note=one.entry.question, address=one.address)
        for one in shown
    ]  # fmt: skip
    settings = content.settings
    every = " ".join(PAYLOADS)
    company = replace(settings.company, name=every, phone=every, hours=every, notice=every, contact_url=PAYLOADS[30])
    categories = tuple(replace(category, name=PAYLOADS[n]) for n, category in enumerate(settings.categories))
    shown = [replace(one, entry=replace(one.entry, category=categories[n % 3].name)) for n, one in enumerate(shown)]
    sites = replace(settings.sites, public_title=every, internal_title=every)
    document = sample.document()
    pages = tuple(replace(page, text=every) for page in document.pages)
    inside = audience is not Audience.PUBLIC
    return replace(
        content,
        settings=replace(settings, company=company, categories=categories, sites=sites),
        entries=tuple(shown),
        log=tuple(lines),
        tombstones=tuple(stones),
        documents=(replace(document, title=every, edition=every, pages=pages),) if inside else (),
        contacts=tuple(Contact(text, text, text, text) for text in PAYLOADS) if inside else (),
        glossary=tuple(Term(text, text) for text in PAYLOADS) if inside else (),
    )


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> dict[Audience, Path]:
    folder = tmp_path_factory.mktemp("hostile")
    for audience in (Audience.PUBLIC, Audience.INTERNAL):
        site.build(hostile(audience), folder / audience, cache)
    return {audience: folder / audience for audience in (Audience.PUBLIC, Audience.INTERNAL)}


class Live(HTMLParser):
    """Collects whatever in a page could act."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._script = False
        self._policy = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if given.get("http-equiv") == "Content-Security-Policy":
            self._policy = given["content"]
        elif "http-equiv" in given or tag in FORBIDDEN:
            self.found.append(f"<{tag}>")
        self._script = tag == "script" and "src" not in given and not given.get("type", "").startswith("application/")
        for name, value in given.items():
            bare = re.sub(r"[\s\x00-\x20]", "", value).lower()
            if name.startswith("on") or name in ("srcdoc", "formaction", "style", "ping"):
                self.found.append(f"{tag} {name}")
            if name in ("href", "src", "action", "xlink:href") and re.match(r"(?!https?:|mailto:)[a-z]+:", bare):
                self.found.append(f"{tag} {name}={value[:40]}")
            if tag == "script" and name == "src" and not re.match(r"(\.\./)?assets/", value):
                self.found.append(f"script {value[:40]}")

    def handle_data(self, data: str) -> None:
        if self._script:
            digest = base64.b64encode(hashlib.sha256(data.encode()).digest()).decode()
            if digest not in self._policy or "MARK" in data:
                self.found.append(f"inline script {data[:40]}")

    def handle_endtag(self, tag: str) -> None:
        self._script = False


def test_there_are_enough_payloads() -> None:
    assert len(PAYLOADS) >= 60


def test_no_page_holds_anything_live(trees: dict[Audience, Path]) -> None:
    for tree in trees.values():
        checked = 0
        for path in tree.rglob("*.html"):
            # the page for missing addresses has kbtool's own <base>
            html = path.read_text(encoding="utf-8").replace('<base href="/faq/">', "")
            assert Live(html).found == [], path.name
            checked += 1
        assert checked > 2 * len(PAYLOADS)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_the_answer_alone_is_harmless(payload: str) -> None:
    assert Live(to_html(payload, {}, "表")).found == []


def test_links_reach_only_the_web_and_known_entries() -> None:
    text = "[a](KB-0002) [b](KB-9999) [c](../private) [d](https://kakuudo.example/x) [e](mailto:info@kakuudo.example)"
    html = to_html(text, {"KB-0002": "KB-0002.html"}, "表")
    assert re.findall(r'href="([^"]*)"', html) == [
        "KB-0002.html",
        "https://kakuudo.example/x",
        "mailto:info@kakuudo.example",
    ]
    assert "<a>b</a>" in html or ">b<" in html or " b " in html


@pytest.mark.browser
@pytest.mark.parametrize("step", [13, pytest.param(1, marks=pytest.mark.slow)])
def test_nothing_runs_in_chromium_even_without_the_policy(
    step: int, trees: dict[Audience, Path], browser: Browser
) -> None:
    context = browser.new_context(bypass_csp=True)
    context.add_init_script("window.MARK = () => { window.marked = true; }")
    context.route(re.compile(r"^https?:"), lambda route: route.abort())
    page = context.new_page()
    page.goto((trees[Audience.PUBLIC] / "index.html").as_uri())
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=MARK()>')")
    page.wait_for_function("window.marked")  # the marker works
    for tree in trees.values():
        for path in sorted(tree.rglob("*.html"))[::step]:
            page.goto(path.as_uri())
            assert page.evaluate("window.marked === undefined"), path.name
    context.close()
