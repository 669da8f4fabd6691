"""Every way kbtool can stop, each with its exit code.

An error carries a message code and parameters, never a sentence: the sentence is made at the edge, in
the language of the run, from ``messages/``.
"""

from enum import IntEnum
from typing import ClassVar


class ExitCode(IntEnum):
    """What the shell is told; listed in the README."""

    OK = 0
    FINDINGS = 1
    USAGE = 2
    PARTIAL = 3
    ENVIRONMENT = 4
    REFUSED = 5
    BUSY = 6
    DISK = 7
    BUG = 15
    INTERRUPTED = 130


class KbError(Exception):
    """Base of all expected failures; ``code`` names a template of the message catalogues."""

    exit_code: ClassVar[ExitCode] = ExitCode.BUG

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code} ({details})" if details else self.code

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.code, self.params)


def _rebuild(kind: type[KbError], code: str, params: dict[str, object]) -> KbError:
    """Restore an error that crossed a process boundary."""
    return kind(code, **params)


class UsageError(KbError):
    """The call, a setting or a hand-written file asks for something that cannot be."""

    exit_code = ExitCode.USAGE


class SourceError(KbError):
    """One source or page cannot be read; the rest of the batch goes on."""

    exit_code = ExitCode.PARTIAL


class EnvironmentMissing(KbError):
    """A program, language or library that the run needs is not installed."""

    exit_code = ExitCode.ENVIRONMENT


class ClusterFailed(KbError):
    """The cluster that was to read pages is not there, or would read them otherwise; what was read is kept."""

    exit_code = ExitCode.ENVIRONMENT


class PublishRefused(KbError):
    """Publishing would show what its audience must not see, or what nobody approved."""

    exit_code = ExitCode.REFUSED


class Busy(KbError):
    """Another run holds the lock."""

    exit_code = ExitCode.BUSY


class DiskFull(KbError):
    """The disk is full; what was committed is whole."""

    exit_code = ExitCode.DISK


class CannotWrite(KbError):
    """A folder or disk is read-only for this person; what was committed is whole."""

    exit_code = ExitCode.ENVIRONMENT
