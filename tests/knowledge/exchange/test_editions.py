from pathlib import Path

from kbtool.knowledge import Editions, KnowledgeBase, export_csv, import_csv, redaction, select
from tests.knowledge.conftest import TODAY
from tests.knowledge.exchange.test_spreadsheet_in import edited
from tests.knowledge.samples import entry

NUMBER = "090-1234-5678"


def kept(kb: KnowledgeBase) -> str:
    files = sorted(Path(kb.project.kb / "exchange").rglob("*.jsonl"))
    return "".join(path.read_text(encoding="utf-8") for path in files)


def test_the_same_text_is_kept_once(kb: KnowledgeBase) -> None:
    kb.save(entry("KB-0001"))
    kb.save(entry("KB-0002"))
    for _ in range(2):
        Editions(kb).keep(select(kb).entries)
    assert len(kept(kb).splitlines()) == 2
    kb.save(entry("KB-0002", "送料は"))
    Editions(kb).keep(select(kb).entries)
    assert len(kept(kb).splitlines()) == 3


def test_what_is_masked_is_masked_in_what_was_sent(kb: KnowledgeBase) -> None:
    kb.save(entry(answer=f"担当の携帯 {NUMBER} へ。いつでもどうぞ。"))
    chosen = select(kb).entries
    Editions(kb).keep(chosen)
    content = export_csv(chosen).content
    import_csv(kb, edited(content, {"質問": "休みたい"}), "qa.csv", by="a.mihon")
    kb.save(entry(question="次回", answer=f"担当の携帯 {NUMBER} へ。いつでもどうぞ。"))
    import_csv(kb, edited(content, {"質問": "休止したい"}), "qa.csv", by="a.mihon")
    assert NUMBER in kept(kb)
    redaction.decide(kb, "KB-0001", redaction.MASK, "a.mihon", TODAY)
    assert NUMBER not in kept(kb)
    assert NUMBER not in kb.entry("KB-0001").answer
