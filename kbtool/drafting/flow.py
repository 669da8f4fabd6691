"""A document as one stream of items in reading order: headings, questions, answers, steps, texts, tables.

Separate from the rules, so that they need not care how a block arrived: a heading read as a paragraph, question and
answer in one block, a table cut by a page break all look the same here. Running headers, footers and stamps stay out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from kbtool.document import Block, Document, Kind, Page
from kbtool.drafting import tables, wording
from kbtool.drafting.model import Evidence
from kbtool.drafting.tables import Table

#: Longest heading met in real manuals is about 40 characters; a longer line that starts with a number is prose.
LONGEST_HEADING = 50
#: A heading without number or larger type is only believed where it is short.
LONGEST_LONE_HEADING = 20
#: The levels of headings known by ■ or 【】 only, and of lone lines: below all others.
_MARKED, _LOWEST = 8, 9
_OUTSIDE = frozenset(
    {
        Kind.PAGE_HEADER,
        Kind.PAGE_FOOTER,
        Kind.FIGURE,
        Kind.STAMP,
        Kind.FORM_FIELD,
        Kind.CHECK_MARK,
        Kind.RUBY,
    }
)
_HEADINGS = frozenset({Kind.TITLE, Kind.HEADING})


class Role(StrEnum):
    """What an item is to the rules."""

    HEADING = "heading"
    CAPTION = "caption"
    QUESTION = "question"
    ANSWER = "answer"
    STEP = "step"
    BULLET = "bullet"
    LINE = "line"
    TEXT = "text"
    SAFETY = "safety"
    TABLE = "table"
    CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of the stream; ``text`` without its mark, ``label`` the word of a labelled line or safety box."""

    role: Role
    text: str
    evidence: Evidence
    number: str = ""
    level: int = 0
    label: str = ""
    table: Table | None = None
    chapter: bool = False

    @property
    def page(self) -> int:
        """The page it stands on, from 1."""
        return self.evidence.page


def items(document: Document) -> tuple[Item, ...]:
    """All items of a document in page and block order, tables joined over page breaks; filled forms are left out."""
    found: list[Item] = []
    for page in document.pages:
        if page.form:
            continue
        found.extend(_page_items(page))
    return tuple(_mark_chapters(_lone_headings(_join_tables(found))))


def _page_items(page: Page) -> Iterator[Item]:
    asked: Item | None = None
    for block in page.blocks:
        if block.kind in _OUTSIDE:
            continue
        for item in _block_items(block, asked):
            asked = _open_question(item, asked)
            yield item


def _open_question(item: Item, asked: Item | None) -> Item | None:
    """The question that still waits for its answer after an item."""
    if item.role is Role.QUESTION:
        return item
    return None if item.role in (Role.ANSWER, Role.HEADING, Role.TABLE) else asked


def _block_items(block: Block, asked: Item | None) -> Iterator[Item]:
    if block.kind is Kind.TABLE:
        yield from _table_items(block)
        return
    if block.kind is Kind.CAPTION:
        text = wording.joined(block.text.splitlines())
        if not text.startswith(("図", "写真")):
            yield Item(Role.CAPTION, wording.without_number(text), _evidence(block, text), wording.number_of(text))
        return
    if block.kind is Kind.CONTENTS:
        yield Item(Role.CONTENTS, block.text, _evidence(block, block.text))
        return
    for line in _logical_lines(block.text):
        item = _item(block, line, asked)
        asked = _open_question(item, asked)
        yield item


def _table_items(block: Block) -> Iterator[Item]:
    table = tables.read(block)
    if table is None:
        return
    label = wording.SAFETY_LABEL.match(table.header[0].strip())
    if label and len(set(table.header)) == 1:
        text = "\n".join(cell for row in table.rows for cell in dict.fromkeys(row.cells))
        yield Item(Role.SAFETY, text, _evidence(block, text), label=label["label"])
        return
    yield Item(Role.TABLE, block.text, _evidence(block, block.text), table=table)


def _logical_lines(text: str) -> Iterator[str]:
    """Lines that mean something of their own; wrapped ones are put together, inner answers cut off."""
    group: list[str] = []
    for line in text.splitlines():
        for part in _parts(line.strip()):
            if group and _begins(part):
                yield wording.joined(group)
                group = []
            group.append(part)
    if group and wording.joined(group):
        yield wording.joined(group)


def _parts(line: str) -> list[str]:
    if not wording.QUESTION.match(line):
        return [line]
    cut = wording.INNER_ANSWER.search(line, 2)
    return [line[: cut.start()], line[cut.start() :]] if cut else [line]


def _begins(line: str) -> bool:
    starts = (wording.QUESTION, wording.ANSWER, wording.STEP, wording.BULLET, wording.LABEL)
    return any(start.match(line) for start in starts)


