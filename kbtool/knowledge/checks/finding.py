"""What a rule is and what it finds: a place in a file, and what the sentence about it needs.

Codes, never sentences: ``check_<id>`` of the catalogues says what is wrong, ``check_<id>_mend`` names the command that
mends it. Both may use ``file``, ``entry`` and the finding's own parameters.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from kbtool.knowledge.checks.state import EntryFile, Place, State
from kbtool.outcome import Severity


@dataclass(frozen=True, slots=True)
class Found:
    """One fault as its rule sees it; ``severity`` only where the case is another than the rule's, ``code`` likewise."""

    place: Place
    params: dict[str, object] = field(default_factory=dict)
    severity: Severity | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault as people are told: the rule's id, the place from line 1, and the parameters of both sentences."""

    id: str
    severity: Severity
    file: str
    line: int
    code: str
    params: dict[str, object]

    @property
    def mend(self) -> str:
        """The code of the sentence that names the command."""
        return f"check_{self.id}_mend"


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that is looked for; ``id`` is what people cite and switch by."""

    id: str
    severity: Severity
    ask: Callable[[State], Iterable[Found]]

    def findings(self, state: State) -> Iterator[Finding]:
        """Everything this rule finds."""
        for found in self.ask(state):
            params = {"file": found.place.file, "line": found.place.line, "entry": found.place.entry} | found.params
            code = found.code or f"check_{self.id}"
            severity = found.severity or self.severity
            yield Finding(self.id, severity, found.place.file, found.place.line, code, params)


def of_each(ask: Callable[[EntryFile, State], Iterable[Found]]) -> Callable[[State], Iterator[Found]]:
    """Make a rule about one entry a rule about the whole: entries out of service are left alone."""

    def ask_all(state: State) -> Iterator[Found]:
        for file in state.living:
            yield from ask(file, state)

    return ask_all
