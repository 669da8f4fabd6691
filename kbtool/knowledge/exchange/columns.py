"""The columns of the sheet: what each is called, what of an entry it shows, and how a cell is read again.

A desk edits the sheet in a spreadsheet, so headings are in its own words, lists stand one to a line, and a heading
says where nothing is read back.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from kbtool.entry import (
    INTERNAL_SECTIONS,
    PUBLIC_SECTIONS,
    Audience,
    Entry,
    EntryType,
    Escalation,
    Product,
    Section,
    Status,
)
from kbtool.knowledge.entry_file import tidy

SECTION = "sections."
_HEADINGS = (*PUBLIC_SECTIONS, *INTERNAL_SECTIONS)
_TYPES = {
    EntryType.QA: "質問と回答",
    EntryType.PROCEDURE: "手順",
    EntryType.TROUBLE: "故障かな",
    EntryType.ERROR_CODE: "エラー表示",
    EntryType.CARE: "お手入れ",
    EntryType.SCRIPT: "トークスクリプト",
    EntryType.ESCALATION: "エスカレーション",
    EntryType.CODE_TABLE: "コード表",
    EntryType.DECISION_TABLE: "判断表",
    EntryType.POLICY: "方針",
    EntryType.IMPROVEMENT: "改善報告",
    EntryType.NOTICE: "お知らせ",
}
_STATUS = {
    Status.DRAFT: "下書き",
    Status.IN_REVIEW: "確認中",
    Status.APPROVED: "承認済み",
    Status.PUBLISHED: "公開中",
    Status.RETIRED: "掲載終了",
}
_AUDIENCES = {
    Audience.PUBLIC: "お客様",
    Audience.PARTNER: "委託先まで",
    Audience.INTERNAL: "社内",
    Audience.RESTRICTED: "この機械だけ",
}
_YES, _NO = ("はい", "○", "◯", "1", "true", "yes", "有", "✓"), ("", "いいえ", "×", "0", "false", "no", "無", "-")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
#: A line holds one value; parts of one value stand between bars.
_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "|": "\\i"}
_ESCAPED = re.compile(r"\\([\\nri])")
_MEANT = {written[1]: sign for sign, written in _ESCAPES.items()}


class Unreadable(Exception):
    """A cell that cannot be meant; who knows its row and heading makes the message."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the field it shows, and how it is written and read (None: never read).

    ``also`` are other headings for the same thing. A day is the one thing a spreadsheet may show in its own way
    (``is_day``). Reading raises ``Unreadable`` for a cell that cannot be meant.
    """

    heading: str
    name: str
    write: Callable[[Entry], str]
    read: Callable[[str], Any] | None = None
    also: tuple[str, ...] = ()
    is_day: bool = False


def onto(entry: Entry, values: dict[str, Any]) -> Entry:
    """The entry with these fields, sections among them as ``sections.回答`` ("" takes one away)."""
    texts = {name.removeprefix(SECTION): text for name, text in values.items() if name.startswith(SECTION)}
    sections = {part.heading: part.text for part in entry.sections} | texts
    left = tuple(Section(each, text) for each, text in sections.items() if text or each not in texts)
    fields = {name: value for name, value in values.items() if not name.startswith(SECTION)}
    return replace(entry, sections=left, **fields)


def _text(name: str) -> Callable[[Entry], str]:
    return lambda entry: str(getattr(entry, name))


def _section(heading: str) -> Column:
    also = ("A", "答え", "答", "answer", "アンサー") if heading == _HEADINGS[0] else ()
    return Column(heading, f"{SECTION}{heading}", lambda entry: entry.section(heading), tidy, also)


def _words(heading: str, name: str, *also: str) -> Column:
    def write(entry: Entry) -> str:
        return "\n".join(_escaped(word, but="|") for word in getattr(entry, name))

    return Column(heading, name, write, lambda cell: tuple(map(_meant, _lines(cell))), also)


def _rows(heading: str, name: str, parts: Callable[[Any], Sequence[str]], build: Callable[[list[str]], Any]) -> Column:
    def write(entry: Entry) -> str:
        return "\n".join(" | ".join(map(_escaped, parts(each))) for each in getattr(entry, name))

    def read(cell: str) -> Any:
        return tuple(build([_meant(part.strip()) for part in line.split("|")]) for line in _lines(cell))

    return Column(heading, name, write, read)


def _day(heading: str, name: str) -> Column:
    def read(cell: str) -> date | None:
        match = _DATE.fullmatch(cell)
        if not cell:
            return None
        try:
            return date(*map(int, match.groups() if match else ()))
        except (TypeError, ValueError) as error:  # no date at all, or the 31st of June
            raise Unreadable("exchange_date", value=cell) from error

    return Column(heading, name, lambda entry: _iso(getattr(entry, name)), read, is_day=True)


def _type(cell: str) -> EntryType:
    if not cell:
        return EntryType.QA
    found = next((each for each, label in _TYPES.items() if cell in (label, each.value)), None)
    if found is None:
        raise Unreadable("exchange_choice", value=cell, known="、".join(_TYPES.values()))
    return found


def _flag(cell: str) -> bool:
    if cell.lower() not in (*_YES, *_NO):
        raise Unreadable("exchange_choice", value=cell, known="はい、いいえ")
    return cell.lower() in _YES


def _rule(parts: list[str]) -> Escalation:
    if not 3 <= len(parts) <= 4:
        raise Unreadable("exchange_rule", value=" | ".join(parts))
    return Escalation(*parts)


def _rule_parts(rule: Escalation) -> tuple[str, ...]:
    return rule.when, rule.to, rule.within, rule.how


def _product(parts: list[str]) -> Product:
    return Product(parts[0], tuple(parts[1:]))


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _lines(cell: str) -> Iterable[str]:
    return (line.strip() for line in cell.split("\n") if line.strip())


def _escaped(text: str, but: str = "") -> str:
    return "".join(sign if sign in but else _ESCAPES.get(sign, sign) for sign in text)


def _meant(text: str) -> str:
    return _ESCAPED.sub(lambda match: _MEANT[match[1]], text)


def _places(entry: Entry) -> str:
    return "\n".join(dict.fromkeys(f"{each.doc} p.{each.page}" for each in entry.source))


ID = Column("番号", "id", _text("id"), str, ("id", "no", "no.", "管理番号", "項目番号"))
QUESTION = Column("質問", "question", _text("question"), str, ("Q", "問い", "問", "question", "ご質問"))
#: All columns of an export for the house, in their order; the edition comes last.
COLUMNS = (
    ID,
    QUESTION,
    _words("言い換え（1行に1つ）", "variants", "variants", "言い換え"),
    Column("分類", "category", _text("category"), str, ("カテゴリ", "カテゴリー", "category")),
    *map(_section, _HEADINGS),
    _rows(
        "商品（1行に1つ: 商品名 | 型番 | 型番）", "products", lambda product: (product.name, *product.models), _product
    ),
    _words("チャネル（1行に1つ）", "channels"),
    _rows("エスカレーション（1行に1つ: 条件 | 先 | 期限 | 手段）", "escalation", _rule_parts, _rule),
    Column("種類", "type", lambda entry: _TYPES[entry.type], _type),
    Column("安全に関わる（はい・いいえ）", "safety", lambda entry: "はい" if entry.safety else "いいえ", _flag),
    _day("掲載開始", "valid_from"),
    _day("掲載終了", "valid_to"),
    Column("担当", "owner", _text("owner"), str),
    _words("タグ（1行に1つ）", "tags", "tags"),
    _words("関連（番号を1行に1つ）", "related"),
    Column("状態（見るだけ）", "status", lambda entry: _STATUS[entry.status]),
    Column("見せる相手（見るだけ）", "audience", lambda entry: _AUDIENCES[entry.audience]),
    Column("見直し期限（見るだけ）", "review_by", lambda entry: _iso(entry.review_by), is_day=True),
    Column("出典（見るだけ）", "source", _places),
)
#: The name of the column that says which edition went out.
EDITION = "edition"
EDITION_HEADING = "版（変更しない）"
