"""Names of persons in Japanese text, from the company they keep and from the dictionary.

Three kinds of evidence, the surest first: a label before (氏名：), an honorific or title behind (様, さん, 部長), and a
family name followed by a given name. A dictionary's tag alone is no evidence (田中角栄記念館 carries one), and neither
is its lack: rare, made-up and misread names are found by label and honorific. The text must be of even width.
"""

import re
from collections.abc import Iterator

from kbtool.text.folding import VARIANT_KANJI
from kbtool.text.personal_name_evidence import LIKELY, PERHAPS, SURE, UNLIKELY, Words, cut, speaks
from kbtool.text.personal_name_parts import is_family, is_full_name, is_no_name, is_nobody, is_romaji
from kbtool.text.personal_name_patterns import (
    ACTS,
    BEFORE,
    CELL,
    FIELD,
    FIELD_END,
    GOES_ON,
    HONORIFIC,
    HONORIFIC_AT_END,
    KANJI,
    LABEL,
    LEAD,
    LOOSE,
    MARK,
    OF_PLACE,
    ROMAJI,
    SPACED_OUT,
    THING,
    TITLED,
    VALUE,
)

#: Family names of one kanji that fill a field with another meaning more often.
_NO_SINGLE = "前中方内所他有無上下左右済可否印新旧表裏大小高低男女夜昼朝何即各全"
#: What a family name, or an unknown word in its place, may be tagged as.
_FIRST = frozenset({"姓", "普通名詞", "地名", "一般", "形状詞"})
_LETTER = re.compile(f"[{KANJI}ァ-ヴー]")
_SHORT_RUN = re.compile(f"[{KANJI}]{{1,3}}(?=宛|[^{KANJI}]|$)")
_HIRAGANA = re.compile("[ぁ-ん]{3,4}")
_TO_COMMON = str.maketrans(VARIANT_KANJI)
#: How sure a name must be behind a mark or before 様, in the next cell, and behind a mere word or before a title.
_MARKED, _IN_CELL, _SAID = UNLIKELY, PERHAPS, LIKELY
#: Of an unknown name in its field or before 様, and of a name by itself: a hint that a person looks at.
_UNKNOWN, _HINT = 75.0, 60.0
_LONGEST_BEFORE = 20
_LONGEST_THING = 6


def find(text: str) -> Iterator[tuple[int, int, float]]:
    """Names as (start, end, confidence in percent), the surest kind of evidence first."""
    words = cut(text.translate(_TO_COMMON))
    yield from _labelled(words)
    yield from _honoured(words)
    for match in TITLED.finditer(words.text):
        yield match.start("name"), match.end("name"), LIKELY
    yield from _bare(words)


def _labelled(words: Words) -> Iterator[tuple[int, int, float]]:
    text = words.text
    for label in LABEL.finditer(text):
        is_of_name = bool(label["word"] or label["named"])
        # 返品交換担当 is a section, not the label of a person
        is_section = bool(label["work"]) and not is_of_name and words.is_kanji(label.start() - 1)
        mark = None if is_section else MARK.match(text, label.end())
        cell = CELL.match(text, label.end()) if is_of_name else None
        join = mark or cell or LOOSE.match(text, label.end())
        wanted = _MARKED if mark else _IN_CELL if cell else _SAID
        if join and (found := _value(words, join.end(), wanted, is_of_name=is_of_name)):
            yield join.end(), *found


def _value(words: Words, start: int, wanted: float, *, is_of_name: bool) -> tuple[int, float] | None:
    """Where the name that begins here ends, and how sure it is one."""
    text, is_marked = words.text, wanted == _MARKED
    if wanted < _SAID and (end := _by_shape(text, start, is_marked=is_marked)):
        return end, LIKELY
    match = VALUE.match(text, start)
    if match is None:
        return None
    end = start + len(HONORIFIC_AT_END.sub("", match.group()).rstrip(" ・"))
    for stop in _ends(words, start, end):
        sure = speaks(words, start, stop)
        is_long = is_marked or stop - start >= 2
        if sure >= wanted and is_long and _ends_there(words, start, stop) and not is_no_name(text[start:stop]):
            return stop, SURE if sure > _UNKNOWN else _UNKNOWN
    if is_marked and _fills_a_field(text[start:end], is_of_name=is_of_name) and FIELD_END.match(text, end):
        return end, _UNKNOWN
    return None


def _by_shape(text: str, start: int, *, is_marked: bool) -> int | None:
    """The end of a name in Roman letters, or of one that is spaced out (見 本 花 子)."""
    romaji, spaced = ROMAJI.match(text, start), SPACED_OUT.match(text, start) if is_marked else None
    if romaji and is_romaji(romaji.group()):
        return romaji.end()
    return spaced.end() if spaced and not is_no_name(spaced.group().replace(" ", "")) else None


def _ends(words: Words, start: int, end: int) -> list[int]:
    """Where a name that starts here may end: at a word's end, or after kana that a given name may be; longest first."""
    kana = [at for at in range(start + 2, end) if re.match("[ぁ-ん]", words.text[at - 1])]
    return sorted({end, *kana, *(stop for _, stop, _ in words.inside(start, end))}, reverse=True)


def _ends_there(words: Words, start: int, stop: int) -> bool:
    """Whether the name is not cut out of a longer word of kanji or katakana."""
    text = words.text
    if HONORIFIC.match(text, stop) or " " in text[start:stop]:
        return True
    goes_on = words.is_kanji(stop) and (stop - start <= 2 or words.is_kanji(stop + 1))
    return not goes_on and re.compile("[ァ-ヴー]").match(text, stop) is None


