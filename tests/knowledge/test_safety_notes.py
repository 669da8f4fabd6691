"""Safety notes on disk: kept beside the drafts of their document, gone when a new edition has none."""

from pathlib import Path

from kbtool.document import Document, SourceFile
from kbtool.knowledge import KnowledgeBase, safety_notes
from kbtool.knowledge.safety_notes import SafetyNote
from kbtool.project import Project

NOTES = (SafetyNote(("そよぎ",), "警告", "ぬれた手でさわらない。", 3), SafetyNote((), "注意", "水平な所に置く。", 4))


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    documents = KnowledgeBase(Project(tmp_path)).documents
    documents.save(Document("test", "試験", (SourceFile("試験.pdf", "0" * 64),), (), ""))
    safety_notes.save(documents, "test", NOTES)
    assert safety_notes.load(documents, "test") == NOTES
    safety_notes.save(documents, "test", ())
    assert safety_notes.load(documents, "test") == ()
    assert not list((tmp_path / "kb").rglob("safety.jsonl"))
