"""Names of persons in Japanese text, from the company they keep: a label before, an honorific after.

A dictionary's name tag alone is a hint (田中角栄記念館 carries one); a label or an honorific is evidence.
The text must be NFKC already; places are places in it.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from kbtool.text import analysis
from kbtool.text.folding import VARIANT_KANJI

_LABEL = (
    "(?:ご契約者|契約者|ご注文者|注文者|お届け先|お客様|ご本人|ご担当|ご依頼主|申込者|申請者)?(?:のお|のご|お|ご)?(?:氏名|名前|芳名)|お客様名|"
    r"ご契約者様?名?|契約者名|会員名|担当者名?|受付担当|担当(?=\s*[:=|])|受付者|対応者|記入者|承認者|ふりがな|フリガナ|姓名|宛名"
)
_NAME = (
    "[一-龥々ヶ]{1,4}(?: ?[一-龥々ヶぁ-んァ-ヴー]{1,5})?|[ァ-ヴー]{2,8} ?[ァ-ヴー]{0,8}|[ぁ-んー]{2,6} [ぁ-んー]{2,6}"
)
_LABELLED = re.compile(rf"(?:{_LABEL})(?:\s*[:=|]\s*|\s+|\s*\)\s*)({_NAME})")
_HONORIFIC = "様方?|さま|さん|氏(?![名族神])|殿(?!堂)|くん|ちゃん"
_HONOURED = re.compile(
    rf"([一-龥々ヶ]{{1,4}} ?[一-龥々ヶ]{{0,4}}|[一-龥々]{{1,4}} [ぁ-ん]{{2,4}}|[ァ-ヴー]{{2,10}}) ?(?:{_HONORIFIC})"
)
#: What is addressed or formed with 様 and さん and is nobody: customers, everybody, gods, trades, manners.
_NOBODY = re.compile(
    "[客皆神仏殿王姫奥嫁爺婆父母兄姉孫子人同多各何仕模異有両貴俺上外如一生態本様]|.*(?:者|員|方|社|店|課|係|会社|先生|医者|看護師|"
    "薬剤師|弁護士|責任者|業者|担当|家族|相手|利用|契約|購入|会員|株主|女性|男性|高齢|主婦|企業|法人|団体|窓口|部長|課長|室長|社長|"
    "旦那|御社|世話|苦労|馳走|取引先|得意先|ユーザー|オーナー|ゲスト|メンバー|モニター|サンタ|スタッフ|ドライバー|メーカー|"
    "オペレーター|パートナー|スポンサー|ファン|ママ|パパ|センター)"
)
#: Words a label is followed by when nobody is named.
_NO_NAME = re.compile(
    "なし|無し|不明|未記入|同上|省略|必須|任意|記入|入力|確認|変更|空欄|様|以下|担当|欄|番号|住所|電話|商品|日時|見直|交代|名簿"
)
#: A name with one of these behind it names a place, a firm or a thing.
_THING = re.compile("記念|[館家店町市駅会社堂式流焼塾製寺城橋川山島]|大学|医院|病院|商店|工業|産業|銀行|株式")
_TO_COMMON = str.maketrans(VARIANT_KANJI)


def find(text: str) -> Iterator[tuple[int, int, float]]:
    """Names as (start, end, confidence in percent), the surest kind of evidence first."""
    tags = analysis.name_tags(text.translate(_TO_COMMON))
    for match in _LABELLED.finditer(text):
        start, end = match.span(1)
        end = start + len(re.sub(f"(?:{_HONORIFIC})$", "", text[start:end].rstrip()).rstrip())
        if end > start and not _NO_NAME.search(text[start:end]) and not _NOBODY.fullmatch(text[start:end]):
            yield start, end, 95.0 if _tagged(tags, start, end) else 85.0
    for match in _HONOURED.finditer(text):
        start, end = match.span(1)
        end = start + len(text[start:end].rstrip())
        tagged = _tagged(tags, start, end)
        if tagged or not _NOBODY.fullmatch(text[start:end]):
            yield start, end, 95.0 if tagged else 75.0
    yield from _bare(text, tags)


def _tagged(tags: list[tuple[int, int, str]], start: int, end: int) -> bool:
    return any(begin >= start and stop <= end for begin, stop, _ in tags)


def _bare(text: str, tags: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, float]]:
    """A family name followed by a given name, and no thing named after them: a hint, no more."""
    for (start, middle, family), (again, end, given) in pairwise(tags):
        together = text[middle:again] in ("", " ")
        if family == "姓" and given == "名" and together and not _THING.match(text[end:]):
            yield start, end, 55.0
