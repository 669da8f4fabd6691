"""Draw the demo samples of source_manuals/, or prove that the committed ones are what this code draws."""

import argparse
import filecmp
import importlib
import sys
import tempfile
import time
from pathlib import Path

COMMITTED = Path(__file__).resolve().parents[2] / "source_manuals"
SAMPLES = ("operations_manual", "product_manual", "slips")


def main() -> int:
    """Run the command line; return the exit code."""
    options = _options()
    names = [options.only] if options.only else list(SAMPLES)
    if options.check:
        return _check(names)
    options.out.mkdir(parents=True, exist_ok=True)
    _draw(names, options.out)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--out", type=Path, default=COMMITTED, metavar="DIR", help="where to draw (default: %(default)s)"
    )
    parser.add_argument("--only", choices=SAMPLES, help="draw or check one sample")
    parser.add_argument("--check", action="store_true", help="draw elsewhere and compare with the committed files")
    return parser.parse_args()


def _draw(names: list[str], out: Path) -> None:
    for name in names:
        # Imported one at a time: a sample can be drawn without what another one needs.
        sample = importlib.import_module(f"samples.{name}")
        start = time.monotonic()
        sample.draw(out)
        print(f"{name}: {time.monotonic() - start:.1f} s", file=sys.stderr)


def _check(names: list[str]) -> int:
    """Return 1 and name each file that is not byte for byte the committed one, else 0."""
    with tempfile.TemporaryDirectory() as folder:
        _draw(names, Path(folder))
        drawn = sorted(path.relative_to(folder) for path in Path(folder).rglob("*") if path.is_file())
        _, different, missing = filecmp.cmpfiles(folder, COMMITTED, [str(path) for path in drawn], shallow=False)
    for path in different:
        print(f"{path}: differs from what scripts/make_samples draws", file=sys.stderr)
    for path in missing:
        print(f"{path}: drawn, but not committed", file=sys.stderr)
    return 1 if different or missing else 0


if __name__ == "__main__":
    sys.exit(main())
