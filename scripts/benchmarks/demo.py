"""What the demo corpora gave, against what must come out of them (tests/truth, written by hand)."""

import argparse
import os
from dataclasses import asdict
from pathlib import Path

import yaml

from kbtool import durable, intake
from kbtool.document import Box
from kbtool.entry import Entry
from kbtool.knowledge import KnowledgeBase, inquiries
from kbtool.project import Project, find
from kbtool.recipes.ingest import ingest
from kbtool.recipes.start import start
from tests.compare import Miss, Report, score_entries, score_records

ROOT = Path(__file__).resolve().parents[2]
MANUALS = {"operations_manual": "業務マニュアル第4版.pdf", "product_manual": "そよぎ_KD-H500_取扱説明書.pdf"}
SLIPS = "お問い合わせ票_202604.pdf"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of this benchmark."""
    parser.add_argument(
        "--project", type=Path, default=ROOT / "build/demo", help="project to score (made when missing)"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "build/demo-report", help="where the report and crops go")


def run(options: argparse.Namespace) -> int:
    """Score, print, and write a report with the crop of every miss."""
    if not (options.project / "kb").is_dir():
        start(options.project, demo=True)
    project = find(options.project)
    kb = KnowledgeBase(project)
    ingest(kb, jobs=os.cpu_count())
    durable.fresh_folder(options.out)
    lines = ["# 見本から得たもの", ""]
    for name, source in MANUALS.items():
        entries = [entry for entry in kb.entries().values() if _comes_from(entry, project, source)]
        truth = _truth(name)
        report = score_entries(truth, [_plain(entry) for entry in entries])
        lines += _told(source, report) + [
            _missed(project, source, miss, _page(miss, truth), options.out) for miss in report.misses
        ]
        lines += [f"- 余分な項目: {extra}" for extra in report.extra]
    report = score_records(_truth("slips"), [asdict(record) for record in inquiries.records(kb).values()])
    lines += _told(SLIPS, report) + [_missed_field(kb, miss, options.out) for miss in report.misses]
    durable.write(options.out / "report.md", "\n".join(lines) + "\n")
    print("\n".join(lines))
    print(f"\n{options.out / 'report.md'}")
    return 0


def _truth(name: str) -> dict[str, object]:
    truth: dict[str, object] = yaml.safe_load((ROOT / "tests/truth" / f"{name}.yml").read_text(encoding="utf-8"))
    return truth


def _comes_from(entry: Entry, project: Project, source: str) -> bool:
    sha256 = next(found.sha256 for found in intake.discover(project.sources).sources if found.name == source)
    return any(place.sha256 == sha256 for place in entry.source)


def _plain(entry: Entry) -> dict[str, object]:
    body = "\n\n".join(f"## {part.heading}\n\n{part.text}" for part in entry.sections)
    pages = sorted({place.page for place in entry.source})
    return {"question": entry.question, "type": entry.type.value, "body": body, "pages": pages}


def _told(source: str, report: Report) -> list[str]:
    counts = [f"{kind} {count.exact}/{count.total}" for kind, count in report.counts.items()]
    return ["", f"## {source}", "", "・".join(counts), ""]


def _page(miss: Miss, truth: dict[str, object]) -> int:
    entries = truth["entries"]
    assert isinstance(entries, list)
    pages = next((entry.get("pages") or [entry.get("page")] for entry in entries if entry["id"] == miss.id), [1])
    return int(pages[0] or 1)


def _missed(project: Project, source: str, miss: Miss, page: int, out: Path) -> str:
    """One miss of a manual, with the page it stands on."""
    picture = out / f"{miss.id}-p{page}.webp"
    if not picture.exists():
        durable.write(picture, intake.page_image(project.sources / source, page, width_px=900))
    return _line(miss, picture)


def _missed_field(kb: KnowledgeBase, miss: Miss, out: Path) -> str:
    """One miss of a slip, with the crop of its field."""
    record = inquiries.records(kb).get(miss.id)
    value = record.fields.get(miss.field) if record else None
    if value is None:
        return f"- {miss.id} {miss.field}: 「{miss.expected}」のはずが「{miss.got}」"
    picture = out / f"{miss.id}-{miss.field}.webp"
    crop = Box(*value.box)
    durable.write(picture, intake.page_image(kb.project.sources / SLIPS, value.page, width_px=900, crop=crop))
    return _line(miss, picture)


def _line(miss: Miss, picture: Path) -> str:
    return f"- {miss.id} {miss.field}: 「{miss.expected}」のはずが「{miss.got}」 ![]({picture.name})"
