"""How Japanese manuals mark what a piece of text is: numbers of headings, Q and A, steps, labels.

Separate because flow and rules must agree on them. Matching folds a copy (NFKC); what is shown stays as printed.
"""

import re
import unicodedata

_SECTION = r"\d+(?:\s?[-－‐‑–—―ー−.．]\s?\d+)+"
_CHAPTER = r"第\s*[0-9０-９一二三四五六七八九十]+\s*[章編部節]"
#: A number before a heading: 第3章, 3-1, 3., (3), ③, Ⅲ. A bare number needs a mark or space after it.
HEADING_NUMBER = re.compile(
    rf"^(?:(?P<number>{_CHAPTER}|{_SECTION}|\d+(?=\s|[.．)）、]))[.．)）、]?|[(（]\d+[)）]|[①-⑳]|[Ⅰ-Ⅻ][.．、]?)\s*"
)
#: 【返品について】 alone on its line.
BRACKETED = re.compile(r"^[【〔［](?P<text>[^】〕］]{2,40})[】〕］]$")
BULLET_MARK = re.compile(r"^[●■◆▼◎○□▲◇★☆]\s*")
#: A paragraph that is a heading which the layout did not see as one.
NUMBERED_LINE = re.compile(
    rf"^(?:{_CHAPTER}|{_SECTION}(?!\d|\s?(?:日|回|個|分|時|年|月|円|秒|枚|人|cm|mm|kg|m\b|%|％)))"
)
CHAPTER = re.compile(rf"^{_CHAPTER}")
STEP = re.compile(
    r"^\s*(?:[①-⑳❶-❿]|[(（<＜〈\[［](?:\d{1,2}|[ア-コa-h])[)）>＞〉\]］]|\d{1,2}[.．)）、](?!\d)|[ア-コa-h][)）]"
    r"|(?:手順|ステップ|STEP)\s*\d{1,2}[.．:：]?)\s*",
    re.IGNORECASE,
)
BULLET = re.compile(r"^\s*(?:[・･•]\s*|[-‐–*＊]\s+)(?=\S)")
#: A mark that counts only where the layout saw a list: 「-10℃」 and 「*印」 are words.
LIST_MARK = re.compile(r"^\s*[-‐–*＊]\s*(?=\S)")
#: The number behind ``Q.``: Q.1, Q.2-3.
_COUNT = r"[0-9０-９]{1,3}(?:[-－][0-9０-９]+)?(?:[:：、)）]|[.．](?![0-9０-９])|\s)"
#: A line that answers the one above: → お電話ください。
ARROW = re.compile(r"^\s*(?:→|⇒|⇨|➡|➔|=>|▶)\s*(?=\S)")
#: How a question or the wish of a customer ends; 「ふたを開ける」 does not.
ASKS = re.compile(
    r"(?:[?？]|か|たい(?:です|のですが)?|まし(?:た|て)|ません|ない|ですが|とき)[。.]?$",
)
QUESTION = re.compile(
    rf"^(?:[QＱ][.．]{_COUNT}|[QＱ]\s*(?:[-－]?[0-9０-９]+)*\s*[.．:：,，、)）]"
    r"|[QＱ]\s*[-－]?[0-9０-９]+(?:[-－][0-9０-９]+)?(?![0-9A-Za-z])|[QＱ](?=\s)"
    r"|(?:問|質問|ご質問)\s*[0-9０-９]*\s*[.．:：)）]|(?:問|質問)\s*[0-9０-９]+"
    r"|[【〔［\[](?:問い?|ご?質問|[QＱ])\s*[0-9０-９]*[】〕］\]]"
    r"|Question\s*\d*\s*[.:：]|Question\s+\d+(?=\s))\s*"
)
#: 「A 4.2kg」 is an answer that begins with a number, 「A1. 4.2kg」 one that has a number.
ANSWER = re.compile(
    rf"^(?:[AＡ][.．]{_COUNT}|[AＡ]\s*(?:[-－]?[0-9０-９]+)*\s*(?:[:：、)）]|[.．,，](?![0-9０-９]))"
    r"|[AＡ]\s*[-－]?[0-9０-９]+(?:[-－][0-9０-９]+)?(?![0-9A-Za-z.．])|[AＡ](?=\s)"
    r"|(?:お?答え?|ご?回答)\s*[0-9０-９]*\s*[.．:：)）]|(?:答|回答)\s*[0-9０-９]+|(?:答え?|回答)(?=\s)"
    r"|[【〔［\[](?:お?答え?|ご?回答|[AＡ])\s*[0-9０-９]*[】〕］\]]"
    r"|Answer\s*\d*\s*[.:：]|Answer\s+\d+(?=\s))\s*"
)
_BARE_ANSWER = re.compile(r"[AＡ]\s*[-－0-9０-９]+\s*")
#: An answer that begins inside the block of its question.
INNER_ANSWER = re.compile(
    r"(?:(?<=\s)|(?<=[^0-9A-Za-z]))(?=(?:[AＡ]\s*[0-9０-９]*\s*[.．:：]|(?:答|回答)\s*[0-9０-９]*\s*[:：]))"
)
#: The next speaker's label behind the end of a quotation: 「…。」本題：「…」.
INNER_SPEECH = re.compile(r"(?<=[。？?！!]」)(?=[^\s：:。、（「」]{1,8}[：:]「)")
LABEL = re.compile(r"^\s*(?P<label>[^\s：:。、（「]{1,8})\s*[：:]\s*(?=\S)")
SAFETY_LABEL = re.compile(
    r"^[△▲⚠！!]*\s*(?P<label>警告|注意|危険|お願い|ご注意|WARNING|CAUTION|DANGER|NOTICE|Warning|Caution|Danger)[!！]?"
    r"(?:\s*$|(?=[\s・:：]))[:：]?"
)
#: A scan that is set wide gives spaces between letters; hiragana is never divided by one.
_SPLIT_WORD = re.compile(r"(?<=[ぁ-ゖ])[ \u3000](?=[ぁ-ゖ])")
#: Words without a stop, a label's colon, an address or a number of four digits and more.
LONE_HEADING = re.compile(
    r"^(?!.*(?:\d{4}|〒|株式会社|有限会社|例[）)]?$))[^、。，．：:※…\t]{3,}(?<![はがをにでとのもや])$"
)
SENTENCE_END = re.compile(r"[。！？!?）」)]\s*$")
EDITION = re.compile(
    r"(?:第|改訂\s*第?)\s*([0-9０-９]+)\s*版|(?:Rev|rev|REV|Ver|ver)\.?\s*([0-9０-９]+(?:\.[0-9０-９]+)*)"
)


