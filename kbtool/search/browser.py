"""The search that travels with a site: an index in small pieces, kilobytes per query, from http and from file://.

A question is cut over the pages' own spellings (``lexicon``), its words carry the scores of the machine's ranking
(``postings``), kana are looked up by what the pages' words sound like (``sounds``), and what is no known word by pairs
of letters or by sound in the headings (``pairs``).
Light terms share a shard by their hash, heavy ones have a file each. Every piece is a classic script that calls
``kbSearch.put``: no fetch, no module, no eval, so a policy of ``script-src 'self'`` is enough and a double-clicked page
works.

What a page of Material for MkDocs 9 must contain, in this order, after ``__config`` and before the theme's bundle::

    <script src="FOLDER/client.js"></script>
    <script src="FOLDER/material_bridge.js"></script>

``FOLDER`` is where ``write_index`` wrote, relative to the page; the bridge takes the shards from beside itself. URLs of
pages are relative to the site's root. The theme also fetches an index of its own before it asks its worker: the site
must hold the ``STUBS``, at these paths from its root, and the search form of the theme (``plugins: [search]`` in the
shell's configuration; its own search index is replaced by the stub). ``navigation.instant`` must be off.
"""

import hashlib
import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import groupby
from pathlib import Path
from statistics import fmean

from kbtool.search import lexicon, pairs, postings, quality, sounds
from kbtool.search.coding import term_hash
from kbtool.search.postings import PageWords
from kbtool.search.synonyms import Synonyms
from kbtool.text import analysis, implied


@dataclass(frozen=True, slots=True)
class BrowserPage:
    """A page of a site as its search knows it; ``url`` is relative to the site's root, ``text`` is plain.

    ``archive`` marks the pages of documents, which are listed below the answers.
    """

    url: str
    title: str
    category: str
    text: str
    variants: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    archive: bool = False


Write = Callable[[Path, bytes], object]

_EMPTY = '{"config":{"lang":["ja"],"separator":"[\\\\s]+","pipeline":[]},"docs":[]}'
#: Empty indexes for the theme, by path from the site's root: the first is fetched over http, the second from file://.
STUBS = {"search/search_index.json": _EMPTY, "search/search_index.js": f"var __index = {_EMPTY};"}

#: A shard is fetched whole for one term: small ones cost less per query, more files per site.
SHARD_BYTES = 500
ALONE_BYTES = 500
#: Pages described in one piece, and how much of their text is shown.
BLOCK = 2
SNIPPET_CHARACTERS = 48

_CLIENT = ("fold.js", "cut.js", "inflect.js", "mark.js", "pieces.js", "rank.js", "client.js")
_BRIDGE = "material_bridge.js"


def write_index(
    pages: Sequence[BrowserPage], folder: Path, write: Write, synonyms: Sequence[Sequence[str]] = ()
) -> None:
    """Write the index of the pages and its client into ``folder``; the same pages give the same bytes.

    ``synonyms`` are groups of expressions that mean the same; whoever can read the index can read them.
    """
    ordered = sorted(pages, key=lambda page: (page.archive, page.category, page.tags, page.title, page.url))
    pieces = dict(_pieces(ordered, synonyms))
    version = hashlib.sha256(json.dumps(pieces, ensure_ascii=False).encode()).hexdigest()[:8]
    for name, payload in pieces.items():
        write(folder / f"{name}.js", _script(version, payload))
    write(folder / "client.js", "\n".join(_source(name) for name in _CLIENT).encode())
    write(folder / _BRIDGE, _source(_BRIDGE).encode())


def _pieces(pages: Sequence[BrowserPage], synonyms: Sequence[Sequence[str]]) -> Iterator[tuple[str, dict[str, object]]]:
    cut = [[analysis.cuts(text) for text in (page.title, *page.variants, page.text)] for page in pages]
    known = lexicon.Lexicon()
    known.learn(piece for group in synonyms for expression in group for piece in analysis.cuts(expression))
    known.learn(piece for texts in cut for text in texts for piece in text)
    heard = sounds.of_spellings(known.seen)
    kana = sounds.Kana(heard)
    said, groups = [], Synonyms.of(synonyms)
    for page, texts in zip(pages, cut, strict=True):
        in_kana = [kana.words(text) for text in texts]
        known.learn(piece for found in in_kana for piece in found)
        said.append(_words(page, [_meant(*both) for both in zip(texts, in_kana, strict=True)], groups))
    words = postings.of_words(said)
    alone = {word: text for word, text in words.items() if len(text) > ALONE_BYTES}
    spelled = known.spellings()
    common, spellings = lexicon.pieces(spelled, frozenset(alone))
    readings = lexicon.readings(heard, spelled, frozenset(alone))
    shards = _shards({word: text for word, text in words.items() if word not in alone})
    letters = _shards(pairs.of_pages(((page.title, *page.variants, *page.tags), page.text) for page in pages))
    characters = _shards(pairs.kanji_of_pages(((page.title, *page.variants), page.text) for page in pages))
    rules = _implied(words)
    yield (
        "manifest",
        {
            "documents": len(pages),
            "answers": sum(not page.archive for page in pages),
            "heading": round(fmean(len(each.headings[0]) for each in said), 1) if said else 0,
            "block": BLOCK,
            "common": common,
            "lexicon": len(spellings),
            "readings": len(readings),
            "words": len(shards),
            "pairs": len(letters),
            "kanji": len(characters),
            "steps": postings.STEPS,
            "levels": postings.LEVELS,
            "ranking": _weights(),
            "implied": rules,
            "alone": sorted({word for _, meant in rules for word, _ in meant} & alone.keys()),
        },
    )
    for kind, found in (("l", spellings), ("r", readings), ("w", shards), ("g", letters), ("k", characters)):
        yield from ((f"{kind}{number}", shard) for number, shard in enumerate(found))
    yield from _files_of(alone)
    yield "facets", _facets(pages)
    for start in range(0, len(pages), BLOCK):
        yield f"d{start // BLOCK}", {"pages": [_described(page, kana) for page in pages[start : start + BLOCK]]}


