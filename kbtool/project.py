"""Where things lie in a project, which day it is, and who is acting."""

import os
import subprocess
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

from kbtool import safe_yaml, settings_file
from kbtool.errors import UsageError
from kbtool.settings import WHERE, Settings


@dataclass(frozen=True)
class Project:
    """A folder with ``source_manuals/`` and ``kb/``; everything else in it can be derived.

    ``given_date`` and ``given_by`` are what the caller asked for (``--date``, ``--by``), else None.
    """

    root: Path
    given_date: date | None = None
    given_by: str | None = None

    @property
    def sources(self) -> Path:
        """The manuals and slips; never changed by kbtool."""
        return self.root / "source_manuals"

    @property
    def kb(self) -> Path:
        """The knowledge base: plain text made for git, all that cannot be derived."""
        return self.root / "kb"

    @property
    def private(self) -> Path:
        """Personal data of slips; git-ignored, owner-only."""
        return self.kb / "private"

    @property
    def cache(self) -> Path:
        """Page readings, images and the index; can be deleted at any time."""
        return self.root / ".kbtool"

    @property
    def site(self) -> Path:
        """The published sites; can be deleted at any time."""
        return self.root / "site"

    @property
    def lock_file(self) -> Path:
        """Held by every run that writes."""
        return self.cache / "lock"

    @cached_property
    def settings(self) -> Settings:
        """The settings of this project; defaults where there is no file."""
        path = self.kb / "settings.yml"
        return settings_file.load(path, WHERE) if path.is_file() else Settings()

    @property
    def today(self) -> date:
        """The one source of the date: ``--date``, KBTOOL_DATE, else the clock in the project's time zone."""
        given = os.environ.get("KBTOOL_DATE")
        if self.given_date is None and given:
            return parse_date(given)
        return self.given_date or datetime.now(ZoneInfo(self.settings.timezone)).date()

    @cached_property
    def people(self) -> dict[str, dict[str, safe_yaml.Value]]:
        """Ids of the people who act, from ``kb/people.yml``."""
        path = self.kb / "people.yml"
        if not path.is_file():
            return {}
        people = safe_yaml.load_file(path, "kb/people.yml")
        return {name: value if isinstance(value, dict) else {} for name, value in people.items()}

    @property
    def actor(self) -> str:
        """The id of who is acting: ``--by``, KBTOOL_USER, else git's user.email looked up in people.yml.

        It records, it does not authenticate. ``UsageError`` when nobody known is found.
        """
        given = self.given_by or os.environ.get("KBTOOL_USER")
        if given:
            if given not in self.people:
                raise UsageError("actor_unknown", actor=given, known="、".join(self.people) or "-")
            return given
        email = _git_email(self.root)
        for name, person in self.people.items():
            if email and person.get("email") == email:
                return name
        raise UsageError("actor_missing", known="、".join(self.people) or "-")


def find(start: Path) -> Project:
    """The project that ``start`` lies in; ``UsageError`` when there is none."""
    for folder in (start.resolve(), *start.resolve().parents):
        if (folder / "kb").is_dir():
            return Project(folder)
    raise UsageError("no_project", path=str(start))


def parse_date(text: str) -> date:
    """Read YYYY-MM-DD; ``UsageError`` otherwise."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError("date_format", value=text) from error


def _git_email(folder: Path) -> str:
    command = ["git", "-C", str(folder), "config", "user.email"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=10).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return ""
