"""Exactly one mark: of several printed choices the marked one, or nothing and the reason."""

from collections.abc import Sequence

from kbtool.forms.normalise.reading import Reading


def read_choice(marked: Sequence[str], required: bool) -> Reading:
    """The one marked choice; two are undecidable, none is a doubt only where a choice is required."""
    if len(marked) == 1:
        return Reading(marked[0])
    if marked:
        return Reading(None, "two_marks")
    return Reading(None, "no_mark" if required else "")
