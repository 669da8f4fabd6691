"""What a file is, told by its first bytes; names are what outsiders chose, bytes are what parsers will meet.

Which kind of text a text is, no byte says for certain, and all its readers are harmless: there alone the name's
ending decides.
"""

from enum import StrEnum
from pathlib import PurePosixPath

from kbtool.intake.picture_folder import MAGIC


class FileKind(StrEnum):
    """What a file is to its reader; ``OFFICE`` is told apart only where it is opened.

    ``PICTURES`` is a folder of pictures numbered by page.
    """

    PDF = "pdf"
    IMAGE = "image"
    PICTURES = "pictures"
    OFFICE = "office"
    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    CSV = "csv"
    EMPTY = "empty"
    FOREIGN_TEXT = "foreign_text"
    UNKNOWN = "unknown"


#: How much of a file ``sniff`` needs; PDF readers accept the header anywhere in the first kilobyte.
HEAD_BYTES = 1024
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_OFFICE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_TEXT_ENDINGS = {
    ".txt": FileKind.TEXT,
    ".text": FileKind.TEXT,
    ".md": FileKind.MARKDOWN,
    ".markdown": FileKind.MARKDOWN,
    ".html": FileKind.HTML,
    ".htm": FileKind.HTML,
    ".csv": FileKind.CSV,
    ".tsv": FileKind.CSV,
}
#: The endings a person gives to files they mean to have read.
READABLE_ENDINGS = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".docx", ".xlsx", *_TEXT_ENDINGS})


def sniff(head: bytes, name: str) -> FileKind:
    """Tell the kind of a file from its first ``HEAD_BYTES`` bytes; ``name`` only says which kind of text a text is."""
    if not head:
        return FileKind.EMPTY
    if head.startswith(MAGIC):
        return FileKind.PICTURES
    if head.startswith(_IMAGES):
        return FileKind.IMAGE
    if head.startswith(_OFFICE):
        return FileKind.OFFICE
    if b"%PDF-" in head:
        return FileKind.PDF
    if not _is_text(head):
        return FileKind.UNKNOWN
    return _TEXT_ENDINGS.get(PurePosixPath(name).suffix.lower(), FileKind.FOREIGN_TEXT)


def _is_text(head: bytes) -> bool:
    """No control byte but those of line ends, tabs and ISO-2022-JP's escapes; the reader sees whether it decodes."""
    return head.startswith(_UTF_16) or not any(byte < 9 or 13 < byte < 27 for byte in head)
