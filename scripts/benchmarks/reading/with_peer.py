"""Reads a manifest of pages with another tool, as it comes.

Knows nothing of kbtool, so that any interpreter can run it.

python with_peer.py PEER MANIFEST JOBS OUT    reads, and writes what was read
python with_peer.py PEER                      prints the versions of what reads
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

Page = dict[str, Any]
Batch = dict[str, Any]

_RULE = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?")
_ENVIRONMENT = {**os.environ, "OMP_THREAD_LIMIT": "1"}


def tesseract(batch: Batch, jobs: int) -> list[Page]:
    """Plain Tesseract: psm 3, the image's dpi, one thread each; vertical pages with its model for them."""
    model = ("jpn_vert", "5") if batch["condition"] == "vertical" else ("jpn", "3")

    def one(image: str) -> Page:
        command = ["tesseract", image, "-", "-l", model[0], "--psm", model[1], "--dpi", str(batch["dpi"])]
        return _text(subprocess.run(command, capture_output=True, text=True, check=True, env=_ENVIRONMENT).stdout)

    with ThreadPoolExecutor(jobs) as pool:
        return list(pool.map(one, batch["images"]))


def ocrmypdf(batch: Batch, jobs: int) -> list[Page]:
    """OCRmyPDF with no more than the language and the number of jobs."""
    return _ocrmypdf(batch, jobs)


def ocrmypdf_clean(batch: Batch, jobs: int) -> list[Page]:
    """OCRmyPDF with its deskewing, cleaning and turning."""
    return _ocrmypdf(batch, jobs, "--deskew", "--clean", "--rotate-pages")


def _ocrmypdf(batch: Batch, jobs: int, *options: str) -> list[Page]:
    model = "jpn_vert" if batch["condition"] == "vertical" else "jpn"
    with tempfile.TemporaryDirectory() as folder:
        sidecar = Path(folder) / "text"
        command = [sys.executable, "-m", "ocrmypdf", "--quiet", "-l", model, "-j", str(jobs), *options]
        command += ["--output-type", "none", "--sidecar", str(sidecar), batch["pdf"], "-"]
        subprocess.run(command, check=True, env=_ENVIRONMENT, stdout=subprocess.DEVNULL)
        return [_text(page) for page in sidecar.read_text(encoding="utf-8").removesuffix("\f").split("\f")]


def rapidocr(batch: Batch, jobs: int) -> list[Page]:
    """RapidOCR as it comes: its lines in its own order."""
    from rapidocr import RapidOCR

    engine: Callable[[str], Any] = RapidOCR()
    return [_text("\n".join(engine(image).txts or ())) for image in batch["images"]]


def markitdown(batch: Batch, jobs: int) -> list[Page]:
    """Markitdown, one page at a time, since it does not say where pages end."""
    convert: Any = import_module("markitdown").MarkItDown()
    return [_markdown(convert.convert(str(path)).markdown) for path in _single_pages(batch["pdf"])]


def pymupdf4llm(batch: Batch, jobs: int) -> list[Page]:
    """pymupdf4llm in page chunks."""
    library: Any = import_module("pymupdf4llm")
    return [_markdown(chunk["text"]) for chunk in library.to_markdown(batch["pdf"], page_chunks=True)]


def pdfplumber(batch: Batch, jobs: int) -> list[Page]:
    """Read with pdfplumber as it comes: its text and its tables."""
    library: Any = import_module("pdfplumber")
    with library.open(batch["pdf"]) as source:
        return [
            {"text": page.extract_text(), "tables": [_cells(page, table) for table in page.find_tables()]}
            for page in source.pages
        ]


def pdfplumber_text(batch: Batch, jobs: int) -> list[Page]:
    """Read with pdfplumber as it comes: its text alone, for its speed."""
    library: Any = import_module("pdfplumber")
    with library.open(batch["pdf"]) as source:
        return [_text(page.extract_text()) for page in source.pages]


def pypdfium2(batch: Batch, jobs: int) -> list[Page]:
    """Read with pypdfium2 as it comes."""
    library: Any = import_module("pypdfium2")
    return [_text(page.get_textpage().get_text_bounded()) for page in library.PdfDocument(batch["pdf"])]


