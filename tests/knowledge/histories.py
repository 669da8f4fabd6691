"""Generated histories of one manual: what people do to its entries, and what the machine reads of it meanwhile.

Every sentence has a name of its own, so that a lost one is seen: those of the machine begin with 機, those of people
with 人. ``World`` acts and ``Promise`` looks, before and after each reading, whether anything was lost or overwritten.
"""

from dataclasses import dataclass, field, replace
from itertools import count

from kbtool import durable
from kbtool.entry import Entry, HistoryItem, Section, Status
from kbtool.errors import UsageError
from kbtool.knowledge import KnowledgeBase, Result, accept, approve, content_hash, open_conflicts, resolve, retire
from kbtool.knowledge.besides import Beside
from kbtool.knowledge.decisions import DecisionKind
from kbtool.knowledge.settling import merge_into
from tests.knowledge.conftest import TODAY, tree
from tests.knowledge.samples import document, draft

#: An act and two numbers that choose what it is done to.
Act = tuple[str, int, int]
PEOPLE = (
    "write",
    "rewrite",
    "strike",
    "ask",
    "move",
    "join",
    "split",
    "copy",
    "retire",
    "approve",
    "delete",
    "rename",
    "by_hand",
    "settle",
)
MACHINE = (
    "reword",
    "add",
    "drop",
    "return",
    "shuffle",
    "reask",
    "edition",
    "propose",
    "new",
    "same_question",
    "repeat",
)


