"""Begin a project: folders, commented settings, and on request the demo's manuals."""

from pathlib import Path

import kbtool
from kbtool import durable, settings_file
from kbtool.errors import UsageError

_PEOPLE = """\
# だれの操作かを記録するためのID（認証ではありません）。email は git の user.email と照らし合わせます。
# 一般公開には2人要ります（承認する人と、公開する人）。下の2人を、実際の人に書き換えてください。
# ID は公開サイトに混ざっていないかを調べるのに使います。ふつうの言葉に現れない、4文字以上にしてください。
tantou: {name: （承認する人の名前）, role: ナレッジ担当, email: ''}
sekinin: {name: （公開する人の名前）, role: 公開の責任者, email: ''}
"""
_CONTACTS = """\
# エスカレーション先。名前は項目の escalation の「to」と同じにします。内線は社外に出ません。
SV: {extension: '', hours: ''}
"""
_GITIGNORE = "# できあがりと個人情報は git に入れません\n.kbtool/\nsite/\nkb/private/\n"


def start(folder: Path, *, demo: bool, dry_run: bool = False) -> tuple[Path, ...]:
    """Create a project in ``folder``; what is there already is left alone. Returns the new files.

    With ``demo``, the sample manuals, the demo company's settings and its form templates come along; with
    ``dry_run`` nothing is written. Raises ``UsageError`` where the folder already holds a knowledge base.
    """
    if (folder / "kb").exists():
        raise UsageError("init_exists", path=str(folder))
    wanted = {folder / name: content for name, content in (_demo() if demo else _empty()).items()}
    new = {path: content for path, content in wanted.items() if not path.exists()}
    ignored = folder / ".gitignore"
    lines = ignored.read_bytes() if ignored.exists() else b""
    if _ignoring(lines) != lines:
        new[ignored] = _ignoring(lines)
    if not dry_run:
        durable.commit_many(new)
        (folder / "source_manuals").mkdir(exist_ok=True)
    return tuple(sorted(new))


def _empty() -> dict[str, str | bytes]:
    return {
        "mkdocs.yml": (shipped() / "mkdocs.yml").read_bytes(),
        "kb/settings.yml": settings_file.fresh(),
        "kb/people.yml": _PEOPLE,
        "kb/contacts.yml": _CONTACTS,
    }


def _demo() -> dict[str, str | bytes]:
    home = shipped()
    copied = [home / "mkdocs.yml", *sorted((home / "source_manuals").iterdir())]
    copied += [home / "kb" / name for name in ("settings.yml", "people.yml", "contacts.yml", "synonyms.yml")]
    copied += sorted((home / "kb" / "forms").glob("*.yml"))
    return {path.relative_to(home).as_posix(): path.read_bytes() for path in copied}


def _ignoring(lines: bytes) -> bytes:
    """The user's own ``.gitignore`` with the lines it lacks: personal data must not get into git."""
    there = lines.splitlines()
    lacking = [line for line in _GITIGNORE.encode().splitlines() if line not in there]
    return b"\n".join((*there, *lacking, b"")) if lacking else lines


def shipped() -> Path:
    """Where the demo's files lie: inside the installed package, or in the checkout it runs from."""
    package = Path(kbtool.__file__).parent
    installed = package / "demo"
    return installed if installed.is_dir() else package.parent
