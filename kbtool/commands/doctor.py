"""``kbtool doctor``: is everything installed?"""

from dataclasses import asdict

import click

from kbtool.commands.session import global_options, session
from kbtool.errors import ExitCode
from kbtool.recipes.diagnose import diagnose


@click.command("doctor")
@global_options
def command() -> int:
    """必要なものが揃っているかを調べる。"""
    run = session()
    checks = diagnose(run.directory)
    for check in checks:
        mark = "✓" if check.ok else "✗" if check.needed else "!"
        run.line(f"{mark} {check.name}: {check.found}")
        if not check.ok:
            run.line(f"    → {check.remedy}")
    missing = [check for check in checks if check.needed and not check.ok]
    run.say("doctor_missing" if missing else "doctor_fine", count=len(missing))
    run.result({"checks": [asdict(check) for check in checks]})
    return ExitCode.ENVIRONMENT if missing else ExitCode.OK
