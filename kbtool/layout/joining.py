"""How the ends of lines meet: nothing between Japanese characters, one space between Latin words."""

from collections.abc import Iterable


def join(parts: Iterable[str]) -> str:
    """Join lines of one paragraph."""
    joined = ""
    for part in parts:
        joined = f"{joined}{between(joined, part)}{part}" if joined else part
    return joined


def between(before: str, after: str) -> str:
    """What belongs between two neighbours on a line or across a line's end."""
    if not before or not after:
        return ""
    last, first = before[-1], after[0]
    if last == "-" and len(before) > 1 and before[-2].isalpha() and first.islower():
        return ""
    return " " if is_latin(last) and is_latin(first) else ""


def is_latin(char: str) -> bool:
    """Whether a character is written with spaces between words."""
    return ord(char) < 0x2E80 and not char.isspace()
