"""What stands on a drawn page: the truth that readers are measured against, and its plain-data form."""

from dataclasses import dataclass

from kbtool.document import Box


@dataclass(frozen=True, slots=True)
class TrueCell:
    """A cell of a table at its top left place, with its spans."""

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class TrueField:
    """A field or choice of a form: ``box`` in fractions of the form's frame.

    ``mark`` is "" for text, "tick" or "ring" for a choice; ``marked`` whether it is chosen.
    """

    name: str
    box: Box
    text: str = ""
    mark: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class PageTruth:
    """One page: its blocks in reading order, its tables (each a tuple of cells), the fields of its form.

    ``ruled`` says of each table whether it is drawn with rules; ``turn`` is how many degrees clockwise the page must be
    turned to stand upright.
    """

    layout: str
    blocks: tuple[str, ...]
    tables: tuple[tuple[TrueCell, ...], ...] = ()
    ruled: tuple[bool, ...] = ()
    form: str = ""
    fields: tuple[TrueField, ...] = ()
    turn: int = 0
