"""Readers: each turns one kind of hostile file into pages. They run in the opener only, never in the parent."""

from importlib import import_module

from kbtool.intake.readers.opened import Lines, PageFailed, Pixels, Reader, Unreadable, Words, WrittenPages
from kbtool.intake.sniff import FileKind

__all__ = ["Lines", "PageFailed", "Pixels", "Reader", "Unreadable", "Words", "open_reader"]

#: Readers that give all pages at once: modules with ``pages(data)``, imported only where their kind is met.
_WRITTEN = {
    FileKind.OFFICE: "office",
    FileKind.TEXT: "plain",
    FileKind.MARKDOWN: "markdown",
    FileKind.HTML: "html",
    FileKind.CSV: "separated",
}


def open_reader(kind: FileKind, data: bytes) -> Reader:
    """Open the bytes of a source; ``Unreadable`` says why it cannot be."""
    if kind is FileKind.PDF:
        from kbtool.intake.readers.pdf import PdfReader

        return PdfReader(data)
    if kind is FileKind.IMAGE:
        from kbtool.intake.readers.image import ImageReader

        return ImageReader(data)
    if kind is FileKind.PICTURES:
        from kbtool.intake.readers.pictures import PicturesReader

        return PicturesReader(data)
    if kind in _WRITTEN:
        return WrittenPages(import_module(f"{__name__}.{_WRITTEN[kind]}").pages(data))
    raise Unreadable("intake_unsupported")