@dataclass
class World:
    """A knowledge base and the manual it is made from."""

    kb: KnowledgeBase
    drafts: list[Entry] = field(default_factory=list)
    dropped: list[Entry] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)
    edition: int = 0
    names: "count[int]" = field(default_factory=lambda: count(1))

    def start(self, many: int) -> None:
        for number in range(many):
            self.act(("new", number, 0))

    def act(self, act: Act) -> None:
        """Do one thing; what cannot be done just now is left."""
        name, one, other = act
        if name in MACHINE:
            getattr(self, f"_{name}")(one, other)
            return
        living = [entry for entry in self.kb.entries().values() if entry.status is not Status.RETIRED]
        if living:
            getattr(self, f"_{name}")(living[one % len(living)], living[other % len(living)], other)

    def read(self) -> dict[str, Result]:
        pages = document("一", "二", "三", sha256=f"{self.edition:02d}" * 32)
        report = accept(self.kb, pages, self._placed(), TODAY, beside=self.beside)
        return {item.entry: item.result for item in report.items}

    def _placed(self) -> list[Entry]:
        return [
            replace(each, source=tuple(replace(place, sha256=f"{self.edition:02d}" * 32) for place in each.source))
            for each in self.drafts
        ]

    def sentence(self, who: str) -> str:
        return f"{who}{next(self.names)}号の文です。"

    # What people do.

    def _save(self, entry: Entry) -> None:
        self.kb.save(replace(entry, author="a.mihon"))

    def _write(self, entry: Entry, _: Entry, __: int) -> None:
        self._save(with_answer(entry, entry.answer + self.sentence("人")))

    def _rewrite(self, entry: Entry, _: Entry, at: int) -> None:
        told = sentences(entry)
        if told:
            told[at % len(told)] = self.sentence("人")
            self._save(with_answer(entry, "".join(told)))

    def _strike(self, entry: Entry, _: Entry, at: int) -> None:
        told = sentences(entry)
        if told and told[at % len(told)].startswith("機"):
            del told[at % len(told)]
            self._save(with_answer(entry, "".join(told)))

    def _ask(self, entry: Entry, _: Entry, __: int) -> None:
        self._save(replace(entry, question=self.sentence("人")))

    def _move(self, entry: Entry, _: Entry, __: int) -> None:
        self._save(replace(entry, category="その他" if entry.category == "定期コース" else "定期コース"))

    def _join(self, entry: Entry, other: Entry, _: int) -> None:
        if entry.id != other.id:
            merge_into(self.kb, entry.id, other.id, "a.mihon", TODAY)

    def _split(self, entry: Entry, _: Entry, __: int) -> None:
        told = sentences(entry)
        if len(told) > 1:
            part = replace(
                entry, id=self.kb.next_id(), origin_key="", status=Status.DRAFT, question=self.sentence("人")
            )
            self.kb.save(with_answer(part, told[-1]), new=True)
            self._save(with_answer(entry, "".join(told[:-1])))

    def _copy(self, entry: Entry, _: Entry, __: int) -> None:
        """A file copied under another id, its key and all."""
        self.kb.save(replace(entry, id=self.kb.next_id(), question=self.sentence("人")), new=True)

    def _retire(self, entry: Entry, _: Entry, __: int) -> None:
        retire(self.kb, entry.id, "古い", "", "a.mihon", TODAY)

    def _approve(self, entry: Entry, _: Entry, __: int) -> None:
        if "conflict" not in entry.needs_review:
            approve(self.kb, entry.id, "b.reiji", TODAY, checked=True)

    def _delete(self, entry: Entry, _: Entry, at: int) -> None:
        if at % 3 == 0:
            durable.remove(next(self.kb.folder.glob(f"*/{entry.id}.md")))

    def _rename(self, entry: Entry, _: Entry, __: int) -> None:
        if entry.status is Status.DRAFT:
            id = self.kb.next_id()
            self.kb.save(replace(entry, id=id), new=True)
            durable.remove(next(self.kb.folder.glob(f"*/{entry.id}.md")))

    def _by_hand(self, entry: Entry, _: Entry, __: int) -> None:
        """A line added in an editor that ends lines its own way."""
        path = next(self.kb.folder.glob(f"*/{entry.id}.md"))
        if entry.sections:
            path.write_bytes((path.read_bytes() + self.sentence("人").encode()).replace(b"\n", b"\r\n"))

    def _settle(self, entry: Entry, _: Entry, __: int) -> None:
        if entry.id in open_conflicts(self.kb):
            resolve(self.kb, entry, "a.mihon", TODAY)

    # What the machine reads otherwise.

    def _change(self, at: int, change: Entry) -> None:
        self.drafts[at % len(self.drafts)] = change

    def _reword(self, one: int, at: int) -> None:
        if self.drafts and (told := sentences(self.drafts[one % len(self.drafts)])):
            told[at % len(told)] = self.sentence("機")
            self._change(one, with_answer(self.drafts[one % len(self.drafts)], "".join(told)))

    def _add(self, one: int, at: int) -> None:
        if self.drafts:
            told = sentences(self.drafts[one % len(self.drafts)])
            told.insert(at % (len(told) + 1), self.sentence("機"))
            self._change(one, with_answer(self.drafts[one % len(self.drafts)], "".join(told)))

    def _drop(self, one: int, _: int) -> None:
        if self.drafts:
            self.dropped.append(self.drafts.pop(one % len(self.drafts)))

    def _return(self, one: int, _: int) -> None:
        if self.dropped:
            self.drafts.append(self.dropped.pop(one % len(self.dropped)))

    def _shuffle(self, one: int, _: int) -> None:
        self.drafts.reverse()
        self.drafts[: one % 3] = self.drafts[: one % 3][::-1]

    def _reask(self, one: int, _: int) -> None:
        """The question reworded a little: another key for the same entry."""
        if self.drafts:
            before = self.drafts[one % len(self.drafts)]
            question = before.question + "のですが"
            self._change(one, replace(before, question=question, origin_key=question))

    def _edition(self, _: int, __: int) -> None:
        self.edition += 1

    def _propose(self, one: int, _: int) -> None:
        if self.drafts:
            self._change(one, replace(self.drafts[one % len(self.drafts)], category="その他"))

    def _new(self, one: int, other: int) -> None:
        number = next(self.names)
        question = f"{'甲乙丙丁戊己庚辛壬癸'[number % 10]}の{number}番について知りたい"
        answer = "".join(self.sentence("機") for _ in range(1 + other % 3))
        self.drafts.insert(one % (len(self.drafts) + 1), draft(question, question, answer, page=1 + number % 3))

    def _same_question(self, one: int, other: int) -> None:
        if self.drafts:
            before = self.drafts[one % len(self.drafts)]
            self.drafts.insert(other % (len(self.drafts) + 1), with_answer(before, self.sentence("機") * 2))

    def _repeat(self, one: int, _: int) -> None:
        if self.drafts:
            before = self.drafts[one % len(self.drafts)]
            question = f"{next(self.names)}回目の同じ質問"
            self.beside.append(
                Beside(
                    DecisionKind.DUPLICATE, before.origin_key, replace(before, question=question, origin_key=question)
                )
            )


