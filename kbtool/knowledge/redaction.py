"""What a person does about personal data that was found: it names nobody, put masks in its place, take it out.

Apart from finding it (``findings``). A text that changes goes back into review like any other correction; what was
masked or removed is remembered by the text it left, never by the value that stood there.
"""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import date

from kbtool import messages
from kbtool.entry import Entry, HistoryItem
from kbtool.errors import PublishRefused, UsageError
from kbtool.knowledge import decisions, findings, inquiries, passages
from kbtool.knowledge.content import text_hash
from kbtool.knowledge.decisions import Decision, DecisionKind
from kbtool.knowledge.exchange.editions import Editions
from kbtool.knowledge.findings import MASK, NOT_PERSONAL, REMOVE, PersonalFinding
from kbtool.knowledge.passages import Passage
from kbtool.knowledge.store import KnowledgeBase
from kbtool.text import personal_data

CHOICES = (NOT_PERSONAL, MASK, REMOVE)
#: What a removed value leaves behind.
_GAP = re.compile(r"[ \t\u3000]{2,}|[(（「『][ \t\u3000]*[)）」』]")


def decide(
    kb: KnowledgeBase, owner: str, decision: str, by: str, today: date, handles: Collection[str] = ()
) -> tuple[PersonalFinding, ...]:
    """Settle what was found in an entry, record or document; all of it, or what the ``handles`` name.

    The findings that were settled. ``UsageError`` where nothing is open there, or where masks are asked for a text
    that is not kbtool's to change (a source, the log).
    """
    with kb.writing("entry personal"):
        chosen = _chosen(kb, owner, handles)
        if decision != NOT_PERSONAL:
            _change(kb, chosen, decision, by, today)
        keys = [each.key if decision == NOT_PERSONAL else _left(each, today) for each in chosen]
        decisions.record(kb, [Decision(today, by, DecisionKind.PERSONAL, key, decision) for key in dict.fromkeys(keys)])
        return chosen


def refuse_personal(kb: KnowledgeBase, entry: Entry) -> None:
    """Raise ``PublishRefused`` for personal data in an entry, in whatever field, that nobody decided about."""
    found = findings.personal_findings_of(kb, entry)
    if found:
        first = found[0]
        raise PublishRefused("knowledge_personal", id=entry.id, count=len(found), **told(first))


def told(found: PersonalFinding) -> dict[str, object]:
    """What a sentence says of a finding: the place, the kind, the words around it; never the value."""
    kind = messages.say(f"personal_{found.kind}")
    return {"where": found.where, "line": found.line, "field": found.field, "kind": kind, "shown": found.shown}


def _chosen(kb: KnowledgeBase, owner: str, handles: Collection[str]) -> tuple[PersonalFinding, ...]:
    known = kb.files()
    found = (
        findings.personal_findings_of(kb, kb.entry(owner))
        if owner in known
        else tuple(each for each in findings.personal_findings(kb) if owner in (each.owner, each.where))
    )
    chosen = tuple(each for each in found if not handles or each.handle in handles)
    missing = set(handles) - {each.handle for each in chosen}
    if missing or not chosen:
        raise UsageError("knowledge_no_finding", owner=owner, handle="、".join(sorted(missing)) or "-")
    return chosen


def _change(kb: KnowledgeBase, chosen: Sequence[PersonalFinding], decision: str, by: str, today: date) -> None:
    owner, keys = chosen[0].owner, {each.key for each in chosen}
    record = inquiries.records(kb).get(owner)
    if record is not None:
        texts = tuple(passages.of_record(record, chosen[0].where))
        inquiries.reword(kb, owner, {each.field for each in chosen}, _changing(kb, texts, keys, decision))
    elif owner in kb.files():
        entry = kb.entry(owner)
        texts = tuple(passages.of_entry(entry, chosen[0].where))
        change = _changing(kb, texts, keys, decision)
        after = passages.reworded(entry, change)
        kb.save(replace(after, author=by, history=(HistoryItem(today, "edited", by), *after.history)))
        Editions(kb).reword(owner, lambda sent: passages.reworded(sent, change))
    else:
        raise UsageError("knowledge_not_ours", where=chosen[0].where, line=chosen[0].line)


def _changing(
    kb: KnowledgeBase, texts: Sequence[Passage], keys: Collection[str], decision: str
) -> Callable[[str], str]:
    """What is done to every text that these values may stand in."""
    values = findings.values_of(kb, texts, keys)
    masks = personal_data.Masks(passage.text for passage in texts)
    return (lambda text: masks.mask(text, _of(text, values))) if decision == MASK else _removing(values)


def _removing(values: Collection[str]) -> Callable[[str], str]:
    def without(text: str) -> str:
        found = _of(text, values)
        for each in reversed(found):
            text = text[: each.start] + text[each.end :]
        return _GAP.sub(lambda gap: " " if gap.group()[0] in " \t\u3000" else "", text) if found else text

    return without


def _of(text: str, values: Collection[str]) -> list[personal_data.Finding]:
    """Where these values stand in a text, however they are spelt there."""
    return [each for each in personal_data.find(text) if personal_data.value_key(text[each.start : each.end]) in values]


def _left(found: PersonalFinding, today: date) -> str:
    """The key of what was changed: the place and the line with its mask, from which no value can be computed."""
    return f"{found.owner} {found.field} {text_hash(f'{found.shown}{today}')[:16]}"
