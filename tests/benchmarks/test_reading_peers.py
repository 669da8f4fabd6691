from benchmarks.reading.with_peer import _markdown


def test_tables_in_markdown_are_cells() -> None:
    read = _markdown("# 表の前\n\n| 型番 | 価格 |\n|---|---|\n| **KD-H500** | 1,100円 |\n\n後\n\n|一|\n|-|\n")
    assert read["tables"] == [
        [[0, 0, 1, 1, "型番"], [0, 1, 1, 1, "価格"], [1, 0, 1, 1, "KD-H500"], [1, 1, 1, 1, "1,100円"]],
        [[0, 0, 1, 1, "一"]],
    ]
    assert read["text"].split() == ["表の前", "型番", "価格", "KD-H500", "1,100円", "後", "一"]
