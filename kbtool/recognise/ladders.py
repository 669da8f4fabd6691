"""Level rules that share both ends: what may be a table ruled between its rows only.

Found apart from grids, because such rules hang together with nothing. Whether words make columns between them is told
later, where their places are known.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from kbtool.recognise.grids import PixelCell, PixelGrid
from kbtool.recognise.rules import Rule, Rules, row_rules

#: In inches: the shortest rule, how far ends may be apart; the highest step and widest gap of a rule that a scan broke.
_SHORTEST_IN, _SAME_END_IN, _STEP_IN, _GAP_IN = 0.8, 0.06, 0.03, 0.5
#: Rules nearer than this are a double rule, and so many make a ladder.
_LOWEST_BAND_IN, _FEWEST_RULES = 0.08, 4


def find_ladders(rules: Rules, grids: Sequence[PixelGrid]) -> tuple[PixelGrid, ...]:
    """Find groups of level rules outside the ``grids``: grids of one column, open at the sides."""
    dpi = rules.dpi
    whole = _whole(row_rules(rules), dpi)
    free = [rule for rule in whole if rule.length >= _SHORTEST_IN * dpi and not _in_any(rule, grids, dpi)]
    groups: list[list[Rule]] = []
    for rule in free:
        home = next((group for group in groups if _share_ends(group[0], rule, dpi)), None)
        if home is None:
            groups.append([rule])
        elif rule.place - home[-1].place > _LOWEST_BAND_IN * dpi:
            home.append(rule)
    return tuple(_ladder(group) for group in groups if len(group) >= _FEWEST_RULES)


def _whole(rules: Iterable[Rule], dpi: float) -> list[Rule]:
    """Rules from the top, those put together again that a bad scan broke."""
    joined: list[Rule] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.place / (_STEP_IN * dpi)), rule.start)):
        last = joined[-1] if joined else None
        if last and abs(rule.place - last.place) <= _STEP_IN * dpi and -1 <= rule.start - last.end <= _GAP_IN * dpi:
            place = (last.place * last.length + rule.place * rule.length) / (last.length + rule.length)
            joined[-1] = Rule(place, last.start, max(last.end, rule.end))
        else:
            joined.append(rule)
    return sorted(joined, key=lambda rule: rule.place)


def _in_any(rule: Rule, grids: Sequence[PixelGrid], dpi: float) -> bool:
    near = _SAME_END_IN * dpi
    return any(
        x0 < rule.end and rule.start < x1 and y0 - near < rule.place < y1 + near
        for x0, y0, x1, y1 in (grid.box for grid in grids)
    )


def _share_ends(first: Rule, second: Rule, dpi: float) -> bool:
    return max(abs(first.start - second.start), abs(first.end - second.end)) <= _SAME_END_IN * dpi


def _ladder(rules: Sequence[Rule]) -> PixelGrid:
    x0, x1 = float(min(rule.start for rule in rules)), float(max(rule.end for rule in rules))
    cells = tuple(
        PixelCell(row, 0, 1, 1, (x0, above.place, x1, below.place))
        for row, (above, below) in enumerate(pairwise(rules))
    )
    return PixelGrid(tuple(rule.place for rule in rules), (x0, x1), cells, open=True)
