"""A folder of pictures that are numbered by page (``001.png``, ``002.png`` …): one document, not many.

The pictures are packed one behind the other into one stream, so that its hash, the opener and page pictures need to
know nothing of folders. Nothing is guessed: one file that is not such a picture, and the folder is a folder.
"""

import re
import stat
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from kbtool.intake.leftovers import is_leftover

#: How the packed stream begins; behind it the count, the length of each picture, and the pictures.
MAGIC = b"kbtool numbered pictures 1\n"
_COUNT, _LENGTH = struct.Struct("<I"), struct.Struct("<Q")
_PAGE = re.compile(r"(?:p|page|ページ|頁)?[ _.-]?([0-9]{1,5})\.(?:png|jpe?g|tiff?)", re.IGNORECASE)
_CHUNK = 1024 * 1024


def numbered_pictures(folder: Path) -> list[Path]:
    """The pictures of a folder in the order of their pages; none where the folder is not one document.

    It is one where, leftovers aside, it holds two or more files, each named by a number of its own and nothing else.
    """
    found: dict[int, Path] = {}
    for path in folder.iterdir():
        if is_leftover(path.name):
            continue
        told = _PAGE.fullmatch(path.name)
        if not told or int(told[1]) in found or not stat.S_ISREG(path.lstat().st_mode):
            return []
        found[int(told[1])] = path
    return [found[number] for number in sorted(found)] if len(found) > 1 else []


def pack(pictures: Iterable[BinaryIO], count: int, to: BinaryIO) -> None:
    """Write ``count`` open pictures behind each other, closing each before the next is asked for."""
    to.write(MAGIC + _COUNT.pack(count) + bytes(count * _LENGTH.size))
    lengths = []
    for picture in pictures:
        start = to.tell()
        with picture:
            while chunk := picture.read(_CHUNK):
                to.write(chunk)
        lengths.append(to.tell() - start)
    to.seek(len(MAGIC) + _COUNT.size)
    to.write(b"".join(map(_LENGTH.pack, lengths)))
    to.flush()


def unpack(data: bytes) -> list[memoryview]:
    """The pictures of a packed stream; ``ValueError`` where it is not whole."""
    whole = memoryview(data)
    try:
        (count,) = _COUNT.unpack_from(data, len(MAGIC))
        lengths = [_LENGTH.unpack_from(data, len(MAGIC) + _COUNT.size + n * _LENGTH.size)[0] for n in range(count)]
    except struct.error as error:
        raise ValueError("cut short") from error
    start = len(MAGIC) + _COUNT.size + count * _LENGTH.size
    if start + sum(lengths) != len(data):
        raise ValueError("lengths")
    pictures = []
    for length in lengths:
        pictures.append(whole[start : start + length])
        start += length
    return pictures
