"""A page of the shell, taken apart at its placeholders and checked.

A theme that changes where a placeholder stands could turn escaped text into markup, so each must occur exactly as
often, and in the kind of place, that the table says; else the build fails. Setting values in is one pass: what an
entry says is never searched for placeholders.
"""

import base64
import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser

from kbtool.errors import EnvironmentMissing

_TOKEN = re.compile(r"@@kb:([A-Za-z0-9._/-]+)@@")
_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*\btype=\"application/)[^>]*>(.*?)</script>", re.DOTALL)
#: Token → how often it stands in text and in attributes. ``nav.*`` stands once for each item.
_EXPECTED = {
    "csp": (0, 1),
    "head": (1, 0),
    "title": (2, 0),
    "site": (2, 4),
    "path": (1, 0),
    "body": (1, 0),
    "toc": (1, 0),
    "footer": (1, 0),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """Constant pieces of a page with the names of the values between them: piece, name, piece, name, … piece."""

    pieces: tuple[str, ...]
    script_hashes: tuple[str, ...]

    def fill(self, values: dict[str, str]) -> str:
        """Set HTML-ready values in; a missing one is a ``KeyError``."""
        return "".join(values[piece] if index % 2 else piece for index, piece in enumerate(self.pieces))

    @property
    def text(self) -> str:
        """The page without any value."""
        return " ".join(self.pieces[::2])


def frame(name: str, html: str) -> Frame:
    """Take a built page apart; ``EnvironmentMissing`` when its placeholders are not where they must be."""
    counter = _Counter()
    counter.feed(html)
    counter.close()
    _check(name, counter.found)
    return Frame(tuple(_TOKEN.split(html)), tuple(sorted({_digest(script) for script in _SCRIPT.findall(html)})))


def _digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def _check(page: str, found: Counter[tuple[str, str]]) -> None:
    names = {token for token, _ in found} | set(_EXPECTED)
    for token in sorted(names):
        text, attribute = _EXPECTED.get(token, (1, 0) if token.startswith("nav.") else (0, 0))
        for context, expected in (("text", text), ("attribute", attribute), ("script", 0)):
            actual = found[token, context]
            if actual != expected:
                raise EnvironmentMissing(
                    "site_token", page=page, token=token, context=context, expected=expected, found=actual
                )


class _Counter(HTMLParser):
    """Counts placeholders by the kind of place they stand in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: Counter[tuple[str, str]] = Counter()
        self._raw = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._raw = tag in ("script", "style", "template", "noscript")
        for name, value in attrs:
            self._count(value or "", "script" if name.startswith("on") else "attribute")

    def handle_endtag(self, tag: str) -> None:
        self._raw = False

    def handle_data(self, data: str) -> None:
        self._count(data, "script" if self._raw else "text")

    def handle_comment(self, data: str) -> None:
        self._count(data, "script")

    def _count(self, value: str, context: str) -> None:
        self.found.update((name, context) for name in _TOKEN.findall(value))
