"""What a file is, told by its first bytes and never by its name.

Separate so that the decision has no other input: names are what outsiders chose, bytes are what parsers will meet.
"""

from enum import StrEnum


class FileKind(StrEnum):
    """What the first bytes of a file say it is."""

    PDF = "pdf"
    IMAGE = "image"
    OFFICE = "office"
    EMPTY = "empty"
    TEXT = "text"
    UNKNOWN = "unknown"


#: How much of a file ``sniff`` needs; PDF readers accept the header anywhere in the first kilobyte.
HEAD_BYTES = 1024
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
#: The endings a person gives to files they mean to have read.
READABLE_ENDINGS = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})


def sniff(head: bytes) -> FileKind:
    """Tell the kind of a file from its first ``HEAD_BYTES`` bytes."""
    if not head:
        return FileKind.EMPTY
    if head.startswith(_IMAGES):
        return FileKind.IMAGE
    if head.startswith(_OFFICE):
        return FileKind.OFFICE
    if b"%PDF-" in head:
        return FileKind.PDF
    return FileKind.TEXT if _is_text(head) else FileKind.UNKNOWN


def _is_text(head: bytes) -> bool:
    return not any(byte < 9 or 13 < byte < 27 for byte in head)
