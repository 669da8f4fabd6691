"""Where the lines of a table lie: rules side by side are one line, and strokes of type that stand in line are none."""

from kbtool.recognise.rules import Rule, Rules, column_rules, row_rules

#: Rules nearer than this, in inches, are one: a double rule, a step in a bad scan.
SAME_IN = 0.07
#: A line of a grid shorter than this share of it runs from rule to rule.
_SCRAP = 0.25


def lines_of(rules: Rules) -> tuple[list[float], list[float]]:
    """Heights of the level lines and places of the upright ones, open sides of the table included; pixels."""
    same = rules.dpi * SAME_IN
    rows, columns = row_rules(rules), column_rules(rules)
    rows, columns = _without_scraps(rows, columns, same), _without_scraps(columns, rows, same)
    ys = _with_open_ends(_places(rows, same), columns, same)
    xs = _with_open_ends(_places(columns, same), rows, same)
    return ys, xs


def _places(rules: list[Rule], same: float) -> list[float]:
    """Places of the grid lines: rules side by side are one, each counting by its length."""
    groups = _side_by_side(rules, same)
    return [sum(r.place * r.length for r in group) / sum(r.length for r in group) for group in groups]


def _side_by_side(rules: list[Rule], same: float) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda r: r.place):
        if groups and rule.place - groups[-1][-1].place <= same:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _without_scraps(rules: list[Rule], crossing: list[Rule], same: float) -> list[Rule]:
    """The rules but for short ones that end in the middle of a cell: strokes of type that stand in line by chance."""
    if not rules or not crossing:
        return rules
    least = _SCRAP * (max(rule.end for rule in rules) - min(rule.start for rule in rules))
    across = [rule.place for rule in crossing]

    def meets(end: int) -> bool:
        return any(abs(place - end) <= same for place in across)

    groups = _side_by_side(rules, same)
    kept = [
        group
        for group in groups
        if sum(rule.length for rule in group) >= least
        or (meets(min(rule.start for rule in group)) and meets(max(rule.end for rule in group)))
    ]
    return [rule for group in kept for rule in group]


def _with_open_ends(places: list[float], crossing: list[Rule], same: float) -> list[float]:
    """Add the sides a table leaves open: crossing rules that run on past the outermost line."""
    if not crossing or not places:
        return places
    start, end = min(r.start for r in crossing), max(r.end for r in crossing)
    before = [float(start)] if places[0] - start > 3 * same else []
    after = [float(end)] if end - places[-1] > 3 * same else []
    return before + places + after
