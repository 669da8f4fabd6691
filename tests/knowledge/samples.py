"""Small fictional entries and documents."""

from kbtool.document import Block, Box, Document, Kind, Method, Page, Provenance, SourceFile
from kbtool.entry import Entry, EntryType, Origin, Section, Source

BOX = Box(0.1, 0.2, 0.9, 0.3)
ANSWER = "お届け予定日の10日前までに、お電話でお手続きください。お休みした分の代金はかかりません。"


def entry(id: str = "KB-0001", question: str = "次回のお届けを休みたい", answer: str = ANSWER, **more: object) -> Entry:
    values: dict[str, object] = {"category": "定期コース", "sections": (Section("回答", answer),)} | more
    return Entry(id=id, type=EntryType.QA, question=question, **values)  # type: ignore[arg-type]


def draft(key: str, question: str, answer: str = ANSWER, page: int = 1, **more: object) -> Entry:
    source = Source("manual-1", "ab" * 32, page, BOX, "ocr", "tesseract", 91.2, 62.0, "cd")
    return entry("", question, answer, origin=Origin.CONVERTED, origin_key=key, source=(source,), **more)


def document(*texts: str, slug: str = "manual-1", sha256: str = "ab" * 32, fingerprint: str = "t1") -> Document:
    pages = []
    for number, text in enumerate(texts, start=1):
        place = Provenance(slug, number, BOX, Method.OCR, "tesseract", 91.2, 62.0)
        found = (Block(Kind.PARAGRAPH, text, place),) if text else ()
        pages.append(Page(number, 595.0, 842.0, Method.OCR, found))
    return Document(slug, "業務マニュアル", (SourceFile("業務マニュアル.pdf", sha256),), tuple(pages), fingerprint)
