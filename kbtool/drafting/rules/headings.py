"""3-1 定期コースを解約したい: a heading and the text below it, as talk script, procedure, policy or answer."""

import re
from collections.abc import Sequence

from kbtool.drafting.composing import body_text
from kbtool.drafting.cursor import Cursor, Match
from kbtool.drafting.headlines import MARKED
from kbtool.drafting.item import Item, Role
from kbtool.drafting.model import Draft
from kbtool.drafting.wording import plain
from kbtool.entry import EntryType, Section

_SPOKEN = re.compile(
    r"^(?:始め|初め|はじめ|終わり|おわり|冒頭|結び|オープニング|クロージング|本題|名乗り|切り返し|第一声|OP|オペレーター?|お客様|会員様?)\d*$"
)
#: 「…。」 said by somebody: a quotation that ends a line and holds a whole sentence.
_QUOTED = re.compile(r"(?:^|[：:])\s*「[^「」]*(?:[。？?！!]|か)」$")
_STEPS_TITLE = re.compile(
    r"手順|順番|順序|流れ|ながれ|フロー|聞き取り項目|確認項目|やり方|進め方|チェックリスト|checklist|procedure|steps",
    re.IGNORECASE,
)
_POLITE = re.compile(r"(?:です|ます|ません|でした|ました|ください|下さい|ましょう)(?:か|ね|よ)?$")
_DIRECTIVE = re.compile(r"(?:[うくすつぬふむるぐぶ]|ない|こと|禁止|厳禁|徹底)$")
#: People of the desk and their customers, and the humble verbs in which a desk speaks of what it does.
_STAFF = re.compile(
    r"SV|スーパーバイザー|エスカレーション|お客(?:様|さま)|会員|利用者|契約者|ご?家族|申し出|問い?合わ?せ|ご?案内|引き止め"
    r"|オペレーター|応対|対応|受け?付け?|電話|通話|上長|上司|責任者|支配人|店長|係員|報告|担当|引き?継"
    r"|うかが[いうっ]|伺[いうっ]|お伝え|申し上げ|承[りる]"
)
_LEAST_STEPS = 2


def script_lines(cursor: Cursor) -> Match | None:
    """Make a talk script of lines that say who or when (「始め：」「終わり：」) or that are quoted speech."""
    body = _body(cursor)
    spoken = [
        item
        for item in body
        if (item.role is Role.LINE and _SPOKEN.match(plain(item.label))) or _QUOTED.search(item.text)
    ]
    if not spoken or len(spoken) * 2 < len(body):
        return None
    return _match(cursor, body, EntryType.SCRIPT, "トークスクリプト")


def procedure(cursor: Cursor) -> Match | None:
    """Make a procedure of numbered steps, or of points under a heading that speaks of an order."""
    body = _body(cursor)
    steps = sum(item.role is Role.STEP for item in body)
    points = sum(item.role is Role.BULLET for item in body)
    listed = points >= _LEAST_STEPS and bool(_STEPS_TITLE.search(cursor.item.text))
    if steps < _LEAST_STEPS and not listed:
        return None
    return _match(cursor, body, EntryType.PROCEDURE, "手順")


def policy(cursor: Cursor) -> Match | None:
    """Make a policy of text that directs the staff in plain form (「…する」「…しない」)."""
    body = _body(cursor)
    sentences = [part.strip() for item in body for part in re.split(r"[。\n]", item.text) if part.strip()]
    directs = any(_DIRECTIVE.search(part) for part in sentences) and not any(map(_POLITE.search, sentences))
    whole = cursor.item.text + "".join(sentences)
    if not sentences or not directs or not _STAFF.search(whole):
        return None
    return _match(cursor, body, EntryType.POLICY, "確認ポイント")


def heading(cursor: Cursor) -> Match | None:
    """Make a question of a heading that has text below it."""
    body = _body(cursor)
    return _match(cursor, body, EntryType.QA, "回答") if any(item.text for item in body) else None


def _body(cursor: Cursor) -> tuple[Item, ...]:
    """The text below a heading that stands for itself; headings that gather deeper ones have none."""
    if cursor.item.role is not Role.HEADING or cursor.item.chapter or not cursor.item.text:
        return ()
    body = cursor.body()
    after = cursor.items[cursor.at + 1 + len(body) :][:1]
    introduces = bool(after) and after[0].role is Role.QUESTION and after[0].page == cursor.item.page
    steps = sum(item.role is Role.STEP for item in body)
    stands_alone = steps >= _LEAST_STEPS or cursor.item.level >= MARKED or cursor.item.asks
    return () if introduces and not stands_alone else body


def _match(cursor: Cursor, body: Sequence[Item], kind: EntryType, section: str) -> Match:
    used = (cursor.item, *body)
    draft = Draft(
        kind,
        cursor.item.text,
        (Section(section, body_text(body)),),
        tuple(item.evidence for item in used),
        number=cursor.item.number,
        from_heading=True,
    )
    return Match(len(used), (draft,))
