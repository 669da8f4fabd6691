"""Several readings of one line made one: each letter as most of them have it, and where they differ, as makes words.

Separate from the engine because it knows letters and chances only. A recogniser errs in other places when a line comes
to it in another size or sharper, so readings that differ tell where it guessed (J. Fiscus, "A post-processing system to
yield reduced word error rates: ROVER", ASRU 1997). On small, soft and pale type a third of the errors go.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher

from kbtool.recognise.engines.lattice import Seen
from kbtool.recognise.engines.wording import Wording

#: A letter and how sure the engine is of it, from 0 to 1.
Letter = tuple[str, float]
#: Votes count by the square of how sure they are, and at least so much of it; who saw nothing has half a vote.
_LEAST_SURE, _BLANK = 0.05, 0.7
#: Readings that share less than this are of something else.
_ALIKE = 0.5
#: What all agree on is no certainty.
_AGREED = 0.999


def agree(readings: Sequence[Sequence[Letter]], wording: Wording | None) -> list[Seen]:
    """What readings of one line say together; ``at`` is each letter's place in the first of them."""
    first, *others = readings
    votes = [_Votes() for _ in first]
    between = [_Votes() for _ in range(len(first) + 1)]
    for place, letter in enumerate(first):
        votes[place].cast(letter)
    heard = [first]
    for other in others:
        side_by_side = SequenceMatcher(None, _text(first), _text(other), autojunk=False)
        if side_by_side.ratio() >= _ALIKE:
            heard.append(other)
            _cast(side_by_side, other, votes, between)
    whole = sum(_weight(_mean(reading)) for reading in heard)
    seen: list[Seen] = []
    for place in range(len(first) + 1):
        seen += between[place].inserted(place, whole)
        seen += [votes[place].result(place)] if place < len(first) else []
    if wording:
        seen = wording.settle(seen)
    return [one for one in seen if one.character]


class _Votes(dict[str, float]):
    """Votes for what stands in one place; "" for nothing."""

    def cast(self, letter: Letter) -> None:
        character, sure = letter
        self[character] = self.get(character, 0.0) + _weight(sure)

    def result(self, place: int) -> Seen:
        """The character with most votes, and the others."""
        (best, most), *rest = sorted(self.items(), key=lambda vote: -vote[1])
        whole = sum(self.values())
        others = tuple((character, votes / whole) for character, votes in rest if character)
        return Seen(best, place, min(most / whole, _AGREED), others)

    def inserted(self, place: int, whole: float) -> list[Seen]:
        """A letter that others have before this place: there by majority, else as what may have been lost."""
        if not self:
            return []
        character, votes = max(self.items(), key=lambda vote: vote[1])
        chance = min(votes / whole, _AGREED)
        if chance > 0.5:
            return [Seen(character, place, chance)]
        return [Seen("", place, 1 - chance, ((character, chance),))]


def _cast(
    side_by_side: SequenceMatcher[str], other: Sequence[Letter], votes: list[_Votes], between: list[_Votes]
) -> None:
    """Let another reading vote on each place of the first; stretches of different length say nothing."""
    for _, start, end, other_start, other_end in side_by_side.get_opcodes():
        if end - start == other_end - other_start:
            for place, letter in zip(range(start, end), other[other_start:other_end], strict=True):
                votes[place].cast(letter)
        elif other_start == other_end:
            for place in range(start, end):
                votes[place].cast(("", _BLANK * _mean(other)))
        elif start == end and other_end - other_start == 1:
            between[start].cast(other[other_start])


def _weight(sure: float) -> float:
    return max(_LEAST_SURE, sure) ** 2


def _mean(reading: Sequence[Letter]) -> float:
    return sum(sure for _, sure in reading) / max(1, len(reading))


def _text(reading: Sequence[Letter]) -> str:
    return "".join(character for character, _ in reading)
