"""Entries drafted from fictional manuals of other companies, against what a person expects of them."""

import argparse
import tempfile
from pathlib import Path

from benchmarks.drafting import drawing, notation, truth
from kbtool import drafting, intake
from kbtool.entry import Entry
from kbtool.recognise import RecogniseOptions
from kbtool.settings import ProductName, Settings

HERE = Path(__file__).parent


def arguments(parser: argparse.ArgumentParser) -> None:
    """Options of this benchmark."""
    names = sorted(path.stem for path in (HERE / "manuals").glob("*.txt"))
    parser.add_argument("manual", nargs="*", help=f"which manuals (default: all): {', '.join(names)}")
    parser.add_argument("--out", type=Path, help="keep the drawn manuals in this folder")


def run(options: argparse.Namespace) -> int:
    """Draw, read, draft and score each manual; print precision, recall and every miss by name."""
    paths = [path for path in sorted((HERE / "manuals").glob("*.txt")) if path.stem in (options.manual or path.stem)]
    scores = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = options.out or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        for path in paths:
            found = truth.score(truth.read(HERE / "truth" / path.name), _entries(notation.read(path), folder))
            scores.append(found)
            print(_told(path.stem, found), *(f"  - {miss}" for miss in found.misses), sep="\n", flush=True)
    print(_told("all", _together(scores)))
    return 0


def _entries(manual: notation.Manual, out: Path) -> tuple[Entry, ...]:
    """What kbtool drafts of the manual when it is read from its drawn pages."""
    drawn = drawing.draw(manual, out)
    source = next(source for source in intake.discover(out).sources if source.name == drawn.name)
    models = tuple(manual.look.get("products", "").split())
    settings = Settings(products=(ProductName(manual.look["title"], models),) if models else ())
    options = RecogniseOptions(engine="auto", languages=("jpn",), doubtful_below=70.0, forms=())
    with intake.PageReader(options, 1, out / ".cache") as reader:
        return drafting.draft(reader.read(source, slug=manual.name), settings).entries


def _together(scores: list[truth.Score]) -> truth.Score:
    counts = zip(*((one.drafted, one.right, one.wanted) for one in scores), strict=True)
    return truth.Score(*(sum(each) for each in counts), misses=())


def _told(name: str, found: truth.Score) -> str:
    figures = f"precision {found.precision:.1%}  recall {found.recall:.1%}"
    return f"{name:14} {figures}  ({found.right} right of {found.drafted} drafted, {found.wanted} expected)"
