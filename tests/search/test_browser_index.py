"""The pieces of the browser's index: the same bytes every time, cut like the client cuts."""

import json
import subprocess
from pathlib import Path

import pytest

from kbtool import durable
from kbtool.search import browser, pairs
from kbtool.search.browser import BrowserPage, write_index
from kbtool.search.coding import numbers_as_text, term_hash
from kbtool.search.pairs import heading_terms
from kbtool.text.grams import content_grams, grams, skeleton
from tests.node import NODE

CLIENT = Path(browser.__file__).parent / "client"
PAGES = [BrowserPage(f"q/q{n:04}.html", f"質問{n}の解約", "分類", f"答え{n}です。") for n in range(40)]


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_order_of_pages_changes_nothing(tmp_path: Path) -> None:
    write_index(PAGES, tmp_path / "one", durable.write)
    write_index(PAGES[::-1], tmp_path / "other", durable.write)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "other")


def test_every_piece_is_a_call_with_data(tmp_path: Path) -> None:
    write_index(PAGES, tmp_path, durable.write)
    names = {path.stem for path in tmp_path.iterdir()}
    assert {"manifest", "client", "material_bridge", "l0", "w0", "g0", "d0", "d19"} <= names
    for path in tmp_path.iterdir():
        if path.stem not in ("client", "material_bridge"):
            text = path.read_text(encoding="utf-8")
            assert text.startswith('kbSearch.put("') and text.endswith(");\n")
            json.loads(text.split(",", 1)[1][:-3])


def test_no_pages(tmp_path: Path) -> None:
    write_index([], tmp_path, durable.write)
    assert (tmp_path / "manifest.js").is_file()


def test_the_terms_of_a_heading() -> None:
    terms = set(heading_terms("KZR-120W の申し込み書の解約"))
    assert {"kzr120w", "kz*", "kzr1*", "解約", "~かい", "申込"} <= terms


def test_what_stands_everywhere_has_no_places() -> None:
    coded = pairs.of_pages(((f"解約{n:02}", "解約"), "E-05") for n in range(40))
    assert coded["解約"] == numbers_as_text([40])
    assert coded["e0*"] == numbers_as_text([40])


@pytest.mark.parametrize(("values", "text"), [([0], "A"), ([31], "f"), ([32], "gB"), ([1, 2], "BC"), ([], "")])
def test_numbers_as_text(values: list[int], text: str) -> None:
    assert numbers_as_text(values) == text


def test_the_client_cuts_alike() -> None:
    texts = [
        "申し込み書の記入",
        "ﾌｨﾙﾀｰの交換",
        "KZR-120Wが E03",
        "コースを変えたい",
        "水が漏れる",
        "かいやくしたい",
        "",
        "!?",
        "𠮷野家",
    ]
    sources = "\n".join((CLIENT / name).read_text(encoding="utf-8") for name in ("fold.js", "cut.js"))
    script = (
        f"{sources};const c = globalThis.kbCut;"
        "console.log(JSON.stringify(JSON.parse(require('fs').readFileSync(0, 'utf8'))"
        ".map(t => [c.grams(t), c.contentGrams(t), c.skeleton(t)])))"
    )
    run = subprocess.run(
        [NODE, "-e", script], input=json.dumps(texts), capture_output=True, text=True, check=True, timeout=20
    )
    assert json.loads(run.stdout) == [[grams(text), content_grams(text), skeleton(text)] for text in texts]


def test_hash_of_known_strings() -> None:
    # FNV-1a of no bytes is its offset basis; of one unit "a" it equals the published value for the byte "a".
    assert term_hash("") == 0x811C9DC5
    assert term_hash("a") == 0xE40C292C
