"""Everything that kbtool check looks for in a large knowledge base: seconds, and which rules they went into."""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from kbtool import durable
from kbtool.entry import Audience, Entry, EntryType, HistoryItem, Origin, Section, Status
from kbtool.knowledge import KnowledgeBase, entry_file
from kbtool.knowledge.checks import RULES, check
from kbtool.knowledge.checks.loading import load
from kbtool.knowledge.life_cycle import approved
from kbtool.project import Project

_TODAY = date(2026, 11, 2)
#: A large desk has some hundred products, each with the same few parts and wishes.
_PRODUCTS = 400
_SYLLABLES = "アイウエオカキクケコサシスセソタチツテトナニノハヒフホマミムメモヤユヨラリルレロ"
_PARTS = "フィルター タンク 本体 リモコン 電源コード 包装 説明書 台紙 化粧箱 保証書 領収書 ふた ホース"
_WISHES = "を交換したい を洗いたい を返したい の色を選びたい を無くした が割れた を二つ買いたい の値段を知りたい"
_WAYS = "お電話で マイページで はがきで 店頭で アプリで"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of this benchmark."""
    parser.add_argument("--entries", type=int, default=10_000, help="how many entries (default: %(default)s)")


def run(options: argparse.Namespace) -> int:
    """Check a knowledge base of approved public entries, each with its frozen texts."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "kb").mkdir()
        people = "a.mihon: {role: 担当}\nb.reiji: {role: 担当}\nc.kakuu: {role: 担当}\n"
        (root / "kb" / "people.yml").write_text(people, encoding="utf-8")
        kb = KnowledgeBase(Project(root, _TODAY))
        _write(kb, _entries(options.entries))
        start = time.process_time()
        found = check(KnowledgeBase(kb.project))
        whole = time.process_time() - start
        print(f"{found.entries} entries, {found.rules} rules, {len(found.findings)} findings: {whole:.1f} CPU s")
        start = time.process_time()
        state = load(KnowledgeBase(kb.project))
        print(f"reading   {time.process_time() - start:6.2f} s")
        for rule in RULES:
            start = time.process_time()
            count = sum(1 for _ in rule.findings(state))
            taken = time.process_time() - start
            if taken > 0.1 or count:
                print(f"{rule.id:9} {taken:6.2f} s  {count}")
    return 0


def _entries(wanted: int) -> Iterator[Entry]:
    chance = random.Random(20261102)
    products = ["".join(chance.choices(_SYLLABLES, k=4)) for _ in range(_PRODUCTS)]
    for number in range(wanted):
        product, part = chance.choice(products), chance.choice(_PARTS.split())
        days, price = chance.randint(2, 60), chance.randint(3, 900) * 10
        sentences = [
            f"{chance.choice(_WAYS.split())}お申し込みください。",
            f"{product}の{part}は{days}日以内にお届けします。",
            f"費用は{price}円です。",
            f"{chance.choice(products)}とは別のお手続きです。",
        ]
        chance.shuffle(sentences)
        question = f"{product}の{part}{chance.choice(_WISHES.split())}"
        sections = (Section("回答", "".join(sentences)),)
        entry = Entry(f"KB-{number + 1:05}", EntryType.QA, question, sections, "その他", origin=Origin.HUMAN)
        entry = approved(replace(entry, author="a.mihon"), "b.reiji", _TODAY, 365)
        history = (HistoryItem(_TODAY, "published", "c.kakuu"), *entry.history)
        published = replace(entry, status=Status.PUBLISHED, audience=Audience.PUBLIC, history=history)
        yield replace(published, public_id=f"q{number + 1:05}")


def _write(kb: KnowledgeBase, entries: Iterator[Entry]) -> None:
    for entry in entries:
        text = entry_file.render(entry)
        folders = (kb.folder / "other", *(kb.frozen_folder(each) for each in (Audience.INTERNAL, Audience.PUBLIC)))
        for folder in folders:
            folder.mkdir(parents=True, exist_ok=True)
            durable.write(folder / f"{entry.id}.md", text)
