"""What is said and how: one question in customers' words, an answer that answers, nothing of the house in it (Q, A)."""

import re
from collections.abc import Callable, Iterator
from functools import partial

from kbtool.entry import INTERNAL_SECTIONS, PUBLIC_SECTIONS, Audience, Entry, EntryType, Section
from kbtool.knowledge import inside
from kbtool.knowledge.checks.finding import Found
from kbtool.knowledge.checks.state import EntryFile, Place, State
from kbtool.knowledge.frozen import NEVER_PUBLIC
from kbtool.text.politeness import is_plain

#: Titles of these are no questions.
_TITLED = NEVER_PUBLIC | {EntryType.IMPROVEMENT, EntryType.NOTICE}
#: 「送料は？　いつ届く？」「解約、または休止」「いくらか、いつ届くか」
_SECOND = re.compile(r"[?？].*[?？]|、(?:または|又は|もしくは|あるいは|それとも|および|及び)|か、.+か(?:$|[?？を知教])")
_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_BRACKETED = re.compile(r"（[^（）]*）|\([^()]*\)|「[^「」]*」|『[^『』]*』|【[^【】]*】")
#: A line that is no prose: list item, table row, quotation, heading inside a section.
_SET_APART = re.compile(r"\s*(?:[-*+・●○◆■※|>#]|\d+[.)）．]|[①-⑳])")
#: 「次のとおりです」 says nothing by itself.
_POINTER = re.compile(r"(?:以下|次|下記)の(?:とおり|通り)|(?:ご説明|ご案内)(?:します|いたします)")


def meant_for_public(entry: Entry) -> bool:
    """Whether customers read this entry or are to read it."""
    return entry.type not in NEVER_PUBLIC and (entry.audience is Audience.PUBLIC or entry.public_candidate)


def public_parts(entry: Entry) -> list[Section]:
    """The sections that customers may read."""
    return [part for part in entry.sections if part.heading in PUBLIC_SECTIONS]


def one_question(file: EntryFile, state: State) -> Iterator[Found]:
    """Two questions in one (Q001)."""
    second = _SECOND.search(file.entry.question) if file.entry.type not in _TITLED else None
    if second:
        yield Found(file.field("question"), {"words": second.group()})


def vague_question(file: EntryFile, state: State) -> Iterator[Found]:
    """A question that names a subject instead of a wish; one made of a heading waits for a writer already (Q002)."""
    if file.entry.type in _TITLED or "question_from_heading" in file.entry.needs_review:
        return
    bare = file.entry.question.rstrip("。．.？?！! ")
    ending = next((each for each in state.settings.checks.vague_endings if bare.endswith(each)), None)
    if ending:
        yield Found(file.field("question"), {"words": ending})


def long_question(file: EntryFile, state: State) -> Iterator[Found]:
    """A question nobody reads to its end (Q003)."""
    length, most = len(file.entry.question), state.settings.checks.question_length
    if length > most:
        yield Found(file.field("question"), {"length": length, "most": most})


def evasive_answer(file: EntryFile, state: State) -> Iterator[Found]:
    """A first sentence that greets or points instead of answering (A001)."""
    entry = file.entry
    if not meant_for_public(entry) or entry.type is EntryType.IMPROVEMENT:
        return
    first = next((line for line in entry.answer.splitlines() if line.strip()), "")
    sentence = _SENTENCE.match(first.strip())
    words = sentence.group() if sentence else ""
    greets = words.startswith(state.settings.checks.empty_openings)
    if not words or greets or (_POINTER.search(words) and not _has_steps(entry.answer)):
        yield Found(file.words(first) if first else file.field("question"), {"words": words[:30] or "－"})


def long_answer(file: EntryFile, state: State) -> Iterator[Found]:
    """A public answer that is long and has neither steps nor a table (A002)."""
    parts = public_parts(file.entry) if meant_for_public(file.entry) else []
    text, most = "\n".join(part.text for part in parts), state.settings.checks.answer_length
    length = len(re.sub(r"\s", "", text))
    if length > most and not _has_steps(text):
        yield Found(file.words(f"## {parts[0].heading}"), {"length": length, "most": most})


def house_words(file: EntryFile, state: State) -> Iterator[Found]:
    """Words of the house before customers (A003)."""
    if not meant_for_public(file.entry):
        return
    for place, text in _said_outside(file):
        for word in inside.said(text, state.settings.internal_words):
            lines = (line for line in text.splitlines() if inside.said(line, (word,)))
            yield from (Found(place(line), {"word": word}) for line in lines)


def _said_outside(file: EntryFile) -> Iterator[tuple[Callable[[str], Place], str]]:
    """Everything customers read or search by, and how the place of a line of it is found."""
    yield partial(file.field, "question"), file.entry.question
    yield from ((partial(file.field, "variants"), text) for text in file.entry.variants)
    yield from ((file.words, part.text) for part in public_parts(file.entry))


def plain_style(file: EntryFile, state: State) -> Iterator[Found]:
    """A sentence to customers that does not end in です・ます; steps and cells may be short (A004)."""
    if not meant_for_public(file.entry) or file.entry.lang != "ja":
        return
    for line in (line for part in public_parts(file.entry) for line in part.text.splitlines()):
        for sentence in _prose(line):
            if is_plain(sentence):
                yield Found(file.words(line), {"words": sentence[-20:]})


def disguised_heading(file: EntryFile, state: State) -> Iterator[Found]:
    """A note of the house dressed up as part of a public section (A006)."""
    parts = public_parts(file.entry) if meant_for_public(file.entry) else []
    for line in (line for part in parts for line in part.text.splitlines()):
        bare = line.strip(" \t\u3000#＃*＊_>|【】［］[]■●◆・-")
        heading = next((each for each in INTERNAL_SECTIONS if bare.startswith(each)), None)
        if heading:
            yield Found(file.words(line), {"section": heading})


def _prose(line: str) -> Iterator[str]:
    """The sentences of running text that are closed by a full stop; what stands in brackets closes none."""
    if not _SET_APART.match(line):
        bare = _BRACKETED.sub("", line)
        yield from (found.strip() for found in _SENTENCE.findall(bare) if found.endswith("。"))


def _has_steps(text: str) -> bool:
    return any(_SET_APART.match(line) for line in text.splitlines())
