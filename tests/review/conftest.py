"""A small knowledge base with a scanned page, a slip and a conflict, and the room opened for it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kbtool import messages
from kbtool.document import Block, Box, Cell, Document, Doubt, Kind, Method, Page, Provenance, SourceFile
from kbtool.entry import Entry, EntryType, Origin, Section, Source
from kbtool.inquiry import FieldState, FieldValue, Inquiry
from kbtool.knowledge import KnowledgeBase, accept, inquiries
from kbtool.project import Project
from kbtool.review import Guard, review_app

TODAY = date(2026, 7, 15)
SETTINGS = """\
categories:
  - {name: 定期コース, slug: course}
  - {name: その他, slug: other}
"""
PEOPLE = "a.mihon: {name: 見本}\nb.reiji: {name: 例示}\n"
FORM = """\
schema: 1
name: slip
title: お問い合わせ票
fields:
  - {name: received_on, label: 受付日, type: date, zone: [0.1, 0.1, 0.3, 0.2]}
  - {name: content, label: 内容, type: text, zone: [0.1, 0.3, 0.9, 0.5]}
  - name: csat
    label: 満足度
    type: scale
    mark: ring
    zone: [0.1, 0.6, 0.9, 0.7]
    options:
      - {value: 2, label: ②満足, zone: [0.1, 0.6, 0.4, 0.7]}
      - {value: 1, label: ①不満, zone: [0.5, 0.6, 0.8, 0.7]}
"""
PICTURE = b"RIFF\x04\x00\x00\x00WEBP"
BOX = Box(0.1, 0.2, 0.9, 0.3)


def document(slug: str, name: str, sha256: str, *texts: str) -> Document:
    place = Provenance(slug, 1, BOX, Method.OCR, "tesseract", 95.0, 62.0)
    left, right = Box(0.1, 0.2, 0.5, 0.3), Box(0.5, 0.2, 0.9, 0.3)
    cells = (Cell(0, 0, "送料", left), Cell(0, 1, "650円", right, confidence=55.4))
    doubts = (Doubt("650", Box(0.51, 0.21, 0.6, 0.29), 55.4),)
    blocks = [Block(Kind.PARAGRAPH, text, place) for text in texts]
    page = Page(
        1, 595.0, 842.0, Method.OCR, (*blocks, Block(Kind.TABLE, "送料\t650円", place, cells=cells, doubts=doubts))
    )
    return Document(slug, name.removesuffix(".pdf"), (SourceFile(name, sha256),), (page,), "t1")


def draft(key: str, question: str, answer: str, **more: object) -> Entry:
    source = Source("業務マニュアル", "ab" * 32, 1, BOX, "ocr", "tesseract", 95.0, 62.0, "cd")
    values: dict[str, object] = {"needs_review": ("numbers",)} | more
    return Entry(
        *("", EntryType.QA, question, (Section("回答", answer),), "定期コース"),
        **{"origin": Origin.CONVERTED, "origin_key": key, "source": (source,), **values},  # type: ignore[arg-type]
    )


SLIP = Inquiry(
    "T260408-001",
    "slip",
    "slips-1",
    (1,),
    {
        "received_on": FieldValue("令和8年", None, 40.0, FieldState.NEEDS_REVIEW, 1, BOX, "low_confidence"),
        "content": FieldValue("加母ナ又", None, 30.0, FieldState.NEEDS_MANUAL, 1, BOX, "handwriting"),
        "csat": FieldValue("②満足・①不満", None, 99.0, FieldState.NEEDS_REVIEW, 1, BOX, "two_marks"),
    },
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """Three entries (KB-0003 in conflict) of one scanned page, and a slip."""
    monkeypatch.setenv("KBTOOL_DATE", str(TODAY))
    messages.choose("ja")
    (tmp_path / "kb" / "forms").mkdir(parents=True)
    (tmp_path / "source_manuals").mkdir()
    for name, text in (("settings.yml", SETTINGS), ("people.yml", PEOPLE), ("forms/slip.yml", FORM)):
        (tmp_path / "kb" / name).write_text(text, encoding="utf-8")
    for name in ("業務マニュアル.pdf", "票.pdf"):
        (tmp_path / "source_manuals" / name).write_bytes(b"%PDF-")
    made = Project(tmp_path)
    kb = KnowledgeBase(made)
    manual = document("manual-1", "業務マニュアル.pdf", "ab" * 32, "お届け予定日の10日前までにお電話ください。")
    drafts = [
        draft("k1", "次回のお届けを休みたい", "10日前までにお電話ください。送料は650円です。"),
        draft("k2", "届け先を変えたい", "マイページで変えられます。", needs_review=()),
        draft("k3", "支払い方法を知りたい", "カードからお選びください。", needs_review=()),
    ]
    accept(kb, manual, drafts, TODAY)
    person = replace(kb.entry("KB-0003"), sections=(Section("回答", "後払いからお選びください。"),), author="a.mihon")
    kb.save(person)
    again = replace(drafts[2], sections=(Section("回答", "口座振替からお選びください。"),))
    accept(kb, replace(manual, fingerprint="t2"), [*drafts[:2], again], TODAY)
    accept(kb, document("slips-1", "票.pdf", "cd" * 32), (), TODAY, private=True)
    inquiries.save(kb, (SLIP,))
    yield made
    messages.choose(None)


class Visitor:
    """A person's browser without scripts: follows links, fills forms, keeps what the page said."""

    def __init__(self, app: Flask, guard: Guard) -> None:
        self.client: FlaskClient = app.test_client()
        self.client.get("/enter", query_string={"key": guard.key})

    def get(self, address: str) -> str:
        answer = self.client.get(address)
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, address: str, seen_in: str | None = None, **values: object) -> tuple[int, str]:
        """Send the form that ``seen_in`` (default: the page as it stands) holds; returns status and page or target."""
        page = seen_in or self.get(address)
        sent = {name: hidden(page, name) for name in ("token", "seen")} | form_of(page) | values
        answer = self.client.post(address, data=sent)
        return answer.status_code, answer.headers.get("Location") or answer.text


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


def form_of(page: str) -> dict[str, object]:
    """The texts of an entry's form as a browser would send them."""
    texts = re.findall(r'<textarea id="[^"]*" name="([^"]*)"[^>]*>\n(.*?)</textarea>', page, flags=re.DOTALL)
    chosen = re.findall(r'<select id="category" name="category">.*?<option selected>([^<]*)<', page)
    return {name: text for name, text in texts if text} | ({"category": chosen[0]} if chosen else {})


@pytest.fixture
def visit(project: Project) -> Callable[[str], Visitor]:
    """Open the room as somebody."""

    def opened(by: str = "b.reiji") -> Visitor:
        guard = Guard()
        return Visitor(review_app(project, by, lambda document, page: PICTURE, guard), guard)

    return opened


@pytest.fixture
def kb(project: Project) -> KnowledgeBase:
    return KnowledgeBase(project)
