"""Which draft of a new reading is an earlier one whose question is worded a little otherwise.

An origin key holds the question. Where a new edition rewords it, or paper was read better, the key differs and the
entry would be lost and doubled at once; so what is left over on both sides is compared by its words.
"""

from collections.abc import Sequence

from kbtool.entry import Entry
from kbtool.text.similarity import similarity

#: Questions and answers of different entries of one manual stay below: 0.55 for answers, 0.7 for questions alone.
_QUESTION, _ANSWER = 0.6, 0.75


def rematch(drafts: Sequence[Entry], missing: Sequence[Entry]) -> dict[str, str]:
    """Origin key of a draft → that of the earlier draft it continues; each is used once, the likest first."""
    scored = sorted(
        ((_likeness(draft, old), draft.origin_key, old.origin_key) for draft in drafts for old in missing),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    pairs: dict[str, str] = {}
    for score, key, old_key in scored:
        if score and key not in pairs and old_key not in pairs.values():
            pairs[key] = old_key
    return pairs


def _likeness(draft: Entry, old: Entry) -> float:
    """How surely both are one entry (0: not)."""
    if draft.type is not old.type:
        return 0.0
    question = similarity(draft.question, old.question)
    if question < _QUESTION:  # nearly all pairs end here, before their long answers are compared
        return 0.0
    answer = similarity(*("\n".join(part.text for part in each.sections) for each in (draft, old)))
    return question + answer if answer >= _ANSWER else 0.0
