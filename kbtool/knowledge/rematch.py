"""Which draft of a new reading is which earlier one, where their origin keys alone do not tell.

An origin key holds the question. Where a new edition rewords it, or paper was read better, the key differs and the
entry would be lost and doubled at once; where a manual asks one question twice, the keys only count. So what is left
over on both sides, and what asks the same, is compared by its words.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kbtool.entry import Entry
from kbtool.knowledge import entry_file
from kbtool.knowledge.content import text_hash
from kbtool.text import fold
from kbtool.text.similarity import similarity

#: Questions and answers of different entries of one manual stay below: 0.55 for answers, 0.7 for questions alone.
_QUESTION, _ANSWER = 0.6, 0.75


def keyed(drafts: Iterable[Entry]) -> list[Entry]:
    """The drafts in the form files have, each with a key of its own."""
    seen: Counter[str] = Counter()
    found = []
    for draft in map(entry_file.normal, drafts):
        key = draft.origin_key or text_hash(draft.question)
        seen[key] += 1
        found.append(replace(draft, origin_key=key if seen[key] == 1 else f"{key}#{seen[key]}"))
    return found


def apart(drafts: Sequence[Entry], earlier: Sequence[Entry]) -> dict[str, str]:
    """Key of each draft whose question tells more than its key → that of the earlier one it is likest, or a new one.

    So it is where one question is asked several times, and where an earlier draft asked it under another key, since
    one of several was reworded.
    """
    now, before = _by_question(drafts), _by_question(earlier)
    keys: dict[str, str] = {}
    for asked, same in now.items():
        old = before[asked]
        if len(same) > 1 or len(old) > 1 or (old and old[0].origin_key != same[0].origin_key):
            keys |= _reassigned(same, old)
    return keys


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
    answer = similarity(_body(draft), _body(old))
    return question + answer if answer >= _ANSWER else 0.0


def _by_question(drafts: Iterable[Entry]) -> defaultdict[tuple[str, str], list[Entry]]:
    found: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for draft in drafts:
        found[draft.type, fold(draft.question)].append(draft)
    return found


def _reassigned(drafts: Sequence[Entry], earlier: Sequence[Entry]) -> dict[str, str]:
    """Key of a draft → the key it goes by: that of the earlier one with the likest answer, else one that is free."""
    scored = [
        (-similarity(_body(one), _body(old)), n, m) for n, one in enumerate(drafts) for m, old in enumerate(earlier)
    ]
    pairs: dict[int, int] = {}
    for _, n, m in sorted(scored):
        if n not in pairs and m not in pairs.values():
            pairs[n] = m
    taken = [old.origin_key for old in earlier]
    free = [draft.origin_key for draft in drafts if draft.origin_key not in taken]
    free += [f"{drafts[0].origin_key}#{number}" for number in range(2, len(drafts) + len(taken) + 2)]
    unused = iter(dict.fromkeys(key for key in free if key not in taken))
    return {
        draft.origin_key: earlier[pairs[n]].origin_key if n in pairs else next(unused) for n, draft in enumerate(drafts)
    }


def _body(entry: Entry) -> str:
    return "\n".join(part.text for part in entry.sections)
