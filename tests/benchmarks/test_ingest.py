"""What the benchmark of ingest adds up and compares; the runs themselves are its own business."""

from pathlib import Path

from benchmarks.ingest import Run, _judged, differing


def test_a_killed_run_and_the_one_after_count_together(tmp_path: Path) -> None:
    first, second = Run(10.0, 20.0, 700.0, 0), Run(1.5, 1.0, 60.0, 0)
    told = "\n".join(_judged(first, second, Run(5, 10, 1, -9), Run(5.25, 12, 1, 0), tmp_path, tmp_path))
    assert "second run, s: 1.500 (target ≤ 2) reached" in told
    assert "killed and again, share of CPU s: 1.100 (target ≤ 1.05) NOT reached" in told
    assert "killed and again, share of s: 1.025 (target ≤ 1.05) reached" in told


def test_files_that_are_missing_or_other_differ(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder, names in ((one, "abc"), (other, "bcd")):
        (folder / "entries").mkdir(parents=True)
        for name in names:
            (folder / "entries" / name).write_text("same" if name == "b" else f"{folder.name}{name}")
    assert differing(one, other) == ["entries/a", "entries/c", "entries/d"]
    assert differing(one, one) == []
