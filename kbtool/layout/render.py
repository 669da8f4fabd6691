"""Pages as Markdown and as plain text, for people and for comparison; headers, footers and ruby left out."""

import re
from collections.abc import Iterable, Sequence

from kbtool.document import Block, Cell, Kind, Page
from kbtool.layout.markers import list_marker

_LEFT_OUT = (Kind.PAGE_HEADER, Kind.PAGE_FOOTER, Kind.RUBY)
_NUMBER = re.compile(r"[0-9]{1,2}[.)]")


def markdown(pages: Iterable[Page]) -> str:
    """Show pages as Markdown; a merged cell's words stand in its first place only."""
    parts = [part for page in pages for block in page.blocks if (part := _markdown(block))]
    return "\n\n".join(parts) + "\n" if parts else ""


def plain_text(pages: Iterable[Page]) -> str:
    """Show pages as text, a line for each block and table row."""
    kept = [block.text for page in pages for block in page.blocks if block.kind not in _LEFT_OUT and block.text]
    return "\n".join(kept) + "\n" if kept else ""


def _markdown(block: Block) -> str:
    if block.kind in _LEFT_OUT:
        return ""
    match block.kind:
        case Kind.TABLE:
            return _table(block.cells)
        case Kind.TITLE:
            return f"# {block.text}"
        case Kind.HEADING:
            return f"{'#' * min(6, max(1, block.level) + 1)} {block.text}"
        case Kind.CAPTION | Kind.FIGURE if block.text:
            return f"**{block.text}**"
        case Kind.LIST_ITEM:
            return f"{'  ' * (max(1, block.level) - 1)}{_item(block.text)}"
        case Kind.FORM_FIELD | Kind.CHECK_MARK:
            return f"- {block.name}: {block.text}"
        case Kind.STAMP:
            return f"〔{block.text}〕" if block.text else ""
        case _:
            return block.text


def _item(text: str) -> str:
    """Markdown's own numbers stay; other marks are kept as words behind a dash."""
    if _NUMBER.match(list_marker(text)):
        return text
    marker = list_marker(text).strip()
    return f"- {text[len(list_marker(text)) :]}" if marker in ("・", "･", "•", "●", "-", "*") else f"- {text}"


def _table(cells: Sequence[Cell]) -> str:
    rows = max(cell.row + cell.row_span for cell in cells)
    columns = max(cell.column + cell.column_span for cell in cells)
    grid = [[""] * columns for _ in range(rows)]
    for cell in cells:
        grid[cell.row][cell.column] = " ".join(cell.text.splitlines()).replace("|", "\\|")
    lines = [f"| {' | '.join(row)} |" for row in grid]
    return "\n".join([lines[0], "|" + " --- |" * columns, *lines[1:]])