@dataclass(frozen=True)
class Peer:
    """How a peer reads, whether it reads pixels (else born-digital pages), and the packages that it is made of."""

    read: Callable[[Batch, int], list[Page]]
    packages: tuple[str, ...]
    takes_pixels: bool = False
    uses_tesseract: bool = False


PEERS = {
    "tesseract": Peer(tesseract, (), takes_pixels=True, uses_tesseract=True),
    "ocrmypdf": Peer(ocrmypdf, ("ocrmypdf",), takes_pixels=True, uses_tesseract=True),
    "ocrmypdf-clean": Peer(ocrmypdf_clean, ("ocrmypdf",), takes_pixels=True, uses_tesseract=True),
    "rapidocr": Peer(rapidocr, ("rapidocr", "onnxruntime"), takes_pixels=True),
    "markitdown": Peer(markitdown, ("markitdown", "pdfminer.six")),
    "pymupdf4llm": Peer(pymupdf4llm, ("pymupdf4llm", "PyMuPDF")),
    "pdfplumber": Peer(pdfplumber, ("pdfplumber",)),
    "pdfplumber-text": Peer(pdfplumber_text, ("pdfplumber",)),
    "pypdfium2": Peer(pypdfium2, ("pypdfium2",)),
}


def versions(peer: str) -> str:
    """Return the versions of what the peer reads with."""
    found = [f"{package} {version(package)}" for package in PEERS[peer].packages]
    if PEERS[peer].uses_tesseract:
        told = subprocess.run(["tesseract", "--version"], capture_output=True, text=True, check=True)
        found.append(told.stdout.splitlines()[0])
    return ", ".join(found)


def _single_pages(pdf: str) -> Iterator[Path]:
    import pypdfium2

    source = pypdfium2.PdfDocument(pdf)
    with tempfile.TemporaryDirectory() as folder:
        for index in range(len(source)):
            single = pypdfium2.PdfDocument.new()
            single.import_pages(source, [index])
            path = Path(folder) / f"{index}.pdf"
            single.save(str(path))
            yield path


def _text(text: str) -> Page:
    return {"text": text, "tables": []}


def _cells(page: Any, table: Any) -> list[list[object]]:
    """Return the cells of a table of pdfplumber with the spans that their boxes tell."""
    columns, rows = ({box[side] for box in table.cells} for side in (0, 1))
    lefts, tops = sorted(columns), sorted(rows)
    return [
        [
            tops.index(y0),
            lefts.index(x0),
            sum(y0 <= top < y1 for top in tops),
            sum(x0 <= left < x1 for left in lefts),
            page.crop((x0, y0, x1, y1)).extract_text(),
        ]
        for x0, y0, x1, y1 in table.cells
    ]


def _markdown(text: str) -> Page:
    """Take tables out of Markdown as cells and its marks off the words."""
    tables: list[list[list[object]]] = []
    kept: list[str] = []
    inside = False
    for line in text.splitlines():
        is_row = line.lstrip().startswith("|")
        if not is_row:
            kept.append(re.sub(r"^#+ |\*\*|^[-*] |`", "", line))
        elif not _RULE.fullmatch(line.strip()):
            cells = [re.sub(r"<br ?/?>|\*\*", "", cell).strip() for cell in line.strip().strip("|").split("|")]
            if not inside:
                tables.append([])
            row = len({cell[0] for cell in tables[-1]})
            tables[-1] += [[row, column, 1, 1, cell] for column, cell in enumerate(cells)]
            kept.append("\n".join(cells))
        inside = is_row
    return {"text": "\n".join(kept), "tables": tables}


def main(peer: str, manifest: Path, jobs: int, out: Path) -> None:
    """Read every batch the peer can read; write what was read, and in how many seconds, by condition."""
    read = {}
    for batch in json.loads(manifest.read_text(encoding="utf-8")):
        if bool(batch["images"]) == PEERS[peer].takes_pixels:
            started = time.monotonic()
            pages = PEERS[peer].read(batch, jobs)
            read[batch["condition"]] = {"pages": pages, "wall_s": time.monotonic() - started}
    out.write_text(json.dumps(read, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    if len(sys.argv) == 2:
        print(versions(sys.argv[1]))
    else:
        main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
