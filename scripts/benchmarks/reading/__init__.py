"""Pages with known truth, drawn and damaged by seed, read by kbtool and by others side by side.

Seeds below 1000 draw with the fonts for development; keep seeds from 1000 on for final figures: they share no font with
the others. The typefaces come from Debian:

    {fonts}

Peers: tesseract, rapidocr, pdfplumber, pypdfium2 (from this environment); ocrmypdf, plain and -clean (Debian's
ghostscript and unpaper), markitdown and pymupdf4llm (put into build/peers when first asked for).
"""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

from benchmarks.reading import report, text_layer
from benchmarks.reading.corpus import CONDITIONS, SPECIAL, Batch, make
from benchmarks.reading.faces import MissingFontError, install_command
from benchmarks.reading.metrics import fold
from benchmarks.reading.readers import OWN, READERS, Run
from benchmarks.reading.readers import run as run_reader
from benchmarks.reading.scores import PageScore, score
from kbtool import durable

_ROOT = Path(__file__).resolve().parents[3]


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of this benchmark."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = (__doc__ or "").format(fonts=install_command())
    parser.add_argument("--seed", type=int, default=1, help="which pages; 1000 and above: the final fonts")
    parser.add_argument("--pages", type=int, default=10, help="pages a condition (10: one of each layout)")
    parser.add_argument(
        "--conditions", default=",".join(CONDITIONS), help=f"which of %(default)s; also {','.join(SPECIAL)}"
    )
    parser.add_argument("--readers", default=",".join([*OWN, "tesseract"]), help=f"which of {','.join(READERS)}")
    parser.add_argument("--peers", action="store_true", help="all readers; installs those that are missing")
    parser.add_argument(
        "--reuse",
        action="store_true",
        help="take what peers read of the same pages before; their speed is then unknown",
    )
    parser.add_argument(
        "--text-layer-pages", type=int, default=0, help="also time a text layer of so many pages (300 says enough)"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes for each reader")
    parser.add_argument("--out", type=Path, default=_ROOT / "build/reading", help="pages, readings and report")


def run(options: argparse.Namespace) -> int:
    """Draw, read, score; print the report and write it beside each page's truth and readings."""
    readers = READERS if options.peers else options.readers.split(",")
    try:
        batches = make(options.out / "pages", options.seed, options.pages, options.conditions.split(","), options.jobs)
    except MissingFontError as error:
        print(error)
        return 4
    runs = [run_reader(name, batches, options.jobs, options.out, reuse=options.reuse) for name in readers]
    scores = {done.reader: score(done, batches) for done in runs}
    long = options.text_layer_pages
    speeds = text_layer.measure(options.out / "text-layer", options.seed, long, options.jobs) if long else None
    title = f"# Reading, seed {options.seed}, {options.pages} pages a condition"
    told = "\n".join([title, *report.lines(scores, runs, os.cpu_count() or 1, speeds)])
    durable.write(options.out / "report.md", told + "\n")
    durable.write(options.out / "pages.txt", "\n".join(_side_by_side(batches, runs, scores)) + "\n")
    print(told)
    return 0


def _side_by_side(batches: list[Batch], runs: list[Run], scores: dict[str, list[PageScore]]) -> Iterator[str]:
    """The folded truth and readings of each page, one line each, for a diff by eye."""
    for batch in batches:
        for number, truth in enumerate(batch.truths):
            yield f"\n== {batch.condition} {number} {truth.layout}"
            yield f"{'truth':18}{'｜'.join(map(fold, truth.blocks))}"
            for done in runs:
                pages = done.pages.get(batch.condition, ())
                if number < len(pages):
                    mine = [page for page in scores[done.reader] if page.condition == batch.condition][number]
                    yield f"{done.reader:18}{'｜'.join(map(fold, pages[number].text.split()))}"
                    yield f"{'':18}CER {mine.ordered.rate:.4f} bCER {mine.blocks.rate:.4f}"
