"""Random knowledge for the tests: anything the types allow and a file can hold."""

from datetime import date

from hypothesis import strategies as st

from kbtool.document import Block, Box, Cell, Document, Kind, Method, Page, Provenance, SourceFile
from kbtool.entry import (
    INTERNAL_SECTIONS,
    PUBLIC_SECTIONS,
    Audience,
    Entry,
    EntryType,
    Escalation,
    HistoryItem,
    Origin,
    Product,
    Section,
    Source,
    Status,
)
from kbtool.outcome import Problem, Severity

words = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["次回を休みたい", "true", "null", "0120", "1.0e-05", "2026-11-02", "- x", "a: b", "# x", "", "  "]
    ),
)
lines = st.one_of(
    words, st.sampled_from(["## 社内メモ", "\\## 回答", "＃＃ 回答", "### 回答", "---", "10日前までに、お電話で。"])
)
bodies = st.lists(lines, max_size=6).map("\n".join)
tidy_bodies = bodies.map(lambda text: text.replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
tuples = st.lists(words, max_size=3).map(tuple)
days = st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1))
numbers = st.floats(0, 100, allow_nan=False)
shares = st.floats(0, 1, allow_nan=False)
boxes = st.builds(Box, shares, shares, shares, shares)
sections = st.lists(st.sampled_from(PUBLIC_SECTIONS + INTERNAL_SECTIONS), unique=True, max_size=4).flatmap(
    lambda names: st.tuples(*(st.builds(Section, st.just(name), tidy_bodies) for name in names))
)
sources = st.builds(
    Source, words, words, st.integers(1, 2000), boxes, st.sampled_from(["ocr"]), words, numbers, numbers, words
)
entries = st.builds(
    Entry,
    id=st.sampled_from(["", "KB-0001", "x.y_z-1"]),
    type=st.sampled_from(EntryType),
    question=words,
    sections=sections,
    category=words,
    variants=tuples,
    products=st.lists(st.builds(Product, words, tuples), max_size=2).map(tuple),
    channels=tuples,
    audience=st.sampled_from(Audience),
    status=st.sampled_from(Status),
    owner=words,
    author=words,
    approved_by=words,
    approved_on=days,
    approved_hash=words,
    verified_on=days,
    review_by=days,
    valid_from=days,
    valid_to=days,
    public_id=words,
    public_candidate=st.booleans(),
    safety=st.booleans(),
    legal_check=st.sampled_from(["none", "required", "done"]),
    source=st.lists(sources, max_size=2).map(tuple),
    origin=st.sampled_from(Origin),
    origin_key=words,
    escalation=st.lists(st.builds(Escalation, words, words, words, words), max_size=2).map(tuple),
    related=tuples,
    replaced_by=words,
    tags=tuples,
    needs_review=tuples,
    lang=st.sampled_from(["ja", "en"]),
    history=st.lists(
        st.builds(HistoryItem, st.dates(date(1990, 1, 1), date(2100, 1, 1)), words, words, words, words), max_size=2
    ).map(tuple),
)
provenances = st.builds(Provenance, words, st.integers(1, 9), boxes, st.sampled_from(Method), words, numbers, numbers)
cells = st.builds(
    Cell, st.integers(0, 9), st.integers(0, 9), words, boxes, st.integers(1, 3), st.integers(1, 3), numbers
)
blocks = st.builds(
    Block, st.sampled_from(Kind), bodies, provenances, st.integers(0, 6), st.lists(cells, max_size=2).map(tuple), words
)
problems = st.builds(
    Problem, words, words, st.sampled_from(Severity), st.dictionaries(words, st.integers() | words, max_size=2)
)
pages = st.builds(
    Page,
    st.integers(1, 2000),
    numbers,
    numbers,
    st.sampled_from(Method),
    st.lists(blocks, max_size=2).map(tuple),
    st.lists(problems, max_size=1).map(tuple),
    st.sampled_from([0, 90, 180, 270]),
    st.just(""),
)
documents = st.builds(
    Document,
    st.just("manual-1"),
    words,
    st.lists(st.builds(SourceFile, words, words), max_size=2).map(tuple),
    st.lists(pages, max_size=3).map(tuple),
    words,
    words,
    st.booleans(),
)
