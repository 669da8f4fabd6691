"""Office files, told apart by what is inside, and held to their bounds before a library unpacks them."""

import io
import struct
import zipfile
import zlib

from lxml.etree import LxmlError

from kbtool.intake.readers.opened import PageFailed, Unreadable
from kbtool.intake.written import WrittenPage
from kbtool.limits import MAX_UNPACKED_BYTES, MAX_UNPACKED_PARTS, MAX_UNPACKED_XML_BYTES

_OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
#: What the libraries are known to raise on files that are not what they say.
_DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    LxmlError,
    NotImplementedError,
    OSError,
    RecursionError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


def pages(data: bytes) -> tuple[WrittenPage | PageFailed, ...]:
    """Read a Word document or an Excel workbook; macros in it are bytes that nobody runs."""
    if data.startswith(_OLD_CONTAINER):
        raise Unreadable("intake_office_encrypted" if _ENCRYPTED in data else "intake_office_old")
    try:
        names = _parts(data)
        if "word/document.xml" in names:
            from kbtool.intake.readers import word

            return word.pages(data)
        if "xl/workbook.xml" in names:
            from kbtool.intake.readers import workbook

            return workbook.pages(data)
    except _DAMAGE as error:
        raise Unreadable("intake_damaged") from error
    raise Unreadable("intake_office_other")


def _parts(data: bytes) -> frozenset[str]:
    """The names of a zip's parts; ``zipfile`` never unpacks more of one than it claims here."""
    if not data.startswith(b"PK"):
        raise Unreadable("intake_office_old")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels", ".vml")))
    whole = sum(part.file_size for part in parts)
    if len(parts) > MAX_UNPACKED_PARTS or whole > MAX_UNPACKED_BYTES or xml > MAX_UNPACKED_XML_BYTES:
        raise Unreadable("intake_unpacks_too_large")
    return frozenset(part.filename for part in parts)
