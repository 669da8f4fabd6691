"""A scanned pile is split on the user's word: by blank pages, covers and forms, and says how."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kbtool.document import Block, Box, Document, Kind, Method, Page, Provenance, SourceFile
from kbtool.knowledge import KnowledgeBase
from kbtool.project import Project
from kbtool.recipes import stacks
from kbtool.recipes.ingest import ingest
from tests.conftest import Answer
from tests.intake.papers import pdf
from tests.recipes.test_editions import ADDRESS, FAX, PAUSE, PAYMENT, RETURN, page

Words = list[tuple[float, float, str]]
PILE = "scan-0412.pdf"
COVERS = {"返品": "返品受付マニュアル 第4版", "支払い": "お支払いの手引き"}


def cover(title: str) -> Words:
    return [(120.0, 300.0, title), (120.0, 360.0, "株式会社架空堂ライフ"), (120.0, 400.0, "2026年4月 発行")]


def paper(number: int, text: str = "", form: str = "") -> Page:
    place = Provenance("a", number, Box(0.1, 0.2, 0.9, 0.3), Method.OCR, "試験", 99.0, 99.0)
    blocks = tuple(Block(Kind.PARAGRAPH, line, place) for line in text.split("\n") if line)
    return Page(number, 595.0, 842.0, Method.OCR, blocks, form=form)


PROSE = "お届け予定日の10日前までに、お電話またはマイページでお手続きください。代金はかかりません。" * 4


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((PROSE, "", PROSE), [(2, "blank", 2)]),
        ((PROSE, "", "", PROSE, PROSE), []),  # two blank pages of five: the backs of sheets
        ((PROSE, PROSE, PROSE, "", "", PROSE, PROSE), [(5, "blank", 5)]),
        (("", PROSE, PROSE, ""), []),
        ((PROSE, "", PROSE, "", PROSE, ""), []),
        ((PROSE, "返品受付マニュアル 第4版\n株式会社架空堂ライフ", PROSE), [(1, "cover", 2)]),
        ((PROSE, "第2章 返品マニュアルの使い方\n株式会社架空堂ライフ", PROSE), []),
        ((PROSE, PROSE, "株式会社架空堂ライフ\n〒000-0000 架空県みほん市"), []),
        ((PROSE, "くわしくは返品受付マニュアルをご覧ください。", PROSE), []),
    ],
)
def test_where_documents_begin(texts: tuple[str, ...], expected: list[tuple[int, str, int]]) -> None:
    pages = tuple(paper(number, text) for number, text in enumerate(texts, 1))
    document = Document("a", "束", (SourceFile("束.pdf", "0" * 64),), pages, "")
    assert [(cut.at, cut.sign.value, cut.page) for cut in stacks.cuts(document)] == expected


def test_slips_part_what_lies_before_them_and_keep_what_follows() -> None:
    """The page behind a slip may hold personal data: without a sign of its own it stays with the slip."""
    pages = (
        paper(1, PROSE),
        paper(2, "票", "slip"),
        paper(3, "票", "slip"),
        paper(4, PROSE),
        paper(5),
        paper(6, PROSE),
    )
    document = Document("a", "束", (SourceFile("束.pdf", "0" * 64),), pages, "")
    found = stacks.cuts(document)
    assert [(cut.at, cut.sign.value) for cut in found] == [(1, "form"), (5, "blank")]
    assert [[page.number for page in part.pages] for part in stacks.parts(document, found)] == [[1], [2, 3, 4, 5], [6]]


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    monkeypatch.setenv("KBTOOL_DATE", "2026-11-02")
    monkeypatch.setenv("KBTOOL_LANG", "ja")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kb").mkdir()
    (tmp_path / "source_manuals").mkdir()
    one, other = COVERS.values()
    pile = (cover(one), page(RETURN, PAUSE), page(ADDRESS), cover(other), page(PAYMENT, FAX), page(FAX, PAYMENT))
    (tmp_path / "source_manuals" / PILE).write_bytes(pdf(*pile))
    return KnowledgeBase(Project(tmp_path))


def holdings(kb: KnowledgeBase) -> dict[str, list[int]]:
    return {record.title: [each.page for each in record.pages] for record in kb.documents.records().values()}


def test_a_pile_is_split_and_says_how(kb: KnowledgeBase, kbtool: Callable[..., Answer]) -> None:
    answer = kbtool("ingest", "--split")
    assert answer.code == 0, answer.err
    assert f"{PILE} を 2 つの資料に分けました（4 ページの表紙から）" in answer.err
    assert holdings(kb) == {"返品受付マニュアル": [1, 2, 3], "お支払いの手引き": [4, 5, 6]}
    editions = sorted(record.edition for record in kb.documents.records().values())
    assert editions == ["", "第4版"]
    (payment,) = [entry for entry in kb.entries().values() if entry.question == PAYMENT[0]]
    assert payment.source[0].page == 5
    slug = kb.documents.holder(payment.source[0].sha256, 5)
    assert kb.documents.record(slug).title == "お支払いの手引き"
    before = {path: path.read_bytes() for path in kb.project.kb.rglob("*") if path.is_file()}
    assert "6 ページ（読み取り済み）" in kbtool("ingest").out
    assert kbtool("ingest", "--reread").code == 0
    assert {path: path.read_bytes() for path in kb.project.kb.rglob("*") if path.is_file()} == before


def test_without_the_word_it_is_one_document_with_a_hint_and_may_be_split_later(
    kb: KnowledgeBase, kbtool: Callable[..., Answer]
) -> None:
    answer = kbtool("ingest")
    assert f"kbtool ingest source_manuals/{PILE} --split" in answer.err
    assert len(kb.documents.slugs()) == 1
    before = {entry.question: id_ for id_, entry in kb.entries().items()}
    assert kbtool("ingest", "--split").code == 0  # says nothing of this file: it is known
    assert len(kb.documents.slugs()) == 1
    answer = kbtool("ingest", PILE, "--split")
    assert answer.code == 0, answer.err
    assert len(kb.documents.slugs()) == 2
    after = kb.entries()
    assert {entry.question: id_ for id_, entry in after.items()} == before
    assert all("source_gone" not in entry.needs_review for entry in after.values())


class Cut(Exception):
    pass


def cut_at(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, document: int, only: list[str] | None = None) -> None:
    """Split the pile, and stop at the drafts of its n-th document."""
    keep = kb.documents.save_drafts
    calls: list[str] = []

    def cut(slug: str, drafts: object) -> bool:
        calls.append(slug)
        if len(calls) == document:
            raise Cut
        return keep(slug, drafts)  # type: ignore[arg-type]

    with monkeypatch.context() as broken:
        broken.setattr(kb.documents, "save_drafts", cut)
        with pytest.raises(Cut):
            ingest(kb, jobs=1, split=True, only=only)
    assert kb.documents.known_sources() == {}


def test_a_part_that_was_not_accepted_is_taken_by_the_next_run(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    cut_at(kb, monkeypatch, 2)
    ingest(kb, jobs=1)
    assert holdings(kb) == {"返品受付マニュアル": [1, 2, 3], "お支払いの手引き": [4, 5, 6]}
    assert len(kb.entries()) == 5


@pytest.mark.parametrize("document", [1, 2])
def test_a_pile_that_was_whole_and_cut_off_while_split_is_split_by_the_next_run(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch, document: int
) -> None:
    ingest(kb, jobs=1)
    before = {entry.question: id_ for id_, entry in kb.entries().items()}
    cut_at(kb, monkeypatch, document, only=[PILE])
    ingest(kb, jobs=1)
    assert sorted(holdings(kb).values()) == [[1, 2, 3], [4, 5, 6]]
    assert {entry.question: id_ for id_, entry in kb.entries().items()} == before
    assert all("source_gone" not in entry.needs_review for entry in kb.entries().values())
