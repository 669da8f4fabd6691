"""``--help`` in the language of the run.

Apart from the commands, which carry their help in Japanese: the English, and the Japanese of click's own words, stand
in the catalogues ``help.en.yml`` and ``help.ja.yml``.
"""

from collections.abc import Iterable

import click
from click.formatting import wrap_text

from kbtool import messages
from kbtool.commands.session import Session


class HelpFormatter(click.HelpFormatter):
    """Click's formatter; it looks every text up before writing it."""

    def __init__(self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None) -> None:
        super().__init__(indent_increment, width, max_width)
        context = click.get_current_context(silent=True)
        ((context.find_object(Session) if context else None) or Session()).settle_language()

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that shows what follows the command."""
        super().write_usage(prog, _words(args), prefix or f"{messages.help_text('Usage:')} ")

    def write_heading(self, heading: str) -> None:
        """What the list below it holds."""
        super().write_heading(messages.help_text(heading))

    def write_text(self, text: str) -> None:
        """What the command does."""
        indent = " " * self.current_indent
        self.write(f"{wrap_text(messages.help_text(text), self.width, indent, indent, preserve_paragraphs=True)}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options or commands, each with what it does."""
        super().write_dl([(_words(name), _described(text)) for name, text in rows], col_max, col_spacing)


def _words(text: str) -> str:
    return " ".join(map(messages.help_text, text.split(" ")))


def _described(text: str) -> str:
    """A help text and what click says behind it, as in ``how many  [default: 10; 1<=x<=1000]``."""
    said, bracket, more = text.partition("  [")
    if not bracket:
        return messages.help_text(said)
    parts = (part.partition(": ") for part in more.removesuffix("]").split("; "))
    told = (f"{messages.help_text(name)}{colon}{value}" for name, colon, value in parts)
    return f"{messages.help_text(said)}  [{'; '.join(told)}]"
