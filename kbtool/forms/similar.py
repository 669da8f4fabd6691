"""Inquiries about the same matter, found by the things they name.

Two texts of one category that name the same thing (an error code, a part, a term of the contract) belong together, and
so does what belongs to either; a group that has grown into a heap is taken apart by the thing most of them name.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kbtool.text import analysis

#: So many alike are a matter of their own, and no longer three customers by chance (S3: 「複数来ていれば」).
LEAST = 3
#: A larger group is a heap that hangs together by chains of words.
MOST = 10
#: What is done or how it is, rather than a thing: verbs and adjectives as Sudachi spells them.
_DOING = re.compile(r"[一-鿿々]+[ぁ-ん]*[るうくすつむぶぬぐい]")
_THING = re.compile(r"[a-z]+[0-9]+[a-z0-9]*|[^\d\W]{2,}")


@dataclass(frozen=True, slots=True)
class Text:
    """One text to be grouped: ``key`` names it, ``kind`` is its category ("" where it has none)."""

    key: str
    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Alike:
    """Texts about one matter, in their order, and the words that most of them share (as first spelled)."""

    texts: tuple[Text, ...]
    words: tuple[str, ...]


def groups(texts: Sequence[Text], least: int = LEAST) -> tuple[Alike, ...]:
    """Groups of at least ``least`` texts, the largest first; every text is in one group at most."""
    named = {text.key: things(text.text) for text in texts}
    found = [part for heap in _heaps(texts, named) for part in _parts(heap, named) if len(part) >= least]
    order = {text.key: place for place, text in enumerate(texts)}
    found.sort(key=lambda part: (-len(part), order[part[0].key]))
    return tuple(Alike(tuple(part), _shared(part, named)) for part in found)


def things(text: str) -> dict[str, str]:
    """The things a text names: folded word → as it is spelled."""
    found: dict[str, str] = {}
    for spelled, word in analysis.cuts(text):
        if word and _THING.fullmatch(word) and not _DOING.fullmatch(word):
            found.setdefault(word, spelled.upper() if word.isascii() else spelled)
    return found


def _heaps(texts: Sequence[Text], named: dict[str, dict[str, str]]) -> Iterator[list[Text]]:
    """Texts of one kind that hang together by shared things, each heap in their order."""
    stems = _stems({word for words in named.values() for word in words})
    naming: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for word in named[text.key]:
            naming[text.kind, stems[word]].append(place)
    seen: set[int] = set()
    for start in range(len(texts)):
        heap = [] if start in seen else [start]
        seen.add(start)
        for place in heap:  # grows while it is walked
            for word in named[texts[place].key]:
                near = naming.pop((texts[place].kind, stems[word]), [])
                heap += [other for other in near if other not in seen]
                seen.update(near)
        if heap:
            yield [texts[place] for place in sorted(heap)]


def _stems(words: set[str]) -> dict[str, str]:
    """Each word → the shortest known one it begins with (届け先 → 届け); codes and Latin words stay whole."""
    return {
        word: next((word[:end] for end in range(2, len(word)) if word[:end] in words and not word.isascii()), word)
        for word in words
    }


def _parts(heap: list[Text], named: dict[str, dict[str, str]]) -> Iterator[list[Text]]:
    """The heap itself, or the groups around the things that most of it names."""
    left = heap
    while len(left) > MOST:
        counted = Counter(word for text in left for word in named[text.key])
        words = [word for word, count in counted.most_common() if count < len(left)]
        if not words or counted[words[0]] < LEAST:
            break
        yield [text for text in left if words[0] in named[text.key]]
        left = [text for text in left if words[0] not in named[text.key]]
    if left:
        yield left


def _shared(part: Sequence[Text], named: dict[str, dict[str, str]]) -> tuple[str, ...]:
    counted = Counter(word for text in part for word in named[text.key])
    spelled = {word: shown for text in reversed(part) for word, shown in named[text.key].items()}
    return tuple(spelled[word] for word, count in counted.most_common(3) if count >= LEAST - 1)
