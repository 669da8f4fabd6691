"""Measure what kbtool makes of material whose truth is known.

scripts/benchmark check     everything kbtool check looks for in 10,000 entries
scripts/benchmark cluster   a scan taken in alone, and by Dask workers on the same cores: speed and bytes
scripts/benchmark demo      entries and records of the demo corpora against tests/truth, each miss with its crop
scripts/benchmark drafting  fictional manuals of other companies: precision and recall of entries, the misses named
scripts/benchmark ingest    a pile taken in: first run, second run, killed halfway, memory over a long document
scripts/benchmark personal  values planted into sentences: found, wholly masked, false alarms
scripts/benchmark reading   pages drawn with known truth: kbtool and other readers side by side
scripts/benchmark search    judged questions: quality with its uncertainty, latency
scripts/benchmark store     import, parse and export of entries
"""

import argparse
import importlib
import sys

BENCHMARKS = ("check", "cluster", "demo", "drafting", "ingest", "personal", "reading", "search", "store")


def main() -> int:
    """Run one benchmark; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="name", required=True)
    modules = {name: importlib.import_module(f"benchmarks.{name}") for name in BENCHMARKS}
    for name, module in modules.items():
        module.arguments(commands.add_parser(name, help=module.__doc__))
    options = parser.parse_args()
    code: int = modules[options.name].run(options)
    return code


if __name__ == "__main__":
    sys.exit(main())
