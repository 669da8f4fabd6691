"""The disposable child that parses a hostile file: ``python -m kbtool.intake.opener``.

It is told on stdin what to open (descriptor of the open file, kind, most pages), limits itself before it touches the
file, and says what it is; then it is asked for pages, or for pictures of them, as often as the parent likes. It answers
in frames on stdout; nothing else is ever written there. Whatever happens to it costs one page at most: the parent
checks each frame and survives any end.
"""

import gc
import os
import resource
import sys
from collections.abc import Sequence
from dataclasses import astuple, replace
from typing import Any, BinaryIO

import numpy as np

from kbtool.intake import untrusted
from kbtool.intake.child_start import answering
from kbtool.intake.frames import read_frame, write_frame
from kbtool.intake.readers import Lines, PageFailed, Pixels, Reader, Unreadable, Words, open_reader
from kbtool.intake.sniff import FileKind
from kbtool.intake.written import WrittenPage, as_frame
from kbtool.limits import MAX_PAGES, MAX_SIDE_PT, OPENER_BASE_S, OPENER_MEMORY_BYTES, OPENER_PAGE_S
from kbtool.reading import Bookmark, Grid, PageReading

_MOST_FILES = 64
_CHUNK = 16 * 1024 * 1024
#: Objects. A page makes thousands and leaves none; looking for circles among them takes a twentieth of the time.
_COLLECT_AFTER = 50_000


def main() -> None:
    """Open the file, then answer until the parent ends this process."""
    answers = answering()
    wanted, _ = read_frame(sys.stdin.buffer.read)
    _limit(wanted["most"])
    try:
        reader = open_reader(FileKind(wanted["kind"]), _content(wanted["descriptor"]))
        if reader.page_count > MAX_PAGES:
            raise Unreadable("intake_too_many_pages")
    except Unreadable as error:
        return write_frame(answers, {"frame": "refused", "code": error.args[0]})
    except MemoryError:
        return write_frame(answers, {"frame": "refused", "code": "intake_memory"})
    outline = [list(astuple(each)) for each in reader.outline()] if wanted["outline"] else []
    write_frame(answers, {"frame": "opened", "pages": reader.page_count, "outline": outline})
    bookmarks = untrusted.outline({"pages": reader.page_count, "outline": outline})
    gc.freeze()  # nothing of what was loaded so far ever becomes garbage
    gc.set_threshold(_COLLECT_AFTER)
    while True:
        request, _ = read_frame(sys.stdin.buffer.read)
        for index in request["pages"]:
            if request["picture"]:
                _send_picture(answers, reader, index, request["picture"])
            elif index < reader.page_count:
                _send_page(answers, reader, index, request["dpi"], bookmarks if request["laid_out"] else None)


def _content(descriptor: int) -> bytes:
    """The whole file, whoever else reads it through the same descriptor."""
    content = bytearray()
    while chunk := os.pread(descriptor, _CHUNK, len(content)):
        content += chunk
    os.close(descriptor)
    return bytes(content)


def _limit(pages: int) -> None:
    cpu_s = int(OPENER_BASE_S + OPENER_PAGE_S * pages)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_MOST_FILES, _MOST_FILES))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s))
    resource.setrlimit(resource.RLIMIT_AS, (OPENER_MEMORY_BYTES, OPENER_MEMORY_BYTES))


def _send_page(answers: BinaryIO, reader: Reader, index: int, dpi: float, bookmarks: Sequence[Bookmark] | None) -> None:
    """Send a page, laid out under its ``bookmarks`` if these are given and all of it is words."""
    try:
        page = reader.page(index, dpi)
        if isinstance(page, Words) and not page.unread and bookmarks is not None:
            return write_frame(answers, _laid_out(page, index, bookmarks))
    except PageFailed as error:
        write_frame(answers, {"frame": "failed", "page": index, "code": error.args[0]})
    except MemoryError:
        write_frame(answers, {"frame": "failed", "page": index, "code": "intake_page_memory"})
    else:
        if isinstance(page, Words):
            write_frame(answers, {"frame": "words", "page": index, **_words(page)}, _places(page.lines))
            if page.unread:
                _send_pixels(answers, index, page.unread.pixels)
        elif isinstance(page, WrittenPage):
            write_frame(answers, {"frame": "written", "page": index, **as_frame(page)})
        else:
            _send_pixels(answers, index, page)


