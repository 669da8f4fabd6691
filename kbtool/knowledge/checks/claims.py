"""What the law minds: effects of health foods, the way out of a contract, and how often a script may hold back (L)."""

import re
from collections.abc import Iterator

from kbtool.entry import Audience, EntryType
from kbtool.knowledge.checks.finding import Found
from kbtool.knowledge.checks.state import EntryFile, State
from kbtool.knowledge.checks.wording import meant_for_public, public_parts

#: A verb's ending and what it becomes: 治る → 治ります, 改善する → 改善します.
_ROWS = {"る": "らりるれろっ", "く": "かきくけこい", "す": "さしすせそ", "つ": "たちつてとっ", "う": "わいうえおっ"}
_DENIED = re.compile(
    "(?:(?:もの|こと|わけ|と)?(?:では|には|は)?(?:あり|なり|いえ|言え|限り)?)?(?:ません|ない|なけれ|ず(?:、|に))"
)
_WANTING = re.compile("(?:を|の)?(?:したい|する(?:に|方法|手続)|方法|手続き?|できます|やめ(?:たい|る)|を申し込|$)")
_HOW = re.compile(
    "電話|メール|マイページ|フォーム|はがき|ハガキ|郵送|郵便|窓口|アプリ|サイト|ウェブ|WEB|Web|ボタン|画面|LINE|FAX|ファ[クッ]"
)
_BY_WHEN = re.compile(
    "[0-9０-９一二三四五六七八九十]+\\s*(?:日|営業日|週間|か月|カ月|ヶ月|時間?)|いつでも|当日|期限|即日|まで"
)
_HOLDING_BACK = "引き止め|引きとめ|ご案内|おすすめ|お勧め|ご提案|継続"
_AGAIN = re.compile(
    f"(?:[2-9２-９二三四五]回|再度|もう一度|二度|何度も|繰り返し|くり返し)[^。\n|]*(?:{_HOLDING_BACK})"
    f"|(?:{_HOLDING_BACK})[^。\n|]*(?:[2-9２-９二三四五]回|再度|もう一度|二度|何度も|繰り返し|くり返し)"
)
_HARM = re.compile("健康被害|体調(?:不良|の変化)|アレルギー|ドクターストップ")
_LEAVING_OFF = re.compile("行わ(?:ず|ない)|行いません|せず|しない|しません|引き止めない|中止|エスカレ|省く|不要|対象外")


def effects(file: EntryFile, state: State) -> Iterator[Found]:
    """Words that promise an effect (L001); a report on what the company improved promises none."""
    if not meant_for_public(file.entry) or file.entry.type is EntryType.IMPROVEMENT:
        return
    patterns = [(word, _inflected(word)) for word in state.settings.checks.claims]
    lines = [file.entry.question, *(line for part in public_parts(file.entry) for line in part.text.splitlines())]
    for line in lines:
        for word, pattern in patterns:
            if any(not _DENIED.match(line, match.end()) for match in pattern.finditer(line)):
                yield Found(file.words(line), {"word": word})


def way_out(file: EntryFile, state: State) -> Iterator[Found]:
    """An answer about ending a contract that does not say how and by when, or that stands in the way (L002)."""
    checks = state.settings.checks
    if not meant_for_public(file.entry):
        return
    text = "\n".join(part.text for part in public_parts(file.entry))
    question = file.entry.question
    if any(_WANTING.match(question.partition(word)[2]) for word in checks.cancel_words if word in question):
        lacking = [name for name, said in (("how", _HOW), ("when", _BY_WHEN)) if not said.search(text)]
        yield from (Found(file.field("question"), code=f"check_L002_{name}") for name in lacking)
    if any(word in question + text for word in checks.cancel_words):
        blocking = next((word for word in checks.obstruction if word in text), None)
        if blocking:
            yield Found(file.words(blocking), {"word": blocking})


def holding_back(file: EntryFile, state: State) -> Iterator[Found]:
    """A script that holds a customer back more than once, or at all where health was harmed (L003)."""
    inside = [part.text for part in file.entry.sections if part.heading in ("トークスクリプト", "手順", "確認ポイント")]
    for line in (line for text in inside for line in text.splitlines()):
        again = _AGAIN.search(line)
        if again and not _LEAVING_OFF.search(line):
            yield Found(file.words(line), {"words": again.group()[:30]})
        elif re.search("引き止め|引きとめ", line) and _HARM.search(line) and not _LEAVING_OFF.search(line):
            yield Found(file.words(line), {"words": line.strip()[:30]})


def without_legal_check(state: State) -> Iterator[Found]:
    """A public entry whose legal check was asked for, by itself or its category, and is not done (L004)."""
    for file in state.in_force:
        entry, category = file.entry, state.settings.category(file.entry.category)
        asked = entry.legal_check == "required" or bool(category and category.legal_check)
        if entry.audience is Audience.PUBLIC and asked and entry.legal_check != "done":
            yield Found(file.field("legal_check") if entry.legal_check != "none" else file.field("category"))


def _inflected(word: str) -> re.Pattern[str]:
    if word.endswith("する"):  # を改善した says what somebody did, が改善した what happened to the reader
        stem = re.escape(word[:-2])
        return re.compile(f"(?<!を){stem}(?:する|し|でき)|(?<=を){stem}(?:する|し(?!た|て|ました)|でき)")
    ending = _ROWS.get(word[-1:])
    return re.compile(f"{re.escape(word[:-1])}[{ending}]" if ending else re.escape(word))
