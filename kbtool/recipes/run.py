"""The whole way in one: ingest, index, publish the operator site."""

from collections.abc import Callable
from dataclasses import dataclass

from kbtool.entry import Audience
from kbtool.knowledge import KnowledgeBase
from kbtool.recipes.find import open_index
from kbtool.recipes.ingest import Progress, ingest
from kbtool.recipes.ingest_report import IngestReport
from kbtool.recipes.publish import Published, publish


@dataclass(frozen=True, slots=True)
class RunReport:
    """What each stage did; ``indexed`` counts everything that can be found."""

    ingest: IngestReport
    indexed: int
    published: Published


def run(
    kb: KnowledgeBase,
    *,
    jobs: int | None,
    on_progress: Callable[[Progress], None],
    cluster: str | None = None,
    dry_run: bool = False,
) -> RunReport:
    """Take in what is new, bring the index up to date, publish the operator site."""
    taken = ingest(kb, jobs=jobs, cluster=cluster, dry_run=dry_run, on_progress=on_progress)
    with open_index(kb) as index:
        indexed = index.size
    return RunReport(taken, indexed, publish(kb, Audience.INTERNAL, dry_run=dry_run))
