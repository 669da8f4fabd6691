"""Words that mean the same at this desk: added to a document when the index is built, so that a query costs nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kbtool.text import analysis


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups of interchangeable expressions, each cut into words."""

    groups: tuple[tuple[tuple[str, ...], ...], ...] = ()

    @classmethod
    def of(cls, groups: Iterable[Sequence[str]]) -> "Synonyms":
        """Cut the groups of ``synonyms.yml`` into words; an expression without words is left out."""
        cut = ([tuple(analysis.words(expression)) for expression in group] for group in groups)
        return cls(tuple(tuple(dict.fromkeys(words for words in group if words)) for group in cut))

    def also_called(self, texts: Sequence[Sequence[str]]) -> list[str]:
        """The words that stand for what the texts say, once each."""
        added: dict[str, None] = {}
        for group in self.groups:
            if any(_says(text, expression) for text in texts for expression in group):
                added.update(dict.fromkeys(word for expression in group for word in expression))
        return list(added)


def _says(text: Sequence[str], expression: tuple[str, ...]) -> bool:
    length = len(expression)
    return any(tuple(text[at : at + length]) == expression for at in range(len(text) - length + 1))
