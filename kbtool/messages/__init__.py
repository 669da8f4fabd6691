"""Every sentence a person reads: code → template, in Japanese and English.

The two catalogues beside this file have the same codes with the same placeholders (a test compares them). Help texts
stand in Japanese beside their options; ``help.en.yml`` has them in English.
"""

import os
from functools import cache
from importlib import resources

import yaml

LANGUAGES = ("ja", "en")
#: PyYAML's own reader takes ten times as long, which every command would wait for.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_chosen: str | None = None
_preferred: str | None = None


def choose(language: str | None) -> None:
    """Set the language of this run (``--lang``)."""
    global _chosen
    _chosen = language


def prefer(language: str | None) -> None:
    """Set the language of the project, which holds where the run names none."""
    global _preferred
    _preferred = language


def language() -> str:
    """The language in force: ``--lang``, KBTOOL_LANG, the project's settings, the locale, Japanese."""
    wanted = (
        _chosen or os.environ.get("KBTOOL_LANG") or _preferred or os.environ.get("LC_ALL") or os.environ.get("LANG")
    )
    return "en" if wanted and wanted.lower().startswith("en") else "ja"


def say(code: str, **params: object) -> str:
    """The sentence for a code in the language of the run."""
    return catalogue(language())[code].format(**params)


def help_text(text: str) -> str:
    """A help text in the language of the run; where ``help.LANGUAGE.yml`` has no other, it stays as it is."""
    return catalogue(f"help.{language()}").get(text, text)


@cache
def catalogue(name: str) -> dict[str, str]:
    """All templates of one language, or all its help texts."""
    text = resources.files(__name__).joinpath(f"{name}.yml").read_text(encoding="utf-8")
    found: dict[str, str] = yaml.load(text, Loader=_Loader)
    return found
