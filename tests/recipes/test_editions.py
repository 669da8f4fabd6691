"""The same manual in a new file: what changed is reopened, what did not keeps its approval, nothing is doubled."""

import contextlib
import io
import os
import pty
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from kbtool.knowledge import KnowledgeBase, Result, approve, effective_status, slug_for
from kbtool.outcome import SourceStatus
from kbtool.project import Project
from kbtool.recipes.ingest import ingest
from kbtool.recipes.ingest_report import IngestReport
from kbtool.review.pages import Pages
from tests.conftest import Answer
from tests.intake.papers import pdf, picture

FOURTH, FIFTH = "業務マニュアル第4版.pdf", "業務マニュアル_第5版.pdf"
SLUG = slug_for(FOURTH)
RETURN = (
    "商品を返品したい",
    "未開封で、到着後8日以内にご連絡いただいた商品に限り承ります。返送料はお客様のご負担です。",
)
PAUSE = (
    "次回のお届けを1回だけ休みたい",
    "お届け予定日の10日前までに、お電話またはマイページでお手続きください。代金はかかりません。",
)
ADDRESS = (
    "お届け先の住所を変えたい",
    "マイページの「ご登録内容」で変更できます。次回分からの変更は10日前までにお願いします。",
)
FAX = ("ファックスで注文したい", "注文用紙にご記入のうえ、お送りください。受付は平日の9時から17時までです。")
PAYMENT = ("支払い方法を知りたい", "コンビニ後払い・クレジットカード・代金引換からお選びいただけます。")
OTHER = ("部屋が乾燥する季節の使い方", "湿度は50%を目安にし、窓の結露が気になるときは控えめの設定でお使いください。")


def page(*asked: tuple[str, str]) -> list[tuple[float, float, str]]:
    lines = [line for question, answer in asked for line in (f"Q. {question}", f"A. {answer[:38]}", answer[38:])]
    return [(60.0, 120.0 + 30 * place, line) for place, line in enumerate(lines) if line]


@pytest.fixture
def kb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnowledgeBase:
    """A project that has read the 4th edition; every entry is approved."""
    monkeypatch.setenv("KBTOOL_DATE", "2026-11-02")
    monkeypatch.setenv("KBTOOL_LANG", "ja")
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb" / "people.yml").write_text("b.reiji: {name: 例示 部下}\n", encoding="utf-8")
    (tmp_path / "source_manuals").mkdir()
    put(tmp_path, FOURTH, pdf(page(RETURN, PAUSE), page(ADDRESS, FAX)))
    kb = KnowledgeBase(Project(tmp_path))
    assert ingest(kb, jobs=1).counts["read"] == 1
    for id_, entry in kb.entries().items():
        assert entry.status == "draft"
        approve(kb, id_, "b.reiji", kb.project.today, checked=True)
    return kb


def put(project: Path, name: str, data: bytes) -> None:
    (project / "source_manuals" / name).write_bytes(data)


def fifth() -> bytes:
    """A page before the rest, 8日 made 7日, one entry more, one less."""
    changed = (RETURN[0], RETURN[1].replace("8日", "7日"))
    return pdf(page(PAYMENT), page(changed, PAUSE), page(ADDRESS))


def by_question(kb: KnowledgeBase) -> dict[str, str]:
    return {entry.question: id_ for id_, entry in kb.entries().items()}


def only(report: IngestReport, name: str) -> tuple[SourceStatus, list[str]]:
    outcome = next(each for each in report.outcomes if each.source == name)
    return outcome.status, [problem.code for problem in outcome.problems]


def superseded(kb: KnowledgeBase) -> IngestReport:
    put(kb.project.root, FIFTH, fifth())
    return ingest(kb, jobs=1, only=[FIFTH], decided={FIFTH: SLUG})


def test_a_new_edition_waits_for_the_users_word(kb: KnowledgeBase) -> None:
    before = kb.entries()
    put(kb.project.root, FIFTH, fifth())
    report = ingest(kb, jobs=1)
    assert only(report, FIFTH) == (SourceStatus.UNDECIDED, ["ingest_like_by_name"])
    assert report.exit_code == 1
    assert report.questions[0].slug == SLUG
    assert kb.entries() == before
    assert kb.documents.slugs() == [SLUG]


