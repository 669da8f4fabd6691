"""How long the public update log has been silent: a site that stops speaking loses its readers' trust."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kbtool.knowledge.ledger import LedgerLine
from kbtool.settings import Freshness


@dataclass(frozen=True, slots=True)
class Silence:
    """Days since the last public line (0 where there is none yet), and the limit that counts."""

    state: Literal["fresh", "quiet", "silent", "empty"]
    days: int
    limit: int


def silence(public: Sequence[LedgerLine], today: date, limits: Freshness) -> Silence:
    """Compare the last line of the public log with the limits of the settings."""
    if not public:
        return Silence("empty", 0, limits.warn_days)
    days = (today - public[-1].date).days
    if days > limits.error_days:
        return Silence("silent", days, limits.error_days)
    return Silence("quiet" if days > limits.warn_days else "fresh", days, limits.warn_days)
