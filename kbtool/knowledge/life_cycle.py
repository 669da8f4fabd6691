"""The steps of an entry's life: approve, publish, verify, retire. Each is a named person's act.

Approval remembers the hash of the words a person saw and freezes them below ``kb/published/``; the sites are built
from those frozen texts alone. The entry is written first and the frozen text after it, so that a cut never leaves
something on a site that its entry does not acknowledge; doing the step again finishes it.
"""

from dataclasses import replace
from datetime import date, timedelta

from kbtool import messages
from kbtool.entry import PUBLIC_SECTIONS, Audience, Entry, EntryType, HistoryItem, Status
from kbtool.errors import PublishRefused, UsageError
from kbtool.knowledge import entry_file
from kbtool.knowledge.content import content_hash
from kbtool.knowledge.frozen import (
    IN_FORCE,
    NEVER_PUBLIC,
    audiences,
    effective_status,
    freeze,
    is_approved_here,
    read,
    thaw,
)
from kbtool.knowledge.inside import refuse_inside
from kbtool.knowledge.redaction import refuse_personal
from kbtool.knowledge.store import KnowledgeBase
from kbtool.knowledge.three_way import CONFLICT
from kbtool.knowledge.undecided import refuse_contradictions


def approve(kb: KnowledgeBase, id: str, by: str, today: date, note: str = "", *, checked: bool = False) -> Entry:
    """Approve the text as it stands and freeze it for the house.

    ``checked`` says that the person compared what was marked (numbers, doubtful words …) with the source; without it
    an entry with such marks is refused.
    """
    with kb.writing("entry approve"):
        entry = kb.entry(id)
        _refuse_retired(entry)
        _refuse_conflict(entry)
        if entry.needs_review and not checked:
            raise UsageError("knowledge_unchecked", id=id, marks="、".join(map(_mark, entry.needs_review)))
        if entry.author == by:
            raise UsageError("knowledge_own_work", id=id, by=by)
        if not _stands(kb, entry, by):
            entry = approved(entry, by, today, _review_days(kb, entry), note)
            kb.save(entry)
        freeze(kb, entry, Audience.INTERNAL)
        return entry


def publish(
    kb: KnowledgeBase,
    id: str,
    audience: Audience,
    by: str,
    today: date,
    *,
    public: str = "",
    note: str = "",
    corrected: bool = False,
) -> Entry:
    """Show an approved text to an audience: ``PublishRefused`` says why it may not be shown.

    ``public`` is the sentence of the update log (what changed, for whom), ``corrected`` marks the mending of an error.
    """
    with kb.writing("entry publish"):
        entry = kb.entry(id)
        _refuse_publish(kb, entry, audience, by)
        if not is_approved_here(kb, entry):
            raise PublishRefused("knowledge_approved_elsewhere", id=id)
        refuse_contradictions(kb, {entry.id: entry})
        if audience is Audience.PUBLIC:
            refuse_inside(entry, kb.project.settings)
        address = entry.public_id or (kb.next_public_id() if audience is Audience.PUBLIC else "")
        kind = "corrected" if corrected else "published"
        item = HistoryItem(today, kind, by, public, note)
        if audience is not Audience.INTERNAL:
            refuse_personal(kb, _dated(entry, item))
        entry = replace(entry, audience=audience, status=Status.PUBLISHED, public_id=address)
        if entry.history[:1] != (item,):
            entry = _dated(entry, item)
        kb.save(entry)
        for each in (audience, Audience.INTERNAL):
            freeze(kb, entry, each)
        for outdated in set(audiences(kb, entry)) - {audience, Audience.INTERNAL}:
            thaw(kb, entry, outdated)
        return entry


def verify(kb: KnowledgeBase, id: str, by: str, today: date, note: str = "") -> Entry:
    """Record that somebody checked an approved entry and it is still true; its text does not change."""
    with kb.writing("entry verify"):
        entry = kb.entry(id)
        if effective_status(entry) not in IN_FORCE:
            raise UsageError("knowledge_not_approved", id=id, status=effective_status(entry).value)
        entry = verified(entry, by, today, _review_days(kb, entry), note)
        kb.save(entry)
        for audience in audiences(kb, entry):
            kept = read(kb, entry.id, audience)
            if kept is not None and content_hash(kept) == entry.approved_hash:
                freeze(kb, entry, audience)
        return entry


def retire(
    kb: KnowledgeBase, id: str, reason: str, replaced_by: str, by: str, today: date, *, public: str = ""
) -> Entry:
    """Take an entry out of service for good: its address stays and says so, naming what replaces it."""
    with kb.writing("entry retire"):
        entry = kb.entry(id)
        _refuse_retired(entry)
        if replaced_by and kb.entry(replaced_by).id == entry.id:
            raise UsageError("knowledge_replaces_itself", id=id)
        entry = retired(entry, reason, replaced_by, by, today, public)
        kb.save(entry)
        for audience in audiences(kb, entry):
            thaw(kb, entry, audience)
        return entry