def test_exactly_what_changed_is_reopened(kb: KnowledgeBase) -> None:
    ids = by_question(kb)
    report = superseded(kb)
    found = {item.question: (item.result, item.change) for item in report.merges[SLUG].items}
    assert found == {
        PAYMENT[0]: (Result.NEW, ""),
        RETURN[0]: (Result.MERGED, "8日 → 7日"),
        PAUSE[0]: (Result.UNCHANGED, ""),
        ADDRESS[0]: (Result.UNCHANGED, ""),
        FAX[0]: (Result.RETIRED_CANDIDATE, ""),
    }
    assert only(report, FIFTH) == (SourceStatus.READ, ["ingest_changed", "ingest_gone"])
    entries = kb.entries()
    assert {entries[id_].question: effective_status(entries[id_]).value for id_ in ids.values()} == {
        RETURN[0]: "in_review",
        PAUSE[0]: "approved",
        ADDRESS[0]: "approved",
        FAX[0]: "approved",
    }
    changed = entries[ids[RETURN[0]]]
    assert "7日以内" in changed.answer
    assert changed.needs_review == ("source_changed",)
    assert (changed.history[0].kind, changed.history[0].note) == ("merged", "8日 → 7日")
    assert entries[ids[FAX[0]]].needs_review == ("source_gone",)
    assert entries[ids[PAUSE[0]]].needs_review == ()


def test_the_document_keeps_its_name_and_knows_its_editions(kb: KnowledgeBase) -> None:
    superseded(kb)
    record = kb.documents.record(SLUG)
    assert (record.title, record.edition, record.page_count) == ("業務マニュアル", "第5版", 3)
    assert [(file.name, file.edition) for file in record.sources] == [(FOURTH, "第4版"), (FIFTH, "第5版")]
    assert kb.documents.slugs() == [SLUG]


def test_provenance_moves_with_the_pages_and_old_pages_stay_explained(kb: KnowledgeBase) -> None:
    ids = by_question(kb)
    superseded(kb)
    old, new = kb.documents.record(SLUG).hashes
    places = {question: [(each.sha256, each.page) for each in kb.entry(id_).source] for question, id_ in ids.items()}
    assert places == {RETURN[0]: [(new, 2)], PAUSE[0]: [(new, 2)], ADDRESS[0]: [(new, 3)], FAX[0]: [(old, 2)]}
    pages = Pages(kb, lambda document, page: document.sources[-1].name.encode())
    (gone,) = pages.of_entry(kb.entry(ids[FAX[0]]))
    assert (gone.title, gone.number) == ("業務マニュアル 第4版", 2)
    found = pages.page(gone.slug, 2)
    assert found is not None
    assert pages.picture(*found) == FOURTH.encode()
    assert any("ファックス" in block.text for block in found[1].blocks)
    assert kb.documents.earlier_page(SLUG, old, 1) is None  # nobody names it any more


def test_the_next_run_changes_nothing(kb: KnowledgeBase) -> None:
    superseded(kb)
    before = {path: path.read_bytes() for path in kb.project.kb.rglob("*") if path.is_file()}
    report = ingest(kb, jobs=1)
    assert only(report, FOURTH) == (SourceStatus.UNCHANGED, ["ingest_superseded"])
    assert only(report, FIFTH) == (SourceStatus.UNCHANGED, [])
    assert ingest(kb, jobs=1, reread=True).exit_code == 0
    assert {path: path.read_bytes() for path in kb.project.kb.rglob("*") if path.is_file()} == before


