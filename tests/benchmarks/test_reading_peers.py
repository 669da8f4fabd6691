from types import SimpleNamespace

from benchmarks.reading.with_peer import _cells, _markdown


def test_tables_in_markdown_are_cells() -> None:
    read = _markdown("# 表の前\n\n| 型番 | 価格 |\n|---|---|\n| **KD-H500** | 1,100円 |\n\n後\n\n|一|\n|-|\n")
    assert read["tables"] == [
        [[0, 0, 1, 1, "型番"], [0, 1, 1, 1, "価格"], [1, 0, 1, 1, "KD-H500"], [1, 1, 1, 1, "1,100円"]],
        [[0, 0, 1, 1, "一"]],
    ]
    assert read["text"].split() == ["表の前", "型番", "価格", "KD-H500", "1,100円", "後", "一"]


def test_boxes_of_pdfplumber_are_cells_with_spans() -> None:
    boxes = [(0, 0, 10, 20), (10, 0, 30, 10), (10, 10, 20, 20), (20, 10, 30, 20)]
    page = SimpleNamespace(crop=lambda box: SimpleNamespace(extract_text=lambda: str(boxes.index(box))))
    assert _cells(page, SimpleNamespace(cells=boxes)) == [
        [0, 0, 2, 1, "0"],
        [0, 1, 1, 2, "1"],
        [1, 1, 1, 1, "2"],
        [1, 2, 1, 1, "3"],
    ]
