"""Items of prose as the Markdown of a section.

Separate because questions and headings have bodies alike: paragraphs, numbered steps, points, labelled lines.
"""

import re
from collections.abc import Iterable
from itertools import groupby

from kbtool.drafting.item import Item, Role
from kbtool.drafting.wording import plain

_LISTED = frozenset({Role.BULLET, Role.LINE})
#: What Markdown or a browser would take for a mark.
_MARKS = re.compile(r"([\\`*_\[\]])")


def escaped(text: str) -> str:
    """Prose that Markdown shows as it stands."""
    return _MARKS.sub(r"\\\1", text).replace("<", "&lt;")


def body_text(items: Iterable[Item]) -> str:
    """Paragraphs, with steps as a numbered list and points as a plain one."""
    parts: list[str] = []
    counted = 0
    for kind, group in groupby((item for item in items if item.text), key=_kind):
        run = list(group)
        if kind is Role.STEP:
            counted = 0 if _is_first(run[0]) else counted
            parts.append(numbered(run, counted + 1))
            counted += len(run)
        elif kind is Role.BULLET:
            parts.append("\n".join(f"- {escaped(item.text)}" for item in run))
        else:
            parts.extend(escaped(item.text) for item in run)
    return "\n\n".join(parts)


def numbered(steps: Iterable[Item], start: int = 1) -> str:
    """Steps as a Markdown list, in their order; ``start`` where a remark stood between them."""
    return "\n".join(f"{place}. {escaped(item.text)}" for place, item in enumerate(steps, start))


def _is_first(step: Item) -> bool:
    return re.sub(r"\D", "", plain(step.number)) in ("", "1")


def _kind(item: Item) -> Role:
    return Role.BULLET if item.role in _LISTED else Role.STEP if item.role is Role.STEP else Role.TEXT
