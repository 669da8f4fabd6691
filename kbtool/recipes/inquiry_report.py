"""The voice of the customers as a report: for a stated purpose, with every number's definition, and nobody's name.

A report without a purpose is not made: numbers that nobody asked for find a use nobody meant (S3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kbtool import forms, safe_yaml
from kbtool.errors import UsageError
from kbtool.forms import alerts, measures, similar
from kbtool.forms.figures import Figure, figures
from kbtool.inquiry import Inquiry
from kbtool.knowledge import KnowledgeBase, inquiries
from kbtool.recipes.voices import Period, Voice, answering, answers, lacking, received, voices
from kbtool.search import Hit

_COUNTED = ("channel", "category", "result", "cancel_reason", "product")
_OPINION = "ご意見"
_PURPOSES = "kb/purposes.yml"


@dataclass(frozen=True, slots=True)
class Quoted:
    """One inquiry as a report shows it: its number and 区分, and the customer's words, masked."""

    number: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Matter:
    """Several inquiries about one thing: the entries that answer them, and what those do not speak of.

    ``lacks`` are things the desk said in its answers; ``said`` are those answers, masked.
    """

    kind: str
    words: tuple[str, ...]
    inquiries: tuple[Quoted, ...]
    entries: tuple[tuple[str, str], ...]
    unanswered: int
    lacks: tuple[str, ...]
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class InquiryReport:
    """Everything that one report says; ``left_out`` are records outside the period or without a date."""

    purpose: str
    period: Period
    first: date | None
    last: date | None
    made_on: date
    n: int
    left_out: int
    to_review: int
    polarity: str
    alerts: tuple[Quoted, ...]
    counts: dict[str, dict[str, int]]
    figures: tuple[Figure, ...]
    matters: tuple[Matter, ...]
    opinions: tuple[Quoted, ...]


def report(kb: KnowledgeBase, purpose: str, period: Period, least: int = similar.LEAST) -> InquiryReport:
    """Make the report; ``UsageError`` without a purpose, or where a scale does not say which end is good."""
    question = _question(kb, purpose)
    known = inquiries.records(kb)
    spoken = voices(kb, (each for each in known.values() if period.holds(each)))
    records = [voice.record for voice in spoken]
    polarity = _polarity(kb, records)
    said = {voice.record.number: voice for voice in spoken if voice.content}
    hits = dict(zip(said, answering(kb, [voice.content for voice in said.values()]), strict=True))
    days = sorted(day for record in records if (day := received(record)))
    alarming = {record.number for record in alerts.alerts(records)}
    texts = [similar.Text(number, voice.content, voice.kind) for number, voice in said.items()]
    return InquiryReport(
        purpose=question,
        period=period,
        first=days[0] if days else None,
        last=days[-1] if days else None,
        made_on=kb.project.today,
        n=len(records),
        left_out=len(known) - len(records),
        to_review=sum(bool(record.to_review) for record in records),
        polarity=polarity,
        alerts=tuple(_quoted(voice) for voice in spoken if voice.record.number in alarming),
        counts={name: found for name in _COUNTED if (found := measures.counts(records, name))},
        figures=figures(records, polarity, answered=sum(bool(answers(each)) for each in hits.values())),
        matters=tuple(_matter(kb, alike, said, hits) for alike in similar.groups(texts, least)),
        opinions=tuple(_quoted(voice) for voice in spoken if voice.kind == _OPINION),
    )


def _matter(
    kb: KnowledgeBase, alike: similar.Alike, said: dict[str, Voice], hits: dict[str, tuple[Hit, ...]]
) -> Matter:
    group = [said[text.key] for text in alike.texts]
    answering = [answers(hits[text.key]) for text in alike.texts]
    entries = {hit.id: hit.question for found in answering for hit in found}
    responses = [voice.response for voice in group if voice.response]
    lacks = lacking(responses, [kb.entry(id) for id in entries], least=len(group) // 2 + 1) if entries else ()
    return Matter(
        kind=alike.texts[0].kind,
        words=alike.words,
        inquiries=tuple(map(_quoted, group)),
        entries=tuple(entries.items()),
        unanswered=sum(not found for found in answering),
        lacks=lacks,
        said=tuple(text for text in responses if any(word in text for word in lacks)),
    )


def _quoted(voice: Voice) -> Quoted:
    return Quoted(voice.record.number, voice.kind, voice.content)


def _question(kb: KnowledgeBase, purpose: str) -> str:
    """What the report is for: the words themselves, or those that ``kb/purposes.yml`` keeps under this id."""
    path: Path = kb.project.kb / "purposes.yml"
    known = safe_yaml.load_file(path, _PURPOSES) if path.is_file() else {}
    stated = str(known.get(purpose.strip()) or purpose).strip()
    if not stated:
        raise UsageError("inquiry_no_purpose", known="、".join(known) or "-")
    return stated


def _polarity(kb: KnowledgeBase, records: Sequence[Inquiry]) -> str:
    """Which end of the scale of effort is good, as the forms of these records say it."""
    templates = {each.name: each for each in forms.load_templates(kb.project.kb)}
    used = [templates[name] for name in dict.fromkeys(record.form for record in records) if name in templates]
    scales = [field for template in used for field in template.fields if field.name == "ces"]
    said = {field.polarity for field in scales}
    if len(said) > 1 or "" in said:
        raise UsageError("inquiry_polarity", forms="、".join(template.name for template in used))
    return next(iter(said), measures.HIGH_IS_GOOD)
