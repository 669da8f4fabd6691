"""The marks at the start of a line that say what it is: numbers of headings, bullets, questions and answers."""

import re

_CIRCLED = "①-⑳㉑-㉟❶-❿⓫-⓴➀-➉"
#: What is counted rather than listed: 6 月, 3 回.
_COUNTERS = "年月日時分秒回人名個箱台円本枚通件歳歩週度条項％%つかカヶ"
_LIST_ITEM = re.compile(
    rf"[{_CIRCLED}]"
    r"|[(（][0-9０-９]{1,2}[)）]"
    r"|[(（][a-zA-Zア-ンｱ-ﾝい-は][)）]"
    r"|[0-9０-９]{1,2}[.．)）、](?![0-9０-９])"
    rf"|[0-9０-９]{{1,2}}\s+(?=[^0-9０-９{_COUNTERS}])"
    r"|[a-zA-Zア-ン][)）]"
    r"|[ア-ン]\s+(?=\S)"
    r"|[・･•‣◦●○◎◇▪▸►▶▷☆★□☐☑✓✔➢]"
    r"|[-–—*＊]\s"
    r"|(?:手順|ステップ|STEP|Step)\s?[0-9０-９]{1,2}"
)
_QUESTION_OR_ANSWER = re.compile(
    r"[QＱ](?:[.．:：,、）)]|\s|[-－]?[0-9０-９]{1,3}(?![0-9A-Za-z])|(?=[^\x00-\x7f]))"
    r"|[AＡ](?:[.．:：）)]|[-－]?[0-9０-９]{1,3}[.．:：\s]|\s(?=[^\x00-\x7f]))"
    r"|問(?:[0-9０-９]{1,3}|[.．:：\s])|答(?:[0-9０-９]{1,3}|[.．:：\s])"
    r"|[【〔［\[](?:ご?質問|[ごお]?回答|問い?|お?答え?|[QＱAＡ])\s?[0-9０-９]{0,3}[】〕］\]]"
)
_NOTE = re.compile(
    r"[※＊〒☎℡]|(?:TEL|Tel|電話|FAX|Fax)[:：.．\s]|注[)）意:：]|(?:ご注意|お願い|お知らせ|警告|危険|メモ|ポイント)(?:[:：\s]|$)"
)
_CHAPTER = re.compile(r"第\s?[0-9０-９一二三四五六七八九十]{1,3}\s?[章編部]")
_SECTION = re.compile(
    r"第\s?[0-9０-９一二三四五六七八九十]{1,3}\s?[節項]"
    r"|[0-9０-９]{1,2}(?:\s?[-–－‐.．]\s?[0-9０-９]{1,2}){1,3}(?![0-9０-９:：/年月日箱回時%％])"
)
_MARKED_HEADING = re.compile(r"[■◆▼▲]|【[^】]{1,30}】$|[〈＜《][^〉＞》]{1,30}[〉＞》]$")
_LEAD_LINE = re.compile(r"[●○◎■◆◇★▶►▼▲]\s*[^\s]")
_LEADER = re.compile(r"(?:[.．・…‥･_]\s?){4,}|…{2,}")
_DOTS = re.compile(r"[.．・…‥･_\s]+")
_SENTENCE_END = re.compile(r"[。．！？!?」』）)]$|[a-z]\.$")


def starts_list_item(text: str) -> bool:
    """Whether a line starts with a bullet or the number of a step."""
    return bool(_LIST_ITEM.match(text)) and section_depth(text) == 0


def list_marker(text: str) -> str:
    """The bullet or number itself, with the space behind it."""
    found = _LIST_ITEM.match(text)
    return text[: found.end() + len(text[found.end() :]) - len(text[found.end() :].lstrip())] if found else ""


def starts_question_or_answer(text: str) -> bool:
    """Whether a line starts a question or an answer (Q., A1, 問, 答 …)."""
    return bool(_QUESTION_OR_ANSWER.match(text))


def starts_note(text: str) -> bool:
    """Whether a line starts a remark or a warning of its own."""
    return bool(_NOTE.match(text))


def section_depth(text: str) -> int:
    """How deep the number at the start of a heading goes: 1 for 第2章, 2 for 3-4, 3 for 3-4-1, 0 for none."""
    if _CHAPTER.match(text):
        return 1
    found = _SECTION.match(text)
    if not found or found.end() == len(text):
        return 0
    numbers = re.findall(r"[0-9０-９]+", found.group())
    return max(2, len(numbers))


def is_marked_heading(text: str) -> bool:
    """Whether a line is dressed as a heading: ■お手入れ, 【ご注意】."""
    return bool(_MARKED_HEADING.match(text))


def ends_heading(text: str) -> bool:
    """Whether a heading dressed by its mark is complete: 【ご注意】, ■延長できますか？."""
    return ends_sentence(text) or text.endswith(("】", "〉", "＞", "》"))


def asks(text: str) -> bool:
    """Whether a line ends as a question."""
    return text.endswith(("?", "？"))


def is_lead_line(text: str) -> bool:
    """Whether a bulleted line could as well be the heading of what follows it."""
    return bool(_LEAD_LINE.match(text)) and len(text) <= 30 and not text.endswith(("。", "、", "．"))


def has_leader(text: str) -> bool:
    """Whether dots lead from a title to its page number, as in a table of contents."""
    return bool(_LEADER.search(text))


def is_dotted(text: str) -> bool:
    """Whether this part of a line is nothing but dots and the white between them."""
    return bool(_DOTS.fullmatch(text))


def ends_sentence(text: str) -> bool:
    """Whether a line ends where a sentence does."""
    return bool(_SENTENCE_END.search(text))
