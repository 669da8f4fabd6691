"""What a line is where its file does not say: told by its own words, and whether it stands out."""

from kbtool.document import Kind
from kbtool.layout import markers

_LONGEST_HEADING = 45
_NO_HEADING_ENDS = ("。", "、", "，", ",", "．", ":", "：", ";")
#: The depth of a heading that says nothing of its own depth.
LONE_LEVEL = 3


def role_of(text: str, *, stands_out: bool = False) -> tuple[Kind, int]:
    """Tell kind and level of a line; ``stands_out`` for bold or larger type."""
    if markers.starts_question_or_answer(text) or markers.has_leader(text):
        return Kind.PARAGRAPH, 0
    depth = markers.section_depth(text)
    if _may_be_heading(text) and (depth or markers.is_marked_heading(text) or (stands_out and _is_plain(text))):
        return Kind.HEADING, depth or LONE_LEVEL
    if markers.starts_list_item(text):
        return Kind.LIST_ITEM, 1
    return Kind.PARAGRAPH, 0


def _may_be_heading(text: str) -> bool:
    one_line = len(text) <= _LONGEST_HEADING and "\n" not in text
    return one_line and not text.endswith(_NO_HEADING_ENDS) and any(char.isalpha() for char in text)


def _is_plain(text: str) -> bool:
    return not markers.starts_list_item(text) and not markers.starts_note(text)