def _fills_a_field(value: str, *, is_of_name: bool) -> bool:
    """An unknown name in a field for names: a few kanji or katakana that say nothing about the field."""
    if len(value) == 1 and is_family(value):
        return value not in _NO_SINGLE
    return is_of_name and FIELD.fullmatch(value) is not None and not is_no_name(value) and not is_nobody(value)


def _honoured(words: Words) -> Iterator[tuple[int, int, float]]:
    text = words.text
    for match in HONORIFIC.finditer(text):
        end = match.start() - (text[match.start() - 1 : match.start()] == " ")
        before = BEFORE.search(text, max(0, end - _LONGEST_BEFORE), end) if _is_honorific(words, match) else None
        if before is None or before.group().endswith("さん"):
            continue
        begin = _behind_lead(text, before.start(), end)
        start = _start(words, begin, end, _MARKED if match["polite"] else _SAID)
        if start is not None and not (OF_PLACE.match(match.group()) and _is_place(words, start, end)):
            yield start, end, SURE
        elif start is None and match["polite"] and _is_somebody(words, begin, end):
            yield begin, end, _UNKNOWN


def _behind_lead(text: str, begin: int, end: int) -> int:
    lead = LEAD.match(text, begin, end)
    return lead.end() if lead and lead.end() < end else begin


def _is_honorific(words: Words, match: re.Match[str]) -> bool:
    """Whether a word begins where the honorific does (仕様 and さんさん are words of their own) and ends with it."""
    text = words.text
    word = words.at(match.start())
    if words.words and (word is None or word[1] > match.end()):
        before = re.search(f"[{KANJI}]{{1,4}} ?[{KANJI}]{{1,4}}$", text[max(0, match.start() - 9) : match.start()])
        value = before.group().replace(" ", "") if before else ""
        if not (is_full_name(value) or (match["polite"] and len(value) >= 2 and is_family(value))):
            return False
    return match["title"] is not None or GOES_ON.match(text, match.end()) is not None


def _start(words: Words, begin: int, end: int, wanted: float) -> int | None:
    """Where the name that ends here begins: the first word of the stretch that makes one with all that follows."""
    if words.text[begin].isascii() and is_romaji(words.text[begin:end]):
        return begin
    for start in sorted({begin, *(word[0] for word in words.inside(begin, end))}):
        value, word = words.text[start:end], words.at(start)
        is_short = word is not None and word[1] - start == 1 and word[2] != "姓"
        if wanted == _SAID and is_short and " " not in value:
            continue
        if len(value) == 1:
            return start if start == begin and is_family(value) and not _is_none(value) else None
        if speaks(words, start, end) >= wanted and (" " in value or not is_nobody(value)):
            return start
    return None


def _is_none(single: str) -> bool:
    return single in _NO_SINGLE or is_nobody(single)


def _is_place(words: Words, start: int, end: int) -> bool:
    """尼崎市長: who heads a place is not called after it."""
    word = words.at(start)
    return word is not None and word[1] == end and word[2] == "地名"


def _is_somebody(words: Words, start: int, end: int) -> bool:
    """Whether the stretch before 様 addresses somebody, though nobody knows the name."""
    value = words.text[start:end]
    inside = words.inside(start, end)
    if value[0].isascii():
        return is_romaji(value)
    if is_nobody(value) or not 2 <= len(value.replace(" ", "")) <= 6:
        return False
    if not words.is_kanji(start):
        is_pair = " " in value and value[0] >= "ァ"
        return is_pair or all(tag in ("姓", "名", "人名", "一般") for _, _, tag in inside)
    return len(inside) <= 2 and not any(tag in ("地名", "数詞") for _, _, tag in inside[-1:])


def _bare(words: Words) -> Iterator[tuple[int, int, float]]:
    """A family name followed by a given name, or one who acts; no thing named after them."""
    text = words.text
    for start, middle, tag in words.words:
        if tag not in _FIRST:
            continue
        is_family_name, is_free = tag == "姓", _stands_free(text, start)
        if is_family_name and middle - start >= 2 and is_free and ACTS.match(text, middle):
            yield start, middle, _HINT
        is_stranger = middle - start >= 2 and is_free
        if not (is_family_name or is_stranger) or not _LETTER.match(text, start):
            continue
        for end in _bare_ends(words, start, middle, is_known=is_family_name):
            is_thing = THING.match(text[end : end + _LONGEST_THING]) or is_no_name(text[start:end])
            if speaks(words, start, end) >= LIKELY and not is_thing:
                yield start, end, _HINT
                break


def _bare_ends(words: Words, start: int, middle: int, *, is_known: bool) -> Iterator[int]:
    """Where a full name that starts with this word may end, with or without a space between its parts."""
    text = words.text
    again = middle + (text[middle : middle + 1] == " ")
    second = words.at(again)
    if second and second[2] == "名" and second[1] - start >= 3:
        is_sure = is_known and _stands_free(text, start)
        if (is_sure and _is_no_particle(text, second)) or (words.is_kanji(again) and not words.is_kanji(second[1])):
            yield second[1]
    run = _SHORT_RUN.match(text, again)
    kana = _HIRAGANA.match(text, again)
    if kana and is_known:
        yield from range(kana.end(), again + 2, -1)
    if run and run.end() - again + middle - start >= 3 and (is_known or again > middle):
        yield run.end()


def _is_no_particle(text: str, given: tuple[int, int, str]) -> bool:
    """Two hiragana behind a family name are as often a word of grammar."""
    return given[1] - given[0] >= 3 or re.match("[ぁ-ん]", text[given[0]]) is None


def _stands_free(text: str, start: int) -> bool:
    return (
        start == 0 or not _LETTER.match(text, start - 1) or LEAD.fullmatch(text, max(0, start - 2), start) is not None
    )
