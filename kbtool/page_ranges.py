"""Pages as people name them: ``3-8,11``. For the command line and the settings alike."""

#: No document has a page of a higher number; a range beyond it is a slip of the hand.
_HIGHEST = 999_999


def page_ranges(text: str) -> tuple[range, ...]:
    """Read ``3-8,11`` as ranges of numbers from 1, as they come; ``ValueError`` for anything else."""
    ranges = []
    for part in text.split(","):
        first, _, last = part.strip().partition("-")
        last = last or first
        if not (_is_number(first) and _is_number(last) and 1 <= int(first) <= int(last) <= _HIGHEST):
            raise ValueError(text)
        ranges.append(range(int(first), int(last) + 1))
    return tuple(ranges)


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= len(str(_HIGHEST))
