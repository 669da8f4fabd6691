"""Tables that are no tables: text in a ruled box, and questions and answers set out in cells.

Separate because both are prose to the rules. A row may hold Q and its question in two cells, or question and answer
side by side.
"""

from dataclasses import replace

from kbtool.document import Block, Cell, Kind
from kbtool.drafting import wording

#: A mark that ends so needs no full stop to part it from the words: 「A」 and 「4.2kg」 would be one number.
_CLOSES = ".．:：、)）】〕］]"


def paragraphs(block: Block) -> list[Block]:
    """The cells of a table as paragraphs where it is prose in boxes; empty where it is a table."""
    cells = sorted((cell for cell in block.cells if wording.plain(cell.text)), key=lambda cell: (cell.row, cell.column))
    if not cells or wording.SAFETY_LABEL.match(cells[0].text.strip()):
        return []
    one_column = len({cell.column for cell in block.cells}) == 1
    return [_paragraph(block, text, cell) for text, cell in _marked(cells)] if one_column or _asks(cells) else []


def _asks(cells: list[Cell]) -> bool:
    """Whether every row begins with the mark of a question or an answer, and one of them asks."""
    firsts = list({cell.row: cell.text.strip() for cell in reversed(cells)}.values())
    asked = [bool(wording.QUESTION.match(f"{text} ")) for text in firsts]
    return any(asked) and all(ask or wording.ANSWER.match(f"{text} ") for ask, text in zip(asked, firsts, strict=True))


def _marked(cells: list[Cell]) -> list[tuple[str, Cell]]:
    """Each cell with the mark that stands alone in the cell before it."""
    result: list[tuple[str, Cell]] = []
    mark = ""
    for cell in cells:
        text = cell.text.strip()
        if _is_mark(text):
            mark = f"{text} " if text[-1] in _CLOSES else f"{text}. "
            continue
        result.append((mark + text, cell))
        mark = ""
    return result


def _is_mark(text: str) -> bool:
    found = wording.QUESTION.match(f"{text} ") or wording.ANSWER.match(f"{text} ")
    return found is not None and found.end() >= len(text)


def _paragraph(block: Block, text: str, cell: Cell) -> Block:
    seen = block.provenance
    sure = min(cell.confidence, seen.confidence) if seen.method != "ocr" else cell.confidence
    doubts = tuple(doubt for doubt in block.doubts if cell.box.contains(*doubt.box.centre))
    where = replace(seen, box=cell.box, confidence=sure, min_confidence=sure)
    return replace(block, kind=Kind.PARAGRAPH, text=text, provenance=where, cells=(), doubts=doubts)
