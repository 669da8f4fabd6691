"""A document as one stream of items in reading order: headings, questions, answers, steps, texts, tables.

Separate from the rules, so that they need not care how a block arrived: a heading read as a paragraph, question and
answer in one block, a table cut by a page break all look the same here. Running headers, footers and stamps stay out.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kbtool.document import Block, Document, Kind
from kbtool.drafting import boxed, headlines, tables, wording
from kbtool.drafting.item import Item, Role
from kbtool.drafting.model import Evidence

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


def items(document: Document) -> tuple[Item, ...]:
    """All items of a document in page and block order, tables joined over page breaks; filled forms are left out."""
    blocks = (block for page in document.pages if not page.form for block in page.blocks)
    found = _join_tables(_answered_by_arrows(list(_items(blocks))))
    return tuple(headlines.mark_chapters(headlines.levelled(headlines.promote(found))))


def _items(blocks: Iterable[Block]) -> Iterator[Item]:
    """The items of all blocks; an answer may stand on the page after its question."""
    asked: Item | None = None
    for block in blocks:
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
        spoken = boxed.paragraphs(block)
        for part in spoken:
            for item in _text_items(part, asked):
                asked = _open_question(item, asked)
                yield item
        if not spoken:
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
    yield from _text_items(block, asked)


def _text_items(block: Block, asked: Item | None) -> Iterator[Item]:
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
        return wording.INNER_SPEECH.split(line)
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
    asks = line.endswith(("?", "？"))
    short = len(line) <= (headlines.LONGEST_QUESTION if asks else headlines.LONGEST) and not line.endswith("。")
    return short and bool(wording.NUMBERED_LINE.match(line) or wording.BRACKETED.match(line))


def _heading(block: Block, line: str, evidence: Evidence) -> Item:
    number = wording.number_of(line)
    depth = 1 if wording.CHAPTER.match(line) else 1 + number.count("-") if "-" in number else 0
    below = 2 if wording.BULLET_MARK.match(line) else 1
    level = depth or (max(block.level, below) if block.kind in _HEADINGS else headlines.MARKED)
    return Item(Role.HEADING, wording.without_number(line), evidence, number=number, level=level)


def _answered_by_arrows(found: list[Item]) -> list[Item]:
    """Make question and answer of a line that asks and the line below it that begins with an arrow."""
    result = list(found)
    for place, item in enumerate(found[1:], 1):
        asked = found[place - 1]
        arrow = wording.ARROW.match(item.text) if item.role is Role.TEXT else None
        if arrow and asked.role in (Role.STEP, Role.BULLET, Role.TEXT) and wording.ASKS.search(asked.text):
            result[place - 1] = replace(asked, role=Role.QUESTION)
            result[place] = replace(item, role=Role.ANSWER, text=item.text[arrow.end() :])
    return result


def _join_tables(found: list[Item]) -> list[Item]:
    """Join a table with the one that continues it at the top of the next page."""
    result: list[Item] = []
    for item in found:
        last = result[-1] if result else None
        if (
            last
            and last.table
            and item.table
            and item.page > last.page
            and (joined := tables.joined(last.table, item.table))
        ):
            result[-1] = replace(last, table=joined)
        else:
            result.append(item)
    return result


def _evidence(block: Block, text: str) -> Evidence:
    seen = block.provenance
    here = wording.plain(text)
    doubts = tuple(doubt for doubt in block.doubts if wording.plain(doubt.text) in here or here in doubt.text)
    sure = seen.confidence, seen.min_confidence
    return Evidence(seen.page, seen.box, text, str(seen.method), seen.engine, *sure, doubts, block.name)
