"""Readers: each turns one kind of hostile file into pages. They run in the opener only, never in the parent."""

from kbtool.intake.readers.opened import PageFailed, Pixels, Reader, Unreadable, Words
from kbtool.intake.sniff import FileKind

__all__ = ["PageFailed", "Pixels", "Reader", "Unreadable", "Words", "open_reader"]


def open_reader(kind: FileKind, data: bytes) -> Reader:
    """Open the bytes of a source; ``Unreadable`` says why it cannot be."""
    if kind is FileKind.PDF:
        from kbtool.intake.readers.pdf import PdfReader

        return PdfReader(data)
    if kind is FileKind.IMAGE:
        from kbtool.intake.readers.image import ImageReader

        return ImageReader(data)
    raise Unreadable("intake_unsupported")
