"""Which files may lie on a site, by name and by content.

An allow-list: a backup copy, a source map or an office file beside the pages is refused because nobody listed it.
Pictures may hold nothing but pixels, since scanners and editors write words into every other part of them.
"""

from collections.abc import Iterator
from pathlib import Path

_TEXT = (".html", ".css", ".js", ".json", ".xml", ".txt")
_PICTURES = (".png", ".webp")
_PNG_HEAD = b"\x89PNG\r\n\x1a\n"
#: Chunks that describe pixels; tEXt, iTXt, zTXt, eXIf, iCCP and unknown ones could carry words.
_PNG_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"pHYs", b"bKGD", b"sBIT"}
_WEBP_CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}


def file_problem(path: Path, pictures: bool) -> str:
    """Message code of what is wrong with a file, empty where nothing is; ``pictures`` allows page pictures."""
    if path.is_symlink() or not path.is_file() or path.name.startswith((".", "~")):
        return "site_unknown_file"
    if path.suffix in _TEXT:
        return "" if _is_text(path.read_bytes()) else "site_broken_file"
    if path.suffix not in _PICTURES or (path.suffix == ".webp" and not pictures):
        return "site_unknown_file"
    check = _is_plain_png if path.suffix == ".png" else _is_plain_webp
    return "" if check(path.read_bytes()) else "site_broken_file"


def text_of(path: Path) -> str:
    """The words of a text file, nothing for a picture; the file was found in order before."""
    return path.read_text(encoding="utf-8") if path.suffix in _TEXT else ""


def _is_text(data: bytes) -> bool:
    try:
        return "\x00" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _is_plain_png(data: bytes) -> bool:
    return data.startswith(_PNG_HEAD) and all(name in _PNG_CHUNKS for name in _png_chunks(data))


def _png_chunks(data: bytes) -> Iterator[bytes]:
    place = len(_PNG_HEAD)
    while place < len(data):
        name = data[place + 4 : place + 8]
        yield name
        place += 12 + int.from_bytes(data[place : place + 4], "big")
        if name == b"IEND":
            break
    if place != len(data):
        yield b"more"


def _is_plain_webp(data: bytes) -> bool:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP" or int.from_bytes(data[4:8], "little") + 8 != len(data):
        return False
    place = 12
    while place < len(data):
        if data[place : place + 4] not in _WEBP_CHUNKS:
            return False
        size = int.from_bytes(data[place + 4 : place + 8], "little")
        place += 8 + size + size % 2
    return place == len(data)
