"""Personal data that nobody has decided about: where it stands and of what kind, never what it says (P)."""

from collections.abc import Callable, Iterator

from kbtool.knowledge.checks.finding import Found
from kbtool.knowledge.checks.state import Place, State
from kbtool.knowledge.checks.wording import meant_for_public
from kbtool.outcome import Severity
from kbtool.text.personal_data import SURE, Kind

#: The rule that cites each kind; an id keeps its meaning when kinds are added.
IDS = {
    Kind.PHONE: "P001",
    Kind.EMAIL: "P002",
    Kind.POSTAL_CODE: "P003",
    Kind.ADDRESS: "P004",
    Kind.MY_NUMBER: "P005",
    Kind.CARD: "P006",
    Kind.RECEPTION_NUMBER: "P007",
    Kind.NAME: "P008",
    Kind.BANK_ACCOUNT: "P009",
    Kind.BIRTH_DATE: "P010",
    Kind.ID_NUMBER: "P011",
}


def of_kind(kind: Kind) -> Callable[[State], Iterator[Found]]:
    """The rule for one kind: an error where customers would read it and there is hardly a doubt."""

    def rule(state: State) -> Iterator[Found]:
        for each in state.personal():
            if each.kind is kind:
                file = state.files.get(each.owner)
                is_outside = file is not None and meant_for_public(file.entry) and each.confidence >= SURE
                params: dict[str, object] = {
                    "handle": each.handle,
                    "shown": each.shown,
                    "owner": each.owner or each.where,
                }
                place = Place(each.where, max(1, each.line), each.owner)
                yield Found(place, params, Severity.ERROR if is_outside else None)

    return rule
