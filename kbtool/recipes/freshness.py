"""How long the public update log has been silent: a site that stops speaking loses its readers' trust."""

from dataclasses import dataclass
from typing import Literal

from kbtool.entry import Audience
from kbtool.knowledge import ledger
from kbtool.project import Project


@dataclass(frozen=True, slots=True)
class Silence:
    """Days since the last public line (0 where there is none yet), and the limit that counts."""

    state: Literal["fresh", "quiet", "silent", "empty"]
    days: int
    limit: int


def silence(project: Project) -> Silence:
    """Compare the last line of the public log with the limits of the settings."""
    limits = project.settings.freshness
    lines = ledger.lines(project, Audience.PUBLIC)
    if not lines:
        return Silence("empty", 0, limits.warn_days)
    days = (project.today - lines[-1].date).days
    if days > limits.error_days:
        return Silence("silent", days, limits.error_days)
    return Silence("quiet" if days > limits.warn_days else "fresh", days, limits.warn_days)
