"""The room's words, in the language of the run: codes of the message catalogues that begin with ``review_``."""

from kbtool import messages
from kbtool.errors import KbError
from kbtool.outcome import Problem


def say(code: str, /, **params: object) -> str:
    """The sentence for a code of the room (without its prefix), filled in."""
    return messages.say(f"review_{code}", **params)


def why(code: str) -> str:
    """Why something waits, in a word or two."""
    return say(f"why_{code}") if _knows(f"why_{code}") else code


def check(code: str) -> str:
    """What a person states by ticking a mark off."""
    return say(f"check_{code}") if _knows(f"check_{code}") else say("check_other", code=code)


def reason(code: str) -> str:
    """Why a field of a slip is doubtful."""
    return say(f"reason_{code}") if _knows(f"reason_{code}") else code


def field(name: str) -> str:
    """What a field of an entry is called; headings of the body are their own names."""
    return say(f"field_{name}") if _knows(f"field_{name}") else name


def error(failure: KbError) -> str:
    """The sentence of a failure."""
    return messages.say(failure.code, **failure.params)


def problem(found: Problem) -> str:
    """The sentence of a problem."""
    return messages.say(found.code, **found.params)


def _knows(code: str) -> bool:
    return f"review_{code}" in messages.catalogue(messages.language())
