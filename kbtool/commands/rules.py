"""``kbtool rules``: how drafts are made."""

import click

from kbtool.commands.session import global_options, session
from kbtool.drafting import RULES


@click.command("rules")
@global_options
def command() -> None:
    """下書きをつくる規則を、試す順に並べる。"""
    run = session()
    for number, rule in enumerate(RULES, start=1):
        run.line(f"{number:3} {rule.name:22} {rule.about}")
    run.result({"rules": [{"name": rule.name, "description": rule.about} for rule in RULES]})
