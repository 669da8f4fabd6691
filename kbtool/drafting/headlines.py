"""Lines that are headings though the layout saw none, and headings that only gather deeper ones.

Separate from the stream: here every decision looks at neighbours, not at a block alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kbtool.drafting import wording
from kbtool.drafting.item import Item, Role

#: Longest heading met in real manuals is about 40 characters; a longer line that starts with a number is prose.
LONGEST = 50
#: A question that is a heading may be a long sentence.
LONGEST_QUESTION = 120
#: A heading without number or larger type is only believed where it is short.
_LONGEST_LONE = 20
#: The levels of headings known by ■ or 【】 only, and of lone lines: below all others.
MARKED, _LOWEST = 8, 9
_COUNTED = re.compile(r"^(?P<number>\d{1,2})\s+(?P<text>\D.*)$")
_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-鿿]")
_COUNTABLE = frozenset({Role.HEADING, Role.CAPTION})


def promote(found: Sequence[Item]) -> list[Item]:
    """Make headings of lines in the type of the text: marked ■, counted like a heading, or alone above a sentence."""
    result = list(found)
    for place in range(len(found) - 1):
        before, line, after = result[place - 1] if place else None, found[place], found[place + 1]
        if _is_marked(before, line, after):
            result[place] = replace(line, role=Role.HEADING, level=MARKED)
        elif _is_lone(before, line, after):
            result[place] = replace(line, role=Role.HEADING, level=_LOWEST)
        elif (counted := _COUNTED.match(line.text)) and _is_counted(result, place, int(counted["number"])):
            result[place] = replace(
                line, role=Role.HEADING, text=counted["text"], number=counted["number"], level=MARKED
            )
    return result


def _is_marked(before: Item | None, line: Item, after: Item) -> bool:
    """Whether ■ stands before a heading, not before one point of several."""
    single = line.label not in (after.label, before.label if before else "")
    marked = line.role is Role.BULLET and bool(line.label) and single
    short = len(line.text) <= LONGEST and not line.text.endswith("。")
    return marked and short and after.role is not Role.HEADING and line.page == after.page


def _is_lone(before: Item | None, line: Item, after: Item) -> bool:
    if line.role is not Role.TEXT or after.role is not Role.TEXT or line.page != after.page:
        return False
    if not wording.LONE_HEADING.match(line.text) or len(line.text) > _LONGEST_LONE or not _JAPANESE.search(line.text):
        return False
    runs_on = before is not None and before.role is Role.TEXT and before.page == line.page
    if runs_on and before is not None and not wording.SENTENCE_END.search(before.text) and "、" in before.text:
        return False
    own_block = line.evidence.box != after.evidence.box
    return own_block and len(after.text) > len(line.text) and any(mark in after.text for mark in "、。")


def _is_counted(found: Sequence[Item], place: int, number: int) -> bool:
    """Whether a point 「2 延滞への応対」 above a sentence is the heading that its page lacks between 1 and 3."""
    line, after = found[place], found[place + 1]
    if line.role is not Role.BULLET or after.role is not Role.TEXT or len(line.text) > LONGEST:
        return False
    counted = {item.number for item in found if item.role in _COUNTABLE and item.page == line.page}
    return not line.text.endswith("。") and bool(counted & {str(number - 1), str(number + 1)})


def levelled(found: Sequence[Item]) -> list[Item]:
    """The headings with the level that their numbers give: 3. stands above 3-1 where the document counts so."""
    parted = any(item.role is Role.HEADING and "-" in item.number for item in found)
    return [
        replace(item, level=1) if parted and item.role is Role.HEADING and item.number.isdigit() else item
        for item in found
    ]


def mark_chapters(found: Sequence[Item]) -> Iterator[Item]:
    """Mark headings that only gather deeper ones: what stands before the first of those is no answer.

    Headings known by a mark or by standing alone are deep but unsure: text that ends above them is an answer. So is
    text below a heading that asks, or that is no chapter and stands above one that does.
    """
    following: Item | None = None
    says_something = False
    marked: list[Item] = []
    for item in reversed(found):
        says_something = (
            says_something or item.role is Role.STEP or (item.role is not Role.HEADING and item.text.endswith("。"))
        )
        if item.role is Role.HEADING:
            gathers = following is not None and following.level > item.level
            unsure = following is not None and following.level >= MARKED and says_something
            asks = item.asks or (item.level > 1 and following is not None and following.asks)
            chapter = gathers and not unsure and not (asks and says_something)
            item, following, says_something = replace(item, chapter=chapter), item, False
        marked.append(item)
    return reversed(marked)