class Promise:
    """What stood before a reading, to compare with what stands after it."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb
        self.before = kb.entries()
        self.bases = {item.draft.id: item.draft for slug in kb.documents.slugs() for item in kb.documents.drafts(slug)}

    def is_kept(self, results: dict[str, Result]) -> None:
        """Assert that the reading lost nothing, overwrote nothing silently, and knew every entry again."""
        after = self.kb.entries()
        assert {id for id in after if id not in self.before} == {id for id in results if results[id] is Result.NEW}
        for id, before in self.before.items():
            self._same_life(before, after[id])
            self._same_words(before, after[id])
        conflicts = open_conflicts(self.kb)
        for slug in self.kb.documents.slugs():
            for item in self.kb.documents.drafts(slug):
                entry = after.get(item.draft.id)
                if entry is not None and entry.status is not Status.RETIRED and not item.gone:
                    self._machine_is_heard(item.draft, entry, conflicts.get(entry.id))

    def _same_life(self, before: Entry, after: Entry) -> None:
        assert (after.status, after.approved_hash, after.author) == (before.status, before.approved_hash, before.author)
        assert after.history[len(after.history) - len(before.history) :] == before.history
        if before.status is Status.RETIRED:
            assert after == before
        if content_hash(after) != content_hash(before):
            said: list[HistoryItem] = [*after.history[: len(after.history) - len(before.history)]]
            assert {item.by for item in said} == {"kbtool"}
            assert [item.kind for item in said].count("merged") == 1

    def _same_words(self, before: Entry, after: Entry) -> None:
        for told in (*sentences(before), before.question, *before.variants):
            if told.startswith("人"):
                assert told in (*sentences(after), after.question, *after.variants)
        base = self.bases.get(before.id)
        if base is not None and base.category != before.category:
            assert after.category == before.category
        if base is not None:
            struck = {*sentences(base)} - {*sentences(before)}
            assert struck.isdisjoint(sentences(after)), "a sentence that a person struck came back"

    def _machine_is_heard(self, now: Entry, entry: Entry, conflict: object) -> None:
        base = self.bases.get(entry.id)
        if base is None or conflict is not None:
            return
        come = {*sentences(now)} - {*sentences(base)}
        gone = {*sentences(base)} - {*sentences(now)}
        assert come <= {*sentences(entry)}, "what the machine read anew is neither in the entry nor in a conflict"
        assert gone.isdisjoint(sentences(entry)), "what the source says no more stands as if it did"


def is_settled(world: World) -> None:
    """Assert that reading the same again writes nothing."""
    before = tree(world.kb)
    world.read()
    assert tree(world.kb) == before


def sentences(entry: Entry) -> list[str]:
    return [f"{told}。" for told in entry.answer.split("。") if told.strip()]


def with_answer(entry: Entry, answer: str) -> Entry:
    return replace(entry, sections=(Section("回答", answer),))


def play(world: World, many: int, acts: list[list[Act]]) -> None:
    """Read a manual of so many entries, then let people and the machine act by turns, with a reading after each."""
    world.start(many)
    world.read()
    for turn in acts:
        for act in turn:
            try:
                world.act(act)
            except UsageError as refused:
                assert refused.code in ("knowledge_own_work", "knowledge_retired", "knowledge_conflict_open"), refused
        promise = Promise(world.kb)
        promise.is_kept(world.read())
        is_settled(world)