def _item(block: Block, line: str, asked: Item | None) -> Item:
    evidence = _evidence(block, line)
    if found := wording.SAFETY_LABEL.match(line):
        return Item(Role.SAFETY, line[found.end() :].strip(), evidence, label=found["label"])
    if found := wording.QUESTION.match(line):
        return Item(Role.QUESTION, line[found.end() :].strip(), evidence, number=found[0].strip())
    if asked and (start := wording.answer_start(line, asked.number)) is not None:
        return Item(Role.ANSWER, line[start:].strip(), evidence)
    if _is_heading(block, line):
        return _heading(block, line, evidence)
    for role, pattern in ((Role.STEP, wording.STEP), (Role.BULLET, wording.BULLET)):
        if found := pattern.match(line):
            return Item(role, line[found.end() :].strip(), evidence, number=found[0].strip())
    if found := wording.BULLET_MARK.match(line):
        return Item(Role.BULLET, line[found.end() :].strip(), evidence, label=found[0].strip())
    if found := wording.LABEL.match(line):
        return Item(Role.LINE, line, evidence, label=found["label"])
    if block.kind is Kind.LIST_ITEM:
        return Item(Role.BULLET, wording.LIST_MARK.sub("", line), evidence)
    return Item(Role.TEXT, line, evidence)


def _is_heading(block: Block, line: str) -> bool:
    if block.kind in _HEADINGS:
        return not wording.BULLET.match(line)
    short = len(line) <= LONGEST_HEADING and not line.endswith("。")
    return short and bool(wording.NUMBERED_LINE.match(line) or wording.BRACKETED.match(line))


def _heading(block: Block, line: str, evidence: Evidence) -> Item:
    number = wording.number_of(line)
    depth = 1 if wording.CHAPTER.match(line) else 1 + number.count("-") if number else 0
    below = 2 if wording.BULLET_MARK.match(line) else 1
    level = depth or (max(block.level, below) if block.kind in _HEADINGS else _MARKED)
    return Item(Role.HEADING, wording.without_number(line), evidence, number=number, level=level)


def _join_tables(found: list[Item]) -> list[Item]:
    """Join a table with the one that continues it at the top of the next page."""
    result: list[Item] = []
    for item in found:
        last = result[-1] if result else None
        if last and last.table and item.table and item.page > last.page and tables.continues(last.table, item.table):
            result[-1] = replace(last, table=tables.join(last.table, item.table))
        else:
            result.append(item)
    return result


def _lone_headings(found: list[Item]) -> list[Item]:
    """Make headings of short lines set in the type of the text: marked ■, or alone above a sentence."""
    result = list(found)
    for place in range(len(found) - 1):
        before = result[place - 1] if place else None
        if _is_marked_heading(before, found[place], found[place + 1]):
            result[place] = replace(found[place], role=Role.HEADING, level=_MARKED)
        elif _is_lone_heading(before, found[place], found[place + 1]):
            result[place] = replace(found[place], role=Role.HEADING, level=_LOWEST)
    return result


def _is_marked_heading(before: Item | None, line: Item, after: Item) -> bool:
    """Whether ■ stands before a heading, not before one point of several."""
    single = line.label not in (after.label, before.label if before else "")
    marked = line.role is Role.BULLET and bool(line.label) and single
    short = len(line.text) <= LONGEST_HEADING and not line.text.endswith("。")
    return marked and short and after.role is not Role.HEADING and line.page == after.page


def _is_lone_heading(before: Item | None, line: Item, after: Item) -> bool:
    if line.role is not Role.TEXT or after.role is not Role.TEXT or line.page != after.page:
        return False
    if not wording.LONE_HEADING.match(line.text) or len(line.text) > LONGEST_LONE_HEADING:
        return False
    runs_on = before is not None and before.role is Role.TEXT and before.page == line.page
    if runs_on and before is not None and not wording.SENTENCE_END.search(before.text) and "、" in before.text:
        return False
    own_block = line.evidence.box != after.evidence.box
    return own_block and len(after.text) > len(line.text) and any(mark in after.text for mark in "、。")


def _mark_chapters(found: list[Item]) -> Iterator[Item]:
    """Mark headings that only gather deeper ones: what stands before the first of those is no answer.

    Headings known by a mark or by standing alone are deep but unsure: text that ends above them is an answer.
    """
    following: Item | None = None
    says_something = False
    marked: list[Item] = []
    for item in reversed(found):
        says_something = says_something or (item.role is not Role.HEADING and item.text.endswith("。"))
        if item.role is Role.HEADING:
            gathers = following is not None and following.level > item.level
            unsure = following is not None and following.level >= _MARKED and says_something
            item, following, says_something = replace(item, chapter=gathers and not unsure), item, False
        marked.append(item)
    return reversed(marked)


def _evidence(block: Block, text: str) -> Evidence:
    seen = block.provenance
    here = wording.plain(text)
    doubts = tuple(doubt for doubt in block.doubts if wording.plain(doubt.text) in here or here in doubt.text)
    sure = seen.confidence, seen.min_confidence
    return Evidence(seen.page, seen.box, text, str(seen.method), seen.engine, *sure, doubts, block.name)
