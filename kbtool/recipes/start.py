"""Begin a project: folders, commented settings, and on request the demo's manuals."""

from dataclasses import fields, is_dataclass
from pathlib import Path

import kbtool
from kbtool import durable, safe_yaml, settings
from kbtool.errors import UsageError

_PEOPLE = """\
# だれの操作かを記録するためのID（認証ではありません）。email は git の user.email と照らし合わせます。
me: {name: 担当者, role: ナレッジ担当, email: ''}
"""
_CONTACTS = """\
# エスカレーション先。名前は項目の escalation の「to」と同じにします。内線は社外に出ません。
SV: {extension: '', hours: ''}
"""
_GITIGNORE = "# できあがりと個人情報は git に入れません\n.kbtool/\nsite/\nkb/private/\n"
_HEAD = "# kbtool の設定。省いた項目は既定値になります。書き方の間違いは、どの項目かを示して断ります。\n"


def start(folder: Path, *, demo: bool) -> tuple[Path, ...]:
    """Create a project in ``folder``; what is there already is left alone. Returns the new files.

    With ``demo``, the sample manuals, the demo company's settings and its form templates come along.
    Raises ``UsageError`` where the folder already holds a knowledge base.
    """
    if (folder / "kb").exists():
        raise UsageError("init_exists", path=str(folder))
    durable.commit(folder / ".gitignore", _GITIGNORE)
    home = shipped()
    copies = {"mkdocs.yml": home / "mkdocs.yml"}
    if demo:
        copies |= {f"source_manuals/{path.name}": path for path in sorted((home / "source_manuals").iterdir())}
        copies |= {f"kb/{name}": home / "kb" / name for name in ("settings.yml", "people.yml", "contacts.yml")}
        copies |= {f"kb/forms/{path.name}": path for path in sorted((home / "kb" / "forms").glob("*.yml"))}
    else:
        durable.commit(folder / "kb" / "settings.yml", settings_file())
        durable.commit(folder / "kb" / "people.yml", _PEOPLE)
        durable.commit(folder / "kb" / "contacts.yml", _CONTACTS)
        (folder / "source_manuals").mkdir(parents=True, exist_ok=True)
    for name, source in copies.items():
        durable.commit(folder / name, source.read_bytes())
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def shipped() -> Path:
    """Where the demo's files lie: inside the installed package, or in the checkout it runs from."""
    package = Path(kbtool.__file__).parent
    installed = package / "demo"
    return installed if installed.is_dir() else package.parent


def settings_file() -> str:
    """The text of a settings file with every default and what it means."""
    return _HEAD + "".join(_setting_lines(settings.Settings(), ""))


def _setting_lines(values: object, indent: str) -> list[str]:
    lines: list[str] = []
    for item in fields(values):  # type: ignore[arg-type]
        value = getattr(values, item.name)
        lines.append(f"\n{indent}# {item.metadata['doc']}\n" if not indent else f"{indent}# {item.metadata['doc']}\n")
        if is_dataclass(value):
            lines += [f"{indent}{item.name}:\n", *_setting_lines(value, indent + "  ")]
        else:
            lines.append(
                indent
                + safe_yaml.dump({item.name: _plain(value)}, block=True).replace("\n", f"\n{indent}").rstrip()
                + "\n"
            )
    return lines


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    return value
