"""Reads a manifest of pages with another tool, as it comes.

Knows nothing of kbtool, so that any interpreter can run it.

python with_peer.py PEER MANIFEST JOBS OUT
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
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


#: Each peer, and whether it reads pixels (else born-digital pages).
PEERS: dict[str, tuple[Callable[[Batch, int], list[Page]], bool]] = {
    "tesseract": (tesseract, True),
    "ocrmypdf": (ocrmypdf, True),
    "ocrmypdf-clean": (ocrmypdf_clean, True),
    "rapidocr": (rapidocr, True),
    "markitdown": (markitdown, False),
    "pymupdf4llm": (pymupdf4llm, False),
}


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
    """Read every batch the peer can read; write what was read, by condition and page."""
    read, takes_pixels = PEERS[peer]
    batches = json.loads(manifest.read_text(encoding="utf-8"))
    pages = {batch["condition"]: read(batch, jobs) for batch in batches if bool(batch["images"]) == takes_pixels}
    out.write_text(json.dumps(pages, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