def _laid_out(page: Words, index: int, bookmarks: Sequence[Bookmark]) -> dict[str, object]:
    """The blocks of a page, from the very reading that the parent would make of its words."""
    from kbtool import layout
    from kbtool.intake import laid

    reading = untrusted.page({"frame": "words", "page": index, **_words(page)}, _places(page.lines))
    assert isinstance(reading, PageReading)
    own = tuple(bookmark for bookmark in bookmarks if bookmark.page == reading.number)
    blocks = laid.as_frame(layout.build_page(replace(reading, bookmarks=own), ""))
    return {"frame": "laid", "page": index, **blocks}


def _send_pixels(answers: BinaryIO, index: int, page: Pixels) -> None:
    write_frame(answers, {"frame": "pixels", "page": index, **_size(page)}, page.array.data.cast("B"))


def _send_picture(answers: BinaryIO, reader: Reader, index: int, wanted: dict[str, Any]) -> None:
    from kbtool.intake.readers.picture import Wanted, encode, fitting_dpi

    picture = Wanted(**wanted)
    if index >= reader.page_count:
        return write_frame(answers, {"frame": "failed", "page": index, "code": "intake_no_such_page"})
    try:
        sketch = reader.pixels(index, 20)
        page = reader.pixels(index, fitting_dpi(sketch, picture))
        write_frame(answers, {"frame": "picture", "page": index}, encode(page, picture))
    except PageFailed as error:
        write_frame(answers, {"frame": "failed", "page": index, "code": error.args[0]})
    except MemoryError:
        write_frame(answers, {"frame": "failed", "page": index, "code": "intake_page_memory"})


def _size(page: Pixels) -> dict[str, object]:
    height, width = page.array.shape[:2]
    channels = 1 if page.array.ndim == 2 else 3
    return {
        "width_pt": page.width_pt,
        "height_pt": page.height_pt,
        "width": width,
        "height": height,
        "channels": channels,
        "dpi": page.dpi,
    }


def _words(page: Words) -> dict[str, object]:
    return {
        "width_pt": page.width_pt,
        "height_pt": page.height_pt,
        "rotation": page.rotation,
        "lines": list(page.lines.texts),
        "vertical": list(page.lines.vertical),
        "bold": list(page.lines.bold),
        "grids": [_grid(grid) for grid in page.grids],
        "figures": [_numbers(box) for box in page.figures],
        "unread": [_numbers(box) for box in page.unread.areas] if page.unread else [],
        "illegible": [_numbers(box) for box in page.unread.illegible] if page.unread else [],
        "is_scan": bool(page.unread and page.unread.is_scan),
        "links": [[link.page, link.address, _numbers(link.box)] for link in page.links],
        "ruby": [[ruby.base, ruby.text, _numbers(ruby.box)] for ruby in page.ruby],
    }


def _places(lines: Lines) -> bytes:
    """Where lines and characters stand, as 32-bit numbers: five a line (frame, size), then two a character."""
    numbers = np.concatenate([lines.frames.ravel(), lines.spans.ravel()])
    return bytes(np.clip(numbers, 0.0, MAX_SIDE_PT).astype(np.float32).data)


def _grid(grid: Grid) -> list[object]:
    cells = [[c.row, c.column, c.row_span, c.column_span, _numbers(c.box)] for c in grid.cells]
    return [_numbers(grid.box), grid.rows, grid.columns, cells, grid.open]


def _numbers(values: Any) -> list[float]:
    return [round(float(value), 2) for value in values]


if __name__ == "__main__":
    main()
