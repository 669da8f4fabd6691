"""Q. … A. …, Q1/A1, 問/答, 質問/回答: a question and its answer as printed."""

from kbtool.drafting.composing import body_text
from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.item import Role
from kbtool.drafting.model import Draft
from kbtool.drafting.wording import joined
from kbtool.entry import EntryType, Section

_WRAPPED = 2


def question_answer(cursor: Cursor) -> Match | None:
    """Make an entry of a question and everything up to the next question or heading."""
    if cursor.item.role is not Role.QUESTION:
        return None
    wrapped = cursor.while_(lambda item: item.role is Role.TEXT, start=1)[:_WRAPPED]
    after = cursor.items[cursor.at + 1 + len(wrapped) :][:1]
    if not after or after[0].role is not Role.ANSWER:
        wrapped = ()
    question = joined([cursor.item.text, *(item.text for item in wrapped)])
    start = 1 + len(wrapped)
    marked = cursor.items[cursor.at + start : cursor.at + start + 1]
    answer = marked if marked and marked[0].role is Role.ANSWER else ()
    answer = (*answer, *cursor.body(start + len(answer)))
    if not question or not any(item.text for item in answer):
        return None
    used = (cursor.item, *wrapped, *answer)
    section = Section("回答", body_text(answer))
    draft = Draft(EntryType.QA, question, (section,), tuple(item.evidence for item in used))
    return Match(len(used), (draft,))