def plain(text: str) -> str:
    """Fold for comparing words: NFKC and no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def joined(lines: list[str]) -> str:
    """Put wrapped lines together: no space within a Japanese word, one between two Latin words."""
    whole = ""
    for line in (line.strip() for line in lines):
        gap = " " if whole and line and whole[-1].isascii() and line[0].isascii() and whole[-1].isalnum() else ""
        whole += gap + line
    return _SPLIT_WORD.sub("", whole)


def without_number(heading: str) -> str:
    """Take the number and the marks before a heading away."""
    bare = BULLET_MARK.sub("", heading.strip())
    if found := BRACKETED.match(bare):
        bare = found["text"].strip()
    return HEADING_NUMBER.sub("", bare, count=1).strip() or bare


def answer_start(line: str, question_mark: str) -> int | None:
    """Where the words of an answer begin in a line, None where it does not answer the question of that mark.

    A bare number after A must be the question's own (「A4用紙」 answers nothing), and no more than it is the mark:
    「A1 20台」 often arrives without its space, and so does 「A. 1箱」 below a question without a number.
    """
    asked = re.sub(r"\D", "", plain(question_mark))
    found = ANSWER.match(line)
    if found and (re.sub(r"\D", "", plain(found[0])) == asked or not _BARE_ANSWER.fullmatch(found[0])):
        return found.end()
    digits = r"\D?".join(f"[{digit}{chr(ord(digit) + 0xFEE0)}]" for digit in asked)
    mark = rf"(?:[AＡ]|答|回答)\s*{digits}\s*[.．:：]?\s*" if asked else r"[AＡ][.．](?=[0-9０-９])"
    own = re.match(mark, line)
    return own.end() if own else None


def without_mark(line: str) -> str:
    """Take the number of a heading, step, question or answer away, so that only numbers of the matter are left."""
    for mark in (QUESTION, ANSWER, STEP):
        if found := mark.match(line):
            return line[found.end() :]
    return without_number(line)


def number_of(heading: str) -> str:
    """The section number of a heading with plain hyphens (``3-1``, ``第3章``), "" where it has none."""
    found = HEADING_NUMBER.match(BULLET_MARK.sub("", heading.strip()))
    number = (found["number"] or "") if found else ""
    return re.sub(r"[-－‐‑–—―ー−.．]", "-", plain(number))


def edition_in(text: str) -> str:
    """The edition a text names (``第4版`` → ``4``), "" where it names none."""
    found = EDITION.search(text)
    return plain(found[1] or found[2]) if found else ""
