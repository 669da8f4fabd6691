"""One table of cases for Python and for the browser's JavaScript."""

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool import search
from kbtool.text.folding import fold, fold_aligned, normalise_aligned
from tests.node import NODE

TABLE = Path(__file__).with_name("folding_cases.tsv")
CASES = [
    line.split("\t")[:2] for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
]
JAPANESE = st.text(alphabet="水漏れフィルターｶﾞｰ０３E-−ヶ月 一ゔぁ・髙A,1980〜", max_size=30)


@pytest.mark.parametrize(("given_text", "folded"), CASES)
def test_case(given_text: str, folded: str) -> None:
    assert fold(given_text) == folded


@pytest.mark.parametrize(("given_text", "folded"), CASES)
def test_folding_twice_changes_nothing(given_text: str, folded: str) -> None:
    assert fold(folded) == folded


@pytest.mark.parametrize(("given_text", "folded"), CASES)
def test_case_aligned(given_text: str, folded: str) -> None:
    assert fold_aligned(given_text).text.strip() == folded


def test_the_browser_folds_alike() -> None:
    client = Path(search.__file__).parent / "client" / "fold.js"
    script = (
        f"{client.read_text(encoding='utf-8')};"
        "const cases = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "console.log(JSON.stringify(cases.map(c => globalThis.kbFold.fold(c))))"
    )
    words = [given_text for given_text, _ in CASES]
    run = subprocess.run(
        [NODE, "-e", script], input=json.dumps(words), capture_output=True, text=True, check=True, timeout=20
    )
    assert json.loads(run.stdout) == [folded for _, folded in CASES]


def test_alignment_points_at_the_original() -> None:
    text = "交換用ﾌｨﾙﾀｰはＫＤ−Ｆ５０です"
    aligned = fold_aligned(text)
    start = aligned.text.index("ふいるた")
    assert text[slice(*aligned.original(start, start + 4))] == "ﾌｨﾙﾀ"
    start = aligned.text.index("kdf50")
    assert text[slice(*aligned.original(start, start + 5))] == "ＫＤ−Ｆ５０"


@given(JAPANESE)
def test_every_folded_character_has_a_place(text: str) -> None:
    for aligned in (fold_aligned(text), normalise_aligned(text)):
        assert len(aligned.text) == len(aligned.starts) == len(aligned.ends)
        assert all(0 <= start < end <= len(text) for start, end in zip(aligned.starts, aligned.ends, strict=True))