def approved(entry: Entry, by: str, today: date, review_days: int, note: str = "") -> Entry:
    """The entry after its approval."""
    seen = content_hash(entry_file.normal(entry))
    still_shown = entry.status is Status.PUBLISHED and seen == entry.approved_hash
    changed = replace(
        entry,
        status=Status.PUBLISHED if still_shown else Status.APPROVED,
        approved_by=by,
        approved_on=today,
        approved_hash=seen,
        verified_on=today,
        review_by=today + timedelta(days=review_days),
        needs_review=(),
    )
    return _dated(changed, HistoryItem(today, "approved", by, "", note))


def verified(entry: Entry, by: str, today: date, review_days: int, note: str = "") -> Entry:
    """The entry after somebody checked that it is still true."""
    changed = replace(entry, verified_on=today, review_by=today + timedelta(days=review_days))
    return _dated(changed, HistoryItem(today, "checked", by, "", note))


def retired(entry: Entry, reason: str, replaced_by: str, by: str, today: date, public: str = "") -> Entry:
    """The entry after it was taken out of service."""
    changed = replace(entry, status=Status.RETIRED, replaced_by=replaced_by)
    return _dated(changed, HistoryItem(today, "retired", by, public, reason))


def _needs_lawyer(kb: KnowledgeBase, entry: Entry) -> bool:
    """Whether nobody has done the legal check that the entry or its category asks for."""
    return entry.legal_check == "required" or (entry.legal_check != "done" and kb.category(entry.category).legal_check)


def _refuse_publish(kb: KnowledgeBase, entry: Entry, audience: Audience, by: str) -> None:
    refusal = _refusal(entry, audience)
    if refusal is not None:
        raise refusal
    if audience is not Audience.PUBLIC:
        return
    if _needs_lawyer(kb, entry):
        raise PublishRefused("knowledge_legal_check", id=entry.id)
    if not any(part.heading in PUBLIC_SECTIONS and part.text.strip() for part in entry.sections):
        raise PublishRefused("knowledge_nothing_public", id=entry.id, known="、".join(PUBLIC_SECTIONS))
    if by == entry.approved_by:
        raise PublishRefused("knowledge_four_eyes", id=entry.id, by=by)


def _stands(kb: KnowledgeBase, entry: Entry, by: str) -> bool:
    """Whether a person's approval of this text holds already, given here."""
    if effective_status(entry) not in IN_FORCE or entry.approved_by != by or entry.needs_review:
        return False
    return is_approved_here(kb, entry)


def _mark(code: str) -> str:
    """What a review mark means, in the language of the run."""
    known = f"mark_{code}"
    return messages.say(known) if known in messages.catalogue(messages.language()) else code


def _refusal(entry: Entry, audience: Audience) -> PublishRefused | None:
    if entry.status is Status.RETIRED:
        return PublishRefused("knowledge_retired", id=entry.id, replaced_by=entry.replaced_by or "-")
    if entry.status not in IN_FORCE:
        return PublishRefused("knowledge_publish_unapproved", id=entry.id, status=entry.status.value)
    if CONFLICT in entry.needs_review:
        return PublishRefused("knowledge_conflict_open", id=entry.id)
    if content_hash(entry) != entry.approved_hash:
        return PublishRefused("knowledge_changed_since", id=entry.id, approved_on=entry.approved_on)
    if Audience.RESTRICTED in (audience, entry.audience):
        return PublishRefused("knowledge_restricted", id=entry.id)
    outside = audience is Audience.PUBLIC or (audience is Audience.PARTNER and entry.type is EntryType.POLICY)
    if outside and entry.type in NEVER_PUBLIC:
        return PublishRefused("knowledge_type_inside", id=entry.id, type=entry.type.value, audience=audience.value)
    return None


def _refuse_retired(entry: Entry) -> None:
    if entry.status is Status.RETIRED:
        raise UsageError("knowledge_retired", id=entry.id, replaced_by=entry.replaced_by or "-")


def _refuse_conflict(entry: Entry) -> None:
    if CONFLICT in entry.needs_review:
        raise UsageError("knowledge_conflict_open", id=entry.id)


def _review_days(kb: KnowledgeBase, entry: Entry) -> int:
    cycle = kb.category(entry.category).review_days
    sensitive = entry.safety or entry.legal_check != "none" or kb.category(entry.category).legal_check
    return min(cycle, kb.project.settings.review.safety_days) if sensitive else cycle


def _dated(entry: Entry, item: HistoryItem) -> Entry:
    return replace(entry, history=(item, *entry.history))
