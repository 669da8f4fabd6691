"""The search of the sites over the same entries and questions as the machine's, and what a question costs in bytes."""

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from kbtool import durable
from kbtool.search import Searchable
from kbtool.search.browser import BrowserPage, write_index
from tests.node import NODE

_ASK = Path(__file__).with_name("ask.js")


@dataclass(frozen=True, slots=True)
class Answered:
    """Ids found for a question, and its cost: gzipped bytes for a new visitor and after that, requests, time."""

    found: tuple[str, ...]
    first: int
    further: int
    requests: int
    ms: float


@contextmanager
def index(entries: Sequence[Searchable]) -> Iterator[Path]:
    """The pieces of the entries' index in a temporary folder."""
    pages = [BrowserPage(one.id, one.question, one.category, one.answer, one.variants) for one in entries]
    with tempfile.TemporaryDirectory() as folder:
        start = time.process_time()
        write_index(pages, Path(folder), durable.write)
        sizes = [path.stat().st_size for path in Path(folder).iterdir()]
        spent = time.process_time() - start
        print(f"  built in {spent:.1f} CPU s: {len(sizes)} files, {sum(sizes) / 1e6:.1f} MB")
        yield Path(folder)


def ask(folder: Path, questions: Mapping[str, str], limit: int = 10) -> dict[str, Answered]:
    """Ask every question of the site's own client, each as a new visitor, under Node."""
    command = [NODE, str(_ASK), str(folder), str(limit)]
    run = subprocess.run(command, input=json.dumps(questions), capture_output=True, text=True, check=True, timeout=1800)
    return {id_: Answered(**{**each, "found": tuple(each["found"])}) for id_, each in json.loads(run.stdout).items()}


def costs(answers: Mapping[str, Answered]) -> None:
    """Print what questions cost over the wire, as a server that gzips serves the pieces."""
    for name in ("first", "further"):
        values = sorted(getattr(each, name) for each in answers.values())
        middle, high = fmean(values), values[len(values) * 95 // 100]
        print(
            f"  {name} question: mean {middle / 1000:.1f} kB, p95 {high / 1000:.1f} kB, most {values[-1] / 1000:.1f} kB"
        )
    slowest = sorted(each.ms for each in answers.values())
    requests = fmean(each.requests for each in answers.values())
    print(f"  {requests:.0f} requests; in Node p50 {slowest[len(slowest) // 2]:.0f} ms")