def test_a_cut_between_pages_and_drafts_is_finished_by_the_next_run(
    kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    ids = by_question(kb)
    put(kb.project.root, FIFTH, fifth())
    with monkeypatch.context() as broken:
        broken.setattr(kb, "save_all", cut)
        with pytest.raises(KeyboardInterrupt):
            ingest(kb, jobs=1, only=[FIFTH], decided={FIFTH: SLUG})
    ingest(kb, jobs=1)
    assert by_question(kb) == ids | {PAYMENT[0]: "KB-0005"}
    assert [file.name for file in kb.documents.record(SLUG).sources] == [FOURTH, FIFTH]
    gone = kb.entry(ids[FAX[0]]).source[0]
    assert kb.documents.earlier_page(SLUG, gone.sha256, gone.page) is not None


def test_much_of_the_same_words_under_another_name_is_asked_about(kb: KnowledgeBase) -> None:
    put(kb.project.root, "scan0007.pdf", fifth())
    report = ingest(kb, jobs=1)
    assert only(report, "scan0007.pdf") == (SourceStatus.UNDECIDED, ["ingest_like_by_words"])
    assert len(kb.entries()) == 4


def test_another_manual_is_taken_in_without_a_question(kb: KnowledgeBase) -> None:
    put(kb.project.root, "そよぎの使い方.pdf", pdf(page(OTHER, PAYMENT)))
    assert only(ingest(kb, jobs=1), "そよぎの使い方.pdf") == (SourceStatus.READ, [])
    assert len(kb.documents.slugs()) == 2


def test_a_file_put_in_the_place_of_another_follows_it_unless_it_is_another_manual(kb: KnowledgeBase) -> None:
    put(kb.project.root, FOURTH, fifth())
    assert only(ingest(kb, jobs=1), FOURTH)[0] is SourceStatus.READ
    assert len(kb.documents.record(SLUG).sources) == 2
    put(kb.project.root, FOURTH, pdf(page(OTHER, OTHER), page(OTHER, OTHER)))
    assert only(ingest(kb, jobs=1), FOURTH) == (SourceStatus.UNDECIDED, ["ingest_like_by_words"])
    assert only(ingest(kb, jobs=1, only=[FOURTH], decided={FOURTH: ""}), FOURTH)[0] is SourceStatus.READ
    assert len(kb.documents.slugs()) == 2


def test_a_person_s_correction_survives_the_new_edition(kb: KnowledgeBase, kbtool: Callable[..., Answer]) -> None:
    id_ = by_question(kb)[RETURN[0]]
    root = kb.project.root
    answer = kb.entry(id_).answer + "くわしくはお電話ください。"
    assert kbtool("-C", root, "--by", "b.reiji", "entry", "edit", id_, "--answer", answer).code == 0
    superseded(kb)
    assert kb.entry(id_).answer == answer.replace("8日", "7日")


def test_an_entry_reworded_in_the_new_edition_is_the_same_entry(kb: KnowledgeBase) -> None:
    id_ = by_question(kb)[PAUSE[0]]
    put(kb.project.root, FIFTH, pdf(page(RETURN, ("次回のお届けを1回だけお休みしたい", PAUSE[1])), page(ADDRESS, FAX)))
    ingest(kb, jobs=1, only=[FIFTH], decided={FIFTH: SLUG})
    assert len(kb.entries()) == 4
    assert kb.entry(id_).question == "次回のお届けを1回だけお休みしたい"


def test_words_on_the_command_line(
    kb: KnowledgeBase, kbtool: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = kb.project.root
    monkeypatch.chdir(root)
    put(root, FIFTH, fifth())
    waiting = kbtool("ingest")
    assert waiting.code == 1
    assert f"kbtool ingest 'source_manuals/{FIFTH}' --supersedes {SLUG}" in waiting.err
    for wrong in ((), ("--new", FIFTH), (FOURTH, FIFTH)):
        assert kbtool("ingest", "--supersedes", SLUG, *wrong).code == 2
    assert kbtool("ingest", "--supersedes", "no-such", FIFTH).code == 2
    assert kbtool("ingest", "elsewhere.pdf").code == 2
    done = kbtool("ingest", f"source_manuals/{FIFTH}", "--supersedes", SLUG)
    assert done.code == 0, done.err
    assert "8日 → 7日" in done.err
    assert "前の版と同じ" not in done.out  # every page of this one changed
    assert kbtool("ingest", "--new", FIFTH).code == 2  # too late


def test_a_document_of_its_own_on_the_users_word(kb: KnowledgeBase) -> None:
    put(kb.project.root, FIFTH, fifth())
    report = ingest(kb, jobs=1, only=[FIFTH], decided={FIFTH: ""})
    assert only(report, FIFTH)[0] is SourceStatus.READ
    assert len(kb.documents.slugs()) == 2


@pytest.mark.slow
def test_pages_of_a_scan_that_did_not_change_are_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KBTOOL_DATE", "2026-11-02")
    for name in ("kb", "source_manuals"):
        (tmp_path / name).mkdir()
    kb = KnowledgeBase(Project(tmp_path))

    def scanned(name: str, *words: str) -> None:
        first, *others = (Image.open(io.BytesIO(picture(each, (400, 160)))) for each in words)
        first.save(tmp_path / "source_manuals" / name, "PDF", save_all=True, append_images=others)

    def read() -> int:
        return len(list((kb.project.cache / "pages").rglob("*.json")))

    scanned("guide_v1.pdf", "ONE 100", "TWO 200")
    ingest(kb, jobs=1, engine="tesseract")
    assert read() == 2
    scanned("guide_v2.pdf", "NEW 300", "ONE 100", "TWO 200")
    report = ingest(
        kb, jobs=1, engine="tesseract", only=["guide_v2.pdf"], decided={"guide_v2.pdf": slug_for("guide_v1.pdf")}
    )
    assert report.counts["pages_read"] == 3
    assert read() == 3


@pytest.mark.slow
def test_on_a_terminal_the_question_is_asked_and_the_answer_taken(kb: KnowledgeBase) -> None:
    put(kb.project.root, FIFTH, fifth())
    process, terminal = pty.fork()
    if not process:  # the child, whose standard streams are the terminal
        os.chdir(kb.project.root)
        os.execv(sys.executable, [sys.executable, "-m", "kbtool", "ingest", "--jobs", "1"])
    shown = b""
    with os.fdopen(terminal, "r+b", buffering=0) as screen, contextlib.suppress(OSError):  # EIO where the child ended
        while heard := screen.read(4096):
            shown += heard
            if heard.rstrip().endswith(b"[l]:"):
                screen.write(b"e\n")
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0, shown.decode(errors="replace")
    assert "8日 → 7日" in shown.decode(errors="replace")
    assert [file.name for file in kb.documents.record(SLUG).sources] == [FOURTH, FIFTH]
