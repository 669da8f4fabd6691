"""Slips made by hand as the reader gives them: blocks of fields and marks on pages of the form."""

from kbtool.document import Block, Box, Document, Kind, Method, Page, Provenance, SourceFile

FORM = "inquiry_v1"


def page(
    number: int, typed: dict[str, tuple[str, float]], marks: dict[str, list[str]], empty: dict[str, float] | None = None
) -> Page:
    """A page with ``typed`` (text, confidence) by field, the marked choices by field, and ``empty`` ones as judged."""
    blocks = [_block(Kind.FORM_FIELD, name, text, sure, number) for name, (text, sure) in typed.items()]
    blocks += [
        _block(Kind.CHECK_MARK, f"{name}/{choice}", choice, 95.0, number)
        for name, choices in marks.items()
        for choice in choices
    ]
    blocks += [_block(Kind.CHECK_MARK, name, "", sure, number) for name, sure in (empty or {}).items()]
    return Page(number, 595, 842, Method.OCR, tuple(blocks), form=FORM)


def document(*pages: Page) -> Document:
    return Document("slips", "お問い合わせ票", (SourceFile("slips.pdf", "0" * 64),), pages, "")


def _block(kind: Kind, name: str, text: str, sure: float, number: int) -> Block:
    seen = Provenance("slips", number, Box(0.1, 0.1, 0.2, 0.2), Method.OCR, "試験", sure, sure)
    return Block(kind, text, seen, name=f"{FORM}/{name}")
