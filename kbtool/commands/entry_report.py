"""What the ``entry`` commands share: taking a step, for real or in rehearsal, and saying what it did."""

from collections.abc import Callable

from kbtool import messages
from kbtool.commands.session import session
from kbtool.entry import Entry
from kbtool.knowledge import KnowledgeBase, effective_status
from kbtool.recipes.rehearsal import Taken, take


def act(said: str, step: Callable[[KnowledgeBase], Entry]) -> Taken:
    """Take one step and tell what it changed; a dry run also tells the lines of the update log."""
    run = session()
    taken = take(KnowledgeBase(run.project), step, dry_run=run.dry_run)
    after = taken.after
    if run.dry_run:
        run.say("entry_state" if taken.was else "entry_state_new", id=after.id, was=taken.was, now=taken.now)
        for id_, was, now in taken.others:
            run.say("entry_state" if now else "entry_state_gone", id=id_, was=was, now=now)
        for line in taken.lines:
            kind = messages.say(f"log_{line.kind}")
            told = {"audience": line.audience, "date": line.date, "title": line.title, "sentence": line.public}
            run.say("entry_log_line", kind=kind, **told)
    else:
        run.say(said, id=after.id, question=after.question, status=taken.now)
    log = [
        {"audience": line.audience, "kind": line.kind, "title": line.title, "public": line.public}
        for line in taken.lines
    ]
    run.result(summary(after) | {"was": taken.was, "log": log})
    return taken


def summary(entry: Entry) -> dict[str, object]:
    """An entry for programs."""
    return {
        "id": entry.id,
        "question": entry.question,
        "status": effective_status(entry).value,
        "audience": entry.audience.value,
        "category": entry.category,
        "public_id": entry.public_id,
        "needs_review": list(entry.needs_review),
    }
