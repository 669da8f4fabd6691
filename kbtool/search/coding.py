"""Numbers and terms as the browser's client reads them: the one place that both sides of the wire agree on."""

from collections.abc import Iterable

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def numbers_as_text(values: Iterable[int]) -> str:
    """Numbers as text: five bits a character, least first; the sixth bit says that more follow."""
    text = []
    for number in values:
        rest = number
        while rest > 31:
            text.append(DIGITS[rest & 31 | 32])
            rest >>= 5
        text.append(DIGITS[rest])
    return "".join(text)


def term_hash(term: str) -> int:
    """FNV-1a (Fowler, Noll, Vo), 32 bits, over UTF-16 code units, as the client does it."""
    data, value = term.encode("utf-16-le"), 2166136261
    for at in range(0, len(data), 2):
        value = ((value ^ int.from_bytes(data[at : at + 2], "little")) * 16777619) & 0xFFFFFFFF
    return value
