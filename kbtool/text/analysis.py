"""Japanese words for search: what a text is about, and how it is read aloud.

Sudachi cuts (short units) and brings spellings together (漏れる, もれる); folding does the rest; words that carry
only the form of a question are dropped. Without Sudachi's dictionary the same functions work on character pairs,
which find a little less: the callers need not know.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from kbtool.text.folding import VARIANT_KANJI, fold, normalise, normalise_aligned
from kbtool.text.grams import grams, kanji

#: Parts of speech that say nothing about the subject.
_DROPPED = frozenset({"助詞", "助動詞", "補助記号", "空白", "記号", "接続詞", "感動詞", "連体詞", "代名詞"})
#: Words of asking and of being polite, as Sudachi normalises them, katakana read as hiragana.
_ASKING_WORDS = """
為る 有る 居る 成る 出来る 下さる 頂く 貰う 呉れる 遣る 教える 知る 分かる 思う 言う 聞く 見る 来る 行く 行う 置く
仕舞う 願う 困る 掛かる 因る 就く 付く 於く 何 何処 如何 何時 幾ら 誰 方法 場合 良い 欲しい 事 物 所 時 際 様 為
無い 等 可能 必要 御 方 仕方 此れ 其れ もう どう こと よう そう つく いう する ある いる なる とき ところ もの ため ほう
"""
_ASKING = frozenset(_ASKING_WORDS.split())
_MODEL_HYPHEN = re.compile("(?<=[a-z])[-‐‑–−ー](?=[a-z0-9])|(?<=[0-9])[-‐‑–−ー](?=[a-z])")
_LATIN = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?")
_SENTENCE = re.compile(r"[^\n。！？!?]*[\n。！？!?]|[^\n。！？!?]+")
_KATAKANA = str.maketrans({chr(code): chr(code - 0x60) for code in range(ord("ァ"), ord("ヶ") + 1)})
_VARIANTS = str.maketrans(VARIANT_KANJI)
#: Sudachi refuses more than 49,149 bytes at once; a sentence this long is no sentence.
_PIECE = 4_000


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of a text as it is spelled, with the folded word it stands for; that is empty for what has no subject.

    ``meanings`` are its groups in Sudachi's synonym dictionary (引っ越し and 転居 share one).
    """

    spelled: str
    word: str
    meanings: tuple[int, ...] = ()


def words(text: str) -> list[str]:
    """The folded words a text is about, in order; model numbers and Latin words whole."""
    return [found.word for found in _cut(text) if found.word]


def meaningful(text: str) -> list[Word]:
    """Like ``words``, each with what it means; without the dictionary nothing has a meaning."""
    return [found for found in _cut(text) if found.word]


def cuts(text: str) -> list[tuple[str, str]]:
    """Every piece of a text as it is spelled, with the word it stands for; that is empty for what has no subject."""
    return [(found.spelled, found.word) for found in _cut(text)]


def _cut(text: str) -> list[Word]:
    if _tokenizer() is None:
        return [Word(piece, piece) for piece in (*grams(text), *kanji(text))]
    found: list[Word] = []
    prepared, done = _prepare(text), 0
    for latin in _LATIN.finditer(prepared):
        found += _japanese_cut(prepared[done : latin.start()])
        found.append(Word(latin.group(), latin.group()))
        done = latin.end()
    return [*found, *_japanese_cut(prepared[done:])]


def reading(text: str) -> str:
    """How a text is read, folded to hiragana (解約 → かいやく); without the dictionary the folded text itself."""
    if _tokenizer() is None:
        return fold(text)
    return fold("".join(_read(piece) for piece in _pieces(_prepare(text))))


class Token(NamedTuple):
    """A word where it stands in the original text, with its folded form and its folded reading.

    A tuple, because marking ten hits makes a thousand of them.
    """

    start: int
    end: int
    word: str
    reading: str


@lru_cache(maxsize=2_000)
def tokens(text: str) -> tuple[Token, ...]:
    """The content words of a text and their places; nothing without the dictionary."""
    if _tokenizer() is None:
        return ()
    aligned = normalise_aligned(text)
    found, offset = [], 0
    for piece in _pieces(aligned.text):
        for token in _tokenizer().tokenize(piece.translate(_VARIANTS), _mode("A")):
            form = _form(token)
            if form and (end := token.end()) > (start := token.begin()):
                found.append(Token(*aligned.original(offset + start, offset + end), *form))
        offset += len(piece)
    return tuple(found)


def starts(text: str) -> frozenset[int]:
    """Where words begin, particles and signs too; every place without the dictionary."""
    if _tokenizer() is None:
        return frozenset(range(len(text)))
    aligned = normalise_aligned(text)
    found, offset = set[int](), 0
    for piece in _pieces(aligned.text):
        cut = _tokenizer().tokenize(piece.translate(_VARIANTS), _mode("A"))
        found.update(aligned.starts[offset + token.begin()] for token in cut if token.end() > token.begin())
        offset += len(piece)
    return frozenset(found)


