"""The search that travels with a site: an index in small pieces, kilobytes per query, from http and from file://.

Terms are folded character pairs, whole Latin words and numbers with their beginnings, skeletons (what stays when
okurigana varies) and, for titles and variants, their readings. Light terms share a shard by their hash, heavy ones
have a file each. Every piece is a classic script that calls ``kbSearch.put``: no fetch, no module, no eval, so a policy
of ``script-src 'self'`` is enough and a double-clicked page works.

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
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from kbtool.text import analysis
from kbtool.text.grams import content_grams, folded_grams, grams, kanji, skeleton


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

#: How much a term counts by where it stands; at most ``MAX_WEIGHT``, which fits four bits.
TITLE, VARIANT, TAG, CATEGORY, KANJI, TEXT = 6, 5, 5, 2, 2, 1
MAX_WEIGHT = 15
#: Postings of a term this common in running text say little: only headings keep it.
COMMON = 0.12
HEADING_WEIGHT = 2
#: A shard is fetched whole for one term: small ones cost less per query, more files per site.
SHARD_BYTES = 3_000
HEAVY_BYTES = 2_000
#: Pages described in one piece, and how much of their text is shown.
BLOCK = 8
SNIPPET_CHARACTERS = 48

#: A Latin word of running text that somebody may look for by its beginning.
_MODEL = re.compile("[a-z][0-9]|[0-9][a-z]")
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_CLIENT = ("fold.js", "cut.js", "client.js")
_BRIDGE = "material_bridge.js"


def write_index(pages: Sequence[BrowserPage], folder: Path, write: Write) -> None:
    """Write the index of the pages and its client into ``folder``; the same pages give the same bytes."""
    ordered = sorted(pages, key=lambda page: (page.archive, page.category, page.title, page.url))
    coded = {term: _coded(found, len(ordered)) for term, found in sorted(_postings(ordered).items())}
    pieces = dict(_pieces(ordered, coded))
    version = hashlib.sha256(json.dumps(pieces, ensure_ascii=False).encode()).hexdigest()[:12]
    for name, payload in pieces.items():
        write(folder / f"{name}.js", _script(version, payload))
    write(folder / "client.js", "\n".join(_source(name) for name in _CLIENT).encode())
    write(folder / _BRIDGE, _source(_BRIDGE).encode())


def page_terms(page: BrowserPage) -> Counter[str]:
    """The terms of a page and what each counts."""
    weights: Counter[str] = Counter()
    headings = [(page.title, TITLE), *((text, VARIANT) for text in page.variants), *((text, TAG) for text in page.tags)]
    for text, weight in headings:
        _raise(weights, _heading_terms(text), weight)
        _raise(weights, kanji(text), KANJI)
    _raise(weights, grams(page.category), CATEGORY)
    words = _with_skeleton(content_grams(page.text), page.text)
    models = [beginning for word in words if _MODEL.search(word) for beginning in _beginnings(word)]
    running = Counter([*words, *models])
    for term, times in running.items():
        weights[term] += TEXT + (times > 2)
    return Counter({term: min(weight, MAX_WEIGHT) for term, weight in weights.items()})


def term_hash(term: str) -> int:
    """FNV-1a (Fowler, Noll, Vo), 32 bits, over UTF-16 code units, as the client does it."""
    data, value = term.encode("utf-16-le"), 2166136261
    for at in range(0, len(data), 2):
        value = ((value ^ int.from_bytes(data[at : at + 2], "little")) * 16777619) & 0xFFFFFFFF
    return value


def numbers_as_text(values: Iterable[int]) -> str:
    """Numbers as text: five bits a character, least first; the sixth bit says that more follow."""
    text = []
    for number in values:
        rest = number
        while rest > 31:
            text.append(_DIGITS[rest & 31 | 32])
            rest >>= 5
        text.append(_DIGITS[rest])
    return "".join(text)


def _heading_terms(text: str) -> list[str]:
    words = grams(text)
    beginnings = [beginning for word in words if word[0].isascii() for beginning in _beginnings(word)]
    sound = [f"~{pair}" for pair in folded_grams(analysis.reading(text)) if not pair.isascii()]
    return [*_with_skeleton(words, text), *beginnings, *sound]


def _with_skeleton(found: list[str], text: str) -> list[str]:
    """Add the pairs that appear only when okurigana and particles are passed over."""
    known = frozenset(found)
    return [*found, *(pair for pair in skeleton(text) if pair not in known)]


def _beginnings(word: str) -> list[str]:
    """What a Latin word looks like while it is being typed; the client asks for four letters at most."""
    return [f"{word[:length]}*" for length in range(2, min(len(word), 5))]


def _raise(weights: Counter[str], terms: Iterable[str], weight: int) -> None:
    """Let each term count at least ``weight``, however often it occurs."""
    for term in terms:
        weights[term] = max(weights[term], weight)


def _postings(pages: Sequence[BrowserPage]) -> dict[str, list[tuple[int, int]]]:
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, page in enumerate(pages):
        for term, weight in page_terms(page).items():
            found[term].append((number, weight))
    return found


def _coded(found: list[tuple[int, int]], pages: int) -> str:
    """Number of documents, then the distance to the next document and its weight, as the client reads them."""
    documents = len(found)
    if documents > max(COMMON * pages, BLOCK):
        found = [posting for posting in found if posting[1] >= HEADING_WEIGHT]
    values, last = [documents], 0
    for number, weight in found:
        values.append((number - last) * 16 + weight)
        last = number
    return numbers_as_text(values)


def _pieces(pages: Sequence[BrowserPage], coded: dict[str, str]) -> Iterator[tuple[str, dict[str, object]]]:
    heavy = [term for term, text in coded.items() if len(text) > HEAVY_BYTES]
    light = {term: text for term, text in coded.items() if len(text) <= HEAVY_BYTES}
    total = sum(len(term.encode()) + len(text) + 6 for term, text in light.items())
    count = max(1, math.ceil(total / SHARD_BYTES))
    shards: dict[int, dict[str, object]] = {number: {} for number in range(count)}
    for term, text in light.items():
        shards[term_hash(term) % count][term] = text
    # Two heavy terms of one hash share their file.
    alone: dict[str, dict[str, object]] = defaultdict(dict)
    for term in heavy:
        alone[f"h{term_hash(term):08x}"][term] = coded[term]
    answers = sum(not page.archive for page in pages)
    yield "manifest", {"documents": len(pages), "answers": answers, "shards": count, "block": BLOCK, "heavy": heavy}
    yield from ((f"s{number}", shard) for number, shard in shards.items())
    yield from alone.items()
    for start in range(0, len(pages), BLOCK):
        yield f"d{start // BLOCK}", {"pages": [_described(page) for page in pages[start : start + BLOCK]]}


def _described(page: BrowserPage) -> tuple[str, str, str, str]:
    text = " ".join(page.text.split())
    shown = text if len(text) <= SNIPPET_CHARACTERS else text[:SNIPPET_CHARACTERS] + "…"
    return page.url, page.title, page.category, shown


def _script(version: str, payload: dict[str, object]) -> bytes:
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f'kbSearch.put("{version}",{text});\n'.encode()


def _source(name: str) -> str:
    return resources.files(__package__).joinpath("client", name).read_text(encoding="utf-8")
