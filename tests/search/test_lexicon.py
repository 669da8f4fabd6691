"""A question is cut over the pages' own spellings, by the client's own code."""

import json
import subprocess
from pathlib import Path

import pytest

from kbtool.search import browser, lexicon
from kbtool.search.lexicon import Lexicon, Spelling
from kbtool.text import analysis
from tests.node import NODE

CLIENT = Path(browser.__file__).parent / "client"
SENTENCES = [
    "定期コースを解約したいときは、お電話ください。",
    "給水タンクから水が漏れる。",
    "フィルターを交換する時期を知りたい。",
    "ごみの日に出してください。",
    "運転音がうるさい。",
]


def _spellings() -> dict[str, Spelling]:
    known = Lexicon()
    for sentence in SENTENCES:
        known.learn(analysis.cuts(sentence))
    return known.spellings()


def test_a_spelling_stands_for_a_word_or_for_nothing() -> None:
    found = _spellings()
    assert found["漏れる"].word == "漏れる"
    assert found["を"].word == "" and found["を"].rarity < found["解約"].rarity
    assert found["ふいるた"].word == "ふいるた"


def test_several_words_of_one_spelling() -> None:
    known = Lexicon()
    known.learn([("ほしょう", "保証"), ("ほしょう", "保障"), ("ほしょう", "保障")])
    assert known.spellings()["ほしよう"].word == "保障"


def test_every_spelling_is_in_one_piece() -> None:
    found = _spellings()
    common, shards = lexicon.pieces(found, frozenset({"解約"}))
    lines = common.split(" ") + [line for shard in shards for text in shard.values() for line in str(text).split(" ")]
    assert len(lines) == len(found)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("解約の時期", ["解約", "時期"]),
        ("水漏れる", ["水", "漏れる"]),
        ("ﾌｨﾙﾀを交換", ["ふいるた", "交換"]),
        ("KD-H500の給水タンク", ["kdh500", "給水", "たんく"]),
        ("定期解約", ["定期", "解約"]),
        ("水が漏れた", ["水", "漏れる"]),
        ("交換したら漏らない", ["交換"]),
        ("電話してください", ["電話"]),
        ("うるさかった", ["煩い"]),
        ("ゴミを出せますか", ["ごみ", "出す"]),
        ("うるさくて眠れません", ["煩い"]),
        ("ペンギン", []),
    ],
)
def test_the_client_finds_the_words(question: str, words: list[str]) -> None:
    found = _spellings()
    table = {key: {"word": each.word, "rarity": each.rarity / lexicon.STEPS_A_NAT} for key, each in found.items()}
    sources = "\n".join((CLIENT / name).read_text(encoding="utf-8") for name in ("fold.js", "cut.js", "inflect.js"))
    script = (
        f"{sources};const [table, question] = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "const known = kbInflect.inflect(new Map(Object.entries(table))), cut = globalThis.kbCut;"
        "const parts = cut.runs(question).flatMap(run => cut.cutRun(run, known));"
        "console.log(JSON.stringify(parts.filter(p => p.known && p.known.word).map(p => p.known.word)))"
    )
    run = subprocess.run(
        [NODE, "-e", script],
        input=json.dumps([table, question]),
        capture_output=True,
        text=True,
        check=True,
        timeout=20,
    )
    assert json.loads(run.stdout) == words
