import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from kbtool.document import Document, SourceFile
from kbtool.entry import Audience
from kbtool.errors import UsageError
from kbtool.knowledge import DocumentStore, KnowledgeBase, PageOutcome, accept, slug_for
from kbtool.outcome import Problem
from kbtool.project import Project
from tests.knowledge.conftest import TODAY, tree
from tests.knowledge.samples import document, draft
from tests.knowledge.strategies import documents


@given(documents)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_document_reads_back_the_same(tmp_path_factory: pytest.TempPathFactory, found: Document) -> None:
    store = DocumentStore(Project(tmp_path_factory.mktemp("project")))
    store.save(found)
    assert store.load(found.slug) == found


def test_a_source_is_known_only_when_every_page_has_its_end(kb: KnowledgeBase) -> None:
    found = document("一", "", "三")
    kb.documents.save(found)
    assert kb.documents.known_sources() == {}
    kb.documents.finish(found, {1: PageOutcome(1, "drafted", ("KB-0001",))})
    assert kb.documents.known_sources() == {"ab" * 32: ("manual-1",)}
    ends = [(each.page, each.outcome) for each in kb.documents.record("manual-1").pages]
    assert ends == [(1, "drafted"), (2, "blank"), (3, "archive")]


def test_a_page_that_failed_is_named_so(kb: KnowledgeBase) -> None:
    found = document("一", "")
    broken = replace(found.pages[1], problems=(Problem("intake_page", "2"),))
    found = replace(found, pages=(found.pages[0], broken))
    kb.documents.save(found)
    kb.documents.finish(found, {})
    assert kb.documents.record("manual-1").pages[1].outcome == "failed"


def test_saving_again_writes_nothing_and_a_new_reading_is_unknown_at_first(kb: KnowledgeBase) -> None:
    kb.documents.save(document("一"))
    kb.documents.finish(document("一"), {})
    before = tree(kb)
    assert not kb.documents.save(document("一"))
    assert tree(kb) == before
    assert kb.documents.save(document("一", fingerprint="t2"))
    assert kb.documents.known_sources() == {}


def test_what_people_set_of_a_document_is_kept(kb: KnowledgeBase) -> None:
    kb.documents.save(document("一"))
    path = kb.project.kb / "documents" / "manual-1" / "document.yml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("業務マニュアル\n", "お客様相談室マニュアル\n").replace("internal", "partner")
    path.write_text(text.replace("locked: false", "locked: true"), encoding="utf-8")
    kb.documents.save(document("一", "二"))
    record = kb.documents.record("manual-1")
    assert (record.title, record.audience, record.locked) == ("お客様相談室マニュアル", Audience.PARTNER, True)
    assert kb.documents.load("manual-1").locked_internal


def test_pages_of_slips_are_for_their_owner_only(kb: KnowledgeBase) -> None:
    kb.documents.save(document("仮名 花子 090-0000-0001"), private=True)
    private = kb.project.private / "documents" / "manual-1"
    assert [path.name for path in private.iterdir()] == ["pages.jsonl"]
    for folder in (kb.project.private, private.parent, private):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    open_files = [path for path in kb.project.kb.rglob("*") if path.is_file() and private not in path.parents]
    assert all("花子" not in path.read_text(encoding="utf-8") for path in open_files)
    assert kb.documents.load("manual-1").pages[0].blocks[0].text == "仮名 花子 090-0000-0001"
    assert kb.documents.record("manual-1").audience is Audience.RESTRICTED


def test_what_turns_out_to_be_a_slip_leaves_nothing_in_the_open(kb: KnowledgeBase) -> None:
    """A pile is read before anybody made the template of its slips; then it is read again."""
    slip = document("仮名 花子 090-0000-0001")
    accept(kb, slip, (draft("a", "仮名 花子さまのご要望"),), TODAY)
    kb.documents.save(replace(slip, sources=(SourceFile("票.pdf", "cd" * 32),)), private=True)
    private = kb.project.private / "documents" / "manual-1"
    assert sorted(path.name for path in private.iterdir()) == ["drafts.jsonl", "earlier.jsonl", "pages.jsonl"]
    assert [path.name for path in (kb.project.kb / "documents" / "manual-1").iterdir()] == ["document.yml"]
    assert kb.documents.drafts("manual-1")[0].draft.id == "KB-0001"


def test_a_pile_is_known_when_the_last_of_its_parts_is_there(kb: KnowledgeBase) -> None:
    whole = document("一", "二", "三")
    first, *others = (replace(whole, slug=slug, pages=(page,)) for slug, page in zip("zab", whole.pages, strict=True))

    def keep(found: Document, parts: int) -> bool:
        kb.documents.save(found, parts=parts)
        kb.documents.finish(found, {})
        return bool(kb.documents.known_sources())

    assert keep(replace(whole, slug="z"), 0)
    for part in others:
        keep(part, 3)
    assert keep(first, 3)
    assert keep(replace(whole, slug="z", pages=whole.pages[:2]), 2) is False
    assert keep(replace(whole, slug="b", pages=whole.pages[2:]), 2)


def test_a_pile_cut_off_while_it_is_split_is_not_known(kb: KnowledgeBase) -> None:
    whole = document("一", "二", "三")
    first = replace(whole, pages=whole.pages[:1])
    kb.documents.save(first, parts=3)
    kb.documents.finish(first, {})
    assert kb.documents.known_sources() == {}


def test_a_long_document_fits_its_file(kb: KnowledgeBase) -> None:
    long = document(*["x"] * 2000)
    kb.documents.save(long)
    kb.documents.finish(long, {n: PageOutcome(n, "drafted", (f"KB-{n:04d}",) * 3) for n in range(1, 2001)})
    assert kb.documents.record("manual-1").is_accepted


def test_slugs_are_readable_and_stable() -> None:
    assert slug_for("業務マニュアル第4版.pdf") == slug_for("業務マニュアル第4版.pdf")
    assert slug_for("業務マニュアル第4版.pdf").startswith("manual-")
    assert slug_for("そよぎ_KD-H500_取扱説明書.pdf").startswith("kd-h500-")
    assert slug_for("a/x.pdf") != slug_for("b/x.pdf")
    assert slug_for("か\u3099.pdf") == slug_for("が.pdf")
    assert all(name.isascii() for name in map(slug_for, ["…", "..", "/", "", "ＡＢＣ.pdf", "x" * 300]))


def test_an_unknown_document_is_refused(kb: KnowledgeBase) -> None:
    with pytest.raises(UsageError, match="knowledge_no_document"):
        kb.documents.load("nothing")


def test_a_damaged_page_file_is_named_with_its_line(kb: KnowledgeBase, tmp_path: Path) -> None:
    kb.documents.save(document("一", "二"))
    path = kb.project.kb / "documents" / "manual-1" / "pages.jsonl"
    path.write_text(path.read_text(encoding="utf-8")[:-9], encoding="utf-8")
    with pytest.raises(UsageError) as refusal:
        kb.documents.load("manual-1")
    assert (refusal.value.code, refusal.value.params["line"]) == ("knowledge_json", 2)