def tagged(text: str) -> list[tuple[int, int, str]]:
    """Every word as (start, end, tag as in ``dictionary_tags``); nothing without the dictionary.

    The text must keep its length when normalised: width and variants are the caller's business.
    """
    if _tokenizer() is None:
        return []
    found, offset = [], 0
    tokenize, mode = _tokenizer().tokenize, _mode("A")
    for piece in _pieces(text):
        for token in tokenize(piece, mode):
            found.append((offset + token.begin(), offset + token.end(), _tag_of(token.part_of_speech_id())))
        offset += len(piece)
    return found


@lru_cache(maxsize=50_000)
def dictionary_tags(surface: str) -> frozenset[str]:
    """What the dictionary knows a word as, whatever stands around it.

    Tags are 姓, 名, 人名 (other names of persons), 地名, 普通名詞, 動詞 …; none for an unknown word or without the
    dictionary. NFKC and common variants of kanji only.
    """
    if _tokenizer() is None or not surface:
        return frozenset()
    return frozenset(_tag(entry.part_of_speech()) for entry in _dictionary().lookup(surface))


@cache
def _tag_of(id: int) -> str:
    return _tag(_dictionary().pos_of(id))


def _tag(part: Sequence[str]) -> str:
    if part[2] == "人名":
        return part[3] if part[3] in ("姓", "名") else "人名"
    return part[2] if part[1] == "固有名詞" else part[1] if part[0] == "名詞" else part[0]


def is_place(name: str) -> bool:
    """Whether the dictionary knows a place of this name."""
    return "地名" in dictionary_tags(name)


@cache
def analyser() -> str:
    """Name and version of what cuts the words; an index made by another one must be built anew."""
    if _tokenizer() is None:
        return "pairs-1"
    import sudachipy

    return f"sudachi-{sudachipy.__version__}-2"


def _prepare(text: str) -> str:
    """Spell a text so that Sudachi knows it, leaving its kana as they are."""
    return _MODEL_HYPHEN.sub("", normalise(text)).translate(_VARIANTS)


@lru_cache(maxsize=20_000)
def _japanese_cut(text: str) -> tuple[Word, ...]:
    return tuple(_word(token) for piece in _pieces(text) for token in _tokenizer().tokenize(piece, _mode("A")))


#: By part of speech and letters, which decide all the rest: asking Sudachi costs more than its cutting does.
_KNOWN: dict[tuple[int, str], Word] = {}
_MOST_KNOWN = 200_000


def _word(token: Any) -> Word:
    key = (token.part_of_speech_id(), token.surface())
    found = _KNOWN.get(key)
    if found is None:
        if len(_KNOWN) >= _MOST_KNOWN:
            _KNOWN.clear()
        found = _KNOWN[key] = Word(key[1], _content_word(token), tuple(token.synonym_group_ids()))
    return found


#: By the dictionary's number and letters: folded word and folded reading, None where a word says nothing.
_FORMS: dict[tuple[int, str], tuple[str, str] | None] = {}


def _form(token: Any) -> tuple[str, str] | None:
    key = (token.word_id(), token.surface())
    if key not in _FORMS:
        if len(_FORMS) >= _MOST_KNOWN:
            _FORMS.clear()
        dropped = token.part_of_speech()[0] in _DROPPED
        _FORMS[key] = None if dropped else (_folded(token.normalized_form()), _folded(_reading_of(token)))
    return _FORMS[key]


def _content_word(token: Any) -> str:
    if token.part_of_speech()[0] in _DROPPED:
        return ""
    normal = token.normalized_form()
    return "" if normal.translate(_KATAKANA) in _ASKING else _folded(normal)


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    return fold(word)


@lru_cache(maxsize=20_000)
def _read(piece: str) -> str:
    tokens = _tokenizer().tokenize(piece, _mode("C"))
    return "".join(_reading_of(token) for token in tokens)


def _reading_of(token: Any) -> str:
    if token.part_of_speech()[0] in ("補助記号", "空白", "記号"):
        return " "
    surface: str = token.surface()
    read: str = token.reading_form()
    return surface if surface[0].isascii() else read


def _pieces(text: str) -> Iterator[str]:
    for sentence in _SENTENCE.findall(text):
        yield from (sentence[at : at + _PIECE] for at in range(0, len(sentence), _PIECE))


@cache
def _tokenizer() -> Any:
    """Sudachi, or None where it or its dictionary is not installed."""
    dictionary = _dictionary()
    return None if dictionary is None else dictionary.tokenizer()


@cache
def _dictionary() -> Any:
    try:
        from sudachipy import Dictionary

        return Dictionary(dict="core")
    except (ImportError, FileNotFoundError):
        return None


@cache
def _mode(name: str) -> Any:
    from sudachipy import SplitMode

    return getattr(SplitMode, name)
