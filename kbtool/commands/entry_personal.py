"""``kbtool entry personal``: what was found of persons, where it stands, and what a person decides about it."""

from collections.abc import Sequence
from contextlib import nullcontext

import click

from kbtool.commands.session import Session, global_options, session
from kbtool.errors import ExitCode, UsageError
from kbtool.knowledge import KnowledgeBase, PersonalFinding, personal_findings, redaction
from kbtool.recipes.rehearsal import rehearsal


@click.command("personal")
@click.argument("owner", metavar="[ID]", required=False)
@click.option(
    "--decide", type=click.Choice(redaction.CHOICES), help="none 個人情報ではない・mask 伏せる・remove 取り除く"
)
@click.option("--only", "handles", multiple=True, metavar="番号", help="この番号のものだけ（何度でも。省くと全部）")
@global_options
def command(owner: str | None, decide: str | None, handles: Sequence[str]) -> int:
    """個人情報らしいものを、その場所とともに並べる。--decide で一度だけ決める（文が変わるまで聞き直さない）。"""
    run = session()
    kb = KnowledgeBase(run.project)
    if decide is None:
        return _list(run, [each for each in personal_findings(kb) if owner in (None, each.owner, each.where)])
    if owner is None:
        raise UsageError("entry_personal_whose")
    by, today = run.project.actor, run.project.today
    with rehearsal(run.project) if run.dry_run else nullcontext(kb) as there:
        settled = redaction.decide(there, owner, decide, by, today, handles)
    run.say(f"entry_personal_{decide}", id=owner, count=len(settled))
    run.result([_data(each) for each in settled])
    return ExitCode.OK


def _list(run: Session, found: Sequence[PersonalFinding]) -> int:
    for each in found:
        run.say("entry_personal_line", handle=each.handle, entry=each.owner or "-", **redaction.told(each))
    run.say("entry_personal_found" if found else "entry_personal_nothing", count=len(found))
    run.result([_data(each) for each in found])
    return ExitCode.FINDINGS if found else ExitCode.OK


def _data(found: PersonalFinding) -> dict[str, object]:
    return {
        "handle": found.handle,
        "owner": found.owner,
        "page": found.page,
        "kind": found.kind.value,
        "confidence": found.confidence,
        **{name: value for name, value in redaction.told(found).items() if name != "kind"},
    }
