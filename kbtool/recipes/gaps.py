"""What customers ask that no entry answers: the worklist of whoever writes the next entry."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from kbtool.forms import alerts, similar
from kbtool.knowledge import KnowledgeBase, inquiries, searches
from kbtool.knowledge.findings import own_contacts
from kbtool.recipes.voices import Period, Voice, answering, answers, lacking, masked, voices
from kbtool.search import Hit

#: Below this the nearest entry is about something else: a new one is wanted, not a better one.
_RELATED = 0.3
_SHOWN_WORDS = 5


@dataclass(frozen=True, slots=True)
class Gap:
    """One matter that nothing answers: how often it came up, in whose words, and what is nearest to it.

    ``numbers`` are reception numbers, ``searches`` how often it was searched for in vain; ``nearest`` is an id and a
    question ("" where nothing is near), ``lacks`` the things it does not speak of, ``command`` what to do about it.
    """

    demand: int
    numbers: tuple[str, ...]
    searches: int
    kind: str
    texts: tuple[str, ...]
    nearest: str
    nearest_question: str
    coverage: float
    lacks: tuple[str, ...]
    command: str
    alarming: bool


@dataclass(frozen=True, slots=True)
class Gaps:
    """The gaps, most pressing first, of ``inquiries`` records (``answered`` of them are) and ``searches``."""

    gaps: tuple[Gap, ...]
    inquiries: int
    answered: int
    searches: int


def gaps(kb: KnowledgeBase, period: Period, least: int = 1) -> Gaps:
    """Find what no entry answers, asked for at least ``least`` times; safety comes first, whatever its number."""
    spoken = voices(kb, (each for each in inquiries.records(kb).values() if period.holds(each)))
    said = {voice.record.number: voice for voice in spoken if voice.content}
    typed: dict[str, int] = {}
    for words, count in searches.misses(kb).items():
        shown = masked(words, own_contacts(kb.project.settings))
        typed[shown] = typed.get(shown, 0) + count
    texts = [
        *(similar.Text(number, voice.content, voice.kind) for number, voice in said.items()),
        *(similar.Text(words, words) for words in typed),
    ]
    hits = dict(zip((text.key for text in texts), answering(kb, [text.text for text in texts]), strict=True))
    open_ = [text for text in texts if not answers(hits[text.key])]
    found = [_gap(kb, alike.texts, said, typed, hits) for alike in similar.groups(open_, least=1)]
    found = [gap for gap in found if gap.demand >= least or gap.alarming]
    found.sort(key=lambda gap: (not gap.alarming, -gap.demand))
    answered = sum(bool(answers(hits[number])) for number in said)
    return Gaps(tuple(found), len(spoken), answered, sum(typed.values()))


def _gap(
    kb: KnowledgeBase,
    texts: Sequence[similar.Text],
    said: dict[str, Voice],
    typed: dict[str, int],
    hits: dict[str, tuple[Hit, ...]],
) -> Gap:
    records = [said[text.key].record for text in texts if text.key in said]
    in_vain = sum(typed[text.key] for text in texts if text.key not in said)
    best = max((hit for text in texts for hit in hits[text.key][:1]), key=lambda hit: hit.coverage, default=None)
    near = best if best and best.coverage >= _RELATED else None
    words = [text.text for text in texts]
    lacks = lacking(words, [kb.entry(near.id)] if near else [], least=1)[:_SHOWN_WORDS]
    return Gap(
        demand=len(records) + in_vain,
        numbers=tuple(record.number for record in records),
        searches=in_vain,
        kind=texts[0].kind,
        texts=tuple(words),
        nearest=near.id if near else "",
        nearest_question=near.question if near else "",
        coverage=near.coverage if near else 0.0,
        lacks=lacks,
        command=_proposal(kb, texts[0], near),
        alarming=bool(alerts.alerts(records)),
    )


def _proposal(kb: KnowledgeBase, text: similar.Text, near: Hit | None) -> str:
    """The command that would close the gap, in the customer's own words; a person writes the answer."""
    words = shlex.quote(text.text.split("\n")[0].rstrip("。"))
    if near:
        return f"kbtool entry edit {near.id} --variant {words}"
    category = kb.project.settings.category(text.kind)
    where = f" --category {shlex.quote(category.name)}" if category else ""
    return f"kbtool entry new {words}{where} --answer '…'"