def _words(page: BrowserPage, texts: Sequence[tuple[str, ...]], synonyms: Synonyms) -> PageWords:
    *headings, body = texts
    told = [word for text in page.tags for word in analysis.words(text)]
    also = synonyms.also_called([*headings, body])
    asked = (*(word for variant in headings[1:] for word in variant), *told, *also)
    return PageWords(tuple(headings), asked, body)


def _meant(cut: Sequence[tuple[str, str]], in_kana: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """What a text speaks of: its words, and those that its kana sound like."""
    words = [word for _, word in cut if word]
    return (*words, *(dict.fromkeys(word for _, word in in_kana if word not in words)))


def _weights() -> dict[str, float]:
    """The weights of the machine's ranking that the client applies itself."""
    return {
        "coverage": quality.COVERAGE,
        "precision": quality.PRECISION,
        "brevity": quality.BREVITY,
        "sound": quality.SOUND,
        "kanji": quality.KANJI.weight,
        "least": quality.LEAST_SHARE,
        "implied": quality.IMPLIED_SHARE,
    }


def _implied(words: Mapping[str, str]) -> list[tuple[str, list[tuple[str, float]]]]:
    """The words that a question implies: patterns, and of their words those that some page has, each with its share."""
    rules = []
    for pattern, expressions in implied.rules():
        meant = {word: 1 / len(expression) for expression in expressions for word in expression if word in words}
        if meant:
            rules.append((pattern.pattern, [(word, round(share, 2)) for word, share in meant.items()]))
    return rules


def _shards(coded: Mapping[str, str]) -> list[dict[str, object]]:
    """The terms by their hash, in shards of about ``SHARD_BYTES``."""
    total = sum(len(term.encode()) + len(text) + 6 for term, text in coded.items())
    shards: list[dict[str, object]] = [{} for _ in range(max(1, math.ceil(total / SHARD_BYTES)))]
    for term, text in coded.items():
        shards[term_hash(term) % len(shards)][term] = text
    return shards


def _files_of(alone: Mapping[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
    """A file for each heavy word; two of one hash share theirs."""
    files: dict[str, dict[str, object]] = defaultdict(dict)
    for word, text in alone.items():
        files[f"h{term_hash(word):08x}"][word] = text
    yield from files.items()


def _facets(pages: Sequence[BrowserPage]) -> dict[str, object]:
    """Category and products of every page, in runs of neighbours that have the same."""
    names = {
        name: number for number, name in enumerate(sorted({n for page in pages for n in (page.category, *page.tags)}))
    }
    runs = groupby(pages, key=lambda page: (names[page.category], [names[tag] for tag in page.tags]))
    return {"names": list(names), "runs": [[*key, sum(1 for _ in members)] for key, members in runs]}


def _described(page: BrowserPage, kana: sounds.Kana) -> list[object]:
    """What a hit shows: address, title, category, the beginning of the text.

    Then what of these is in kana with the word it stands for, where there is any: the client marks by it.
    """
    text = " ".join(page.text.split())
    shown = text if len(text) <= SNIPPET_CHARACTERS else text[:SNIPPET_CHARACTERS] + "…"
    in_kana = kana.words([*analysis.cuts(page.title), *analysis.cuts(shown)])
    return [page.url, page.title, page.category, shown, *([in_kana] if in_kana else [])]


def _script(version: str, payload: dict[str, object]) -> bytes:
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f'kbSearch.put("{version}",{text});\n'.encode()


def _source(name: str) -> str:
    """A script without its indentation and the lines that are comments: a third of its bytes."""
    text = resources.files(__package__).joinpath("client", name).read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
