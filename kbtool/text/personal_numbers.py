"""Numbers and addresses of the net that belong to a person: telephone, e-mail, postal code, accounts, numbers of cards.

A check digit alone proves nothing (one random number in ten passes, RELIABILITY §3), so a number needs a label, a
prefix or a shape of its own. The text must be of even width; upper and lower case do not matter.
"""

import re
from collections.abc import Callable

import phonenumbers

from kbtool.text.personal_kinds import BLANK, DASH, Found, Kind

_EMAIL = re.compile(
    r"[a-z0-9][a-z0-9._%+'/!#$&*=?^`{|}~-]{0,63} ?@ ?[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?: ?\. ?[a-z0-9-]+)*"
    r" ?\. ?(?:xn--[a-z0-9-]+|[a-z]{2,})"
    r"|[a-z0-9][a-z0-9._%+-]{0,63} ?[(\[<] ?(?:at|アット|アットマーク) ?[)\]>] ?[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}",
    re.IGNORECASE,
)

#: What may stand between a label and its value.
_TO_VALUE = r"[\s:=|は、,.「『(\[<【】」\])>のがを]{0,6}(?:no\.?|#|№)?[\s:.]{0,2}"
#: A value that is followed by one of these is an amount, a date or a count.
_NO_UNIT = r"(?![\d,.]*\s?(?:[年月日時分秒円桁件回個名人歳%℃°番種本枚台]|文字|けた|ケタ|mm|cm|kg|hz|[wv](?![a-z])))"
_LONG = rf"[a-z]{{0,6}}{DASH}?\d[\da-z]*(?:{DASH}[\da-z]+|_[\da-z]+)*"
_CUSTOMER_LABEL = (
    "受付(?:番号|no|id|コード)|(?:お?問い?合わ?せ|お問合せ)(?:番号|no|id)|(?:ご?注文|受注|ご?予約|お?申し?込み?|ご?契約|会員|"
    "顧客|お?客様|患者|診察券?|ユーザー|利用者|修理|伝票|送り状|追跡|整理|証券|お届け|配送|取引|決済)(?:受付)?(?:の)?(?:番号|no|id|コード)"
)
_CUSTOMER = re.compile(rf"(?:{_CUSTOMER_LABEL})\.?{_TO_VALUE}({_LONG}){_NO_UNIT}", re.IGNORECASE)
_RECEPTION = re.compile(rf"(?<![a-z0-9])t\d{{6}}{DASH}\d{{3}}(?!\d)", re.IGNORECASE)
_ID_LABEL = (
    r"(?:運転)?免許証?(?:の)?番号|(?:旅券|パスポート)(?:番号|no)|被保険者証?(?:等)?(?:の)?(?:記号)?(?:・)?番号|保険証(?:の)?(?:記号)?番号|保険証?\s?記号[\s:]?\d{1,8}[\s・、]{0,2}番号|"
    "基礎年金番号|年金番号|在留カード(?:の)?番号|住民票コード|(?:社員|職員|従業員|学籍|学生証)(?:番号|no|id)"
)
_ID = re.compile(rf"(?:{_ID_LABEL})\.?{_TO_VALUE}(第?\s?{_LONG}){_NO_UNIT}", re.IGNORECASE)
#: Fewer digits are a step, a page or an example of a form.
_LEAST_DIGITS = 4

_BANK = re.compile(
    r"(?:口座(?:番号|no\.?)|(?:普通|当座|貯蓄)(?:預金)?(?:口座)?)(?:番号)?[\s:=|は、,「(\])のが]{0,4}(?:no\.?\s?)?(?P<account>\d{6,8})(?![\d,]|\s?円)"
    rf"|記号[\s:はの]{{0,3}}(?P<post>[01]\d{{4}}(?:\s?{DASH}\s?\d)?[\s、,番号:の{DASH[1:-1]}]{{1,8}}\d{{6,8}})(?!\d)",
    re.IGNORECASE,
)
_DAY = (
    r"(?:(?:西暦\s?)?(?:19|20)\d{2}|(?:明治|大正|昭和|平成|令和|[mtshr](?=\s?\.?\d))\s?\.?\s?(?:\d{1,2}|元|[一二三四五六七八九十]{1,3}))"
    r"\s?[年/.\-]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?[月/.\-]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s?日?"
)
_BIRTH = re.compile(
    rf"(?:生\s?年\s?月\s?日|誕生日|生まれた日|date of birth|birthda(?:y|te)|\bdob)[\s:=|は、(\])が]{{0,5}}"
    rf"(?P<labelled>{_DAY}|(?:19|20)\d{{6}}(?!\d))"
    rf"|(?<![~〜ら])(?<![~〜ら]\s)(?P<born>{_DAY})\s?(?:生まれ|生れ|生(?![ま産成活涯命存還鮮体]))(?!\s?(?:以[降前後]|まで|から|の?(?:方|人|子|お子|幼児|児童|男|女)))",
    re.IGNORECASE,
)

_POSTAL_CODE = rf"\d{{3}}\s?{DASH}?\s?\d{{4}}(?![\d,])(?!{DASH}\d)"
_PREFECTURE_FOLLOWS = (
    r"(?=[\s|、,)。]{0,3}(?:東京都|北海道|(?:京都|大阪)府|[一-鿿]{2,3}県|[一-鿿ぁ-んァ-ヶー々]{1,6}[市区郡]))"
)
_POSTAL = re.compile(
    rf"〒[\s:]?{_POSTAL_CODE}|郵便(?:番号)?[\s:=|は、(\])]{{0,4}}〒?\s?(?P<labelled>{_POSTAL_CODE})"
    rf"|(?:住所|所在地|送付先|届け?先|宛先?)[\s:=|は、(\])]{{0,4}}(?P<placed>{_POSTAL_CODE})(?!\d)"
    rf"|(?:zip(?: ?code)?|postal code)[\s:]{{0,3}}(?P<zip>{_POSTAL_CODE})"
    rf"|(?<![\d.,a-z])(?<!{DASH})(?P<bare>\d{{3}}{DASH}\d{{4}}(?!{DASH}?\d)){_PREFECTURE_FOLLOWS}",
    re.IGNORECASE,
)

_JOIN = rf"(?:\s?{DASH}\s?|\s?[()]\s?{DASH}?\s?|[ ./・の])"
_EXTENSION = r"(?:[\s、,]{0,2}[(]?\s?(?:内線|ext\.?|内(?=\s?\d))\s?(?:番号)?[:.]?\s?\d{1,6}\)?)?"
_AFTER = rf"(?!\d|{DASH}\d)"
_PHONE = re.compile(
    r"(?<!\d)(?<!\d[.,])"
    rf"(?:(?:[(]\s?0\d{{1,4}}\s?[)]\s?{DASH}?\s?|0\d{{1,4}}{_JOIN})\d{{1,4}}{_JOIN}\d{{3,4}}|0\d{{1,4}}{_JOIN}\d{{5,8}}|0\d{{4,6}}{_JOIN}\d{{4}}|0\d{{9,10}}){_AFTER}"
    rf"{_EXTENSION}"
)
_ABROAD = re.compile(
    rf"(?<!\d)(?:[+]\s?|00|010\s?{DASH}?\s?|(?=81{DASH}[1-9]))81\s?(?:{_JOIN})?(?:[(]?0[)]?\s?{DASH}?\s?)?(?P<rest>[1-9]\d{{0,4}}(?:{_JOIN})?\d{{1,4}}"
    rf"(?:{_JOIN})?\d{{3,4}}){_AFTER}{_EXTENSION}"
)
_PHONE_LABEL = "電話(?:番号)?|携帯(?:電話)?(?:番号)?|連絡先|tel|phone|mobile|fax|ファックス|ファクス|☎|📞|📱"
_LOCAL = re.compile(
    rf"(?:{_PHONE_LABEL})[\s:=|は、.()]{{0,4}}(?P<local>\d{{2,4}}\s?{DASH}\s?\d{{4}}){_AFTER}{_EXTENSION}"
    rf"|(?P<inside>内線\s?(?:番号)?[\s:#はの]{{0,3}}\d{{2,6}})(?!\d|[番桁円])",
    re.IGNORECASE,
)
_SAID_PHONE = re.compile(rf"(?:{_PHONE_LABEL})[\s:=|は、.()]{{0,4}}$", re.IGNORECASE)
#: A number after one of these is no telephone number.
_OTHER_NUMBER = re.compile(
    r"(?:型番|品番|型式|形式|s/n|製造(?:番号|no\.?)|製番|機番|シリアル(?:番号|no\.?|ナンバー)?|管理番号|部品(?:番号|コード)|商品(?:番号|コード)|"
    r"製品(?:番号|コード)|図番|ロット(?:番号|no\.?)?|lot|認証番号|許可番号|登録番号|法人番号|届出番号|文書番号|jan(?:コード)?|isbn|issn|"
    r"part\s?no\.?|p/n|model|モデル|コード)[\s:=()|は、.#]{0,4}$",
    re.IGNORECASE,
)
#: Part of a longer code, not a number of its own.
_IN_CODE = re.compile(rf"[a-z0-9](?:{DASH}|_|/)?$", re.IGNORECASE)
_LETTERS_OF_LABEL = re.compile(r"(?:tel|fax|phone|mobile|[tfm])[.:]?$", re.IGNORECASE)
_KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")

_TWELVE = re.compile(
    rf"(?<!\d)(?<!\d{DASH})\d{{4}}(?:\s?{DASH}\s?| |・|\.)?\d{{4}}(?:\s?{DASH}\s?| |・|\.)?\d{{4}}(?!{DASH}?\d)"
)
_MY_NUMBER_LABEL = re.compile(r"個人番号|マイナンバ|my\s?number|共通番号", re.IGNORECASE)
#: A label this near is believed without a check digit, since the number may be misread; farther away only with it.
_NEAR, _FAR = 24, 300
_CARD = re.compile(rf"(?<!\d)(?<!\d{DASH})\d(?:(?:\s?{DASH}\s?| |\.)?\d){{12,18}}(?!{DASH}?\d)")
_CARD_LABEL = re.compile(
    "カード|クレジット|クレカ|visa|master|jcb|amex|american express|diners|discover|card|デビット", re.IGNORECASE
)
#: Prefixes of the issuers with the number of digits their cards have.
_CARD_PREFIX = (
    (re.compile("4|5[1-5]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|35(?:2[89]|[3-8])|6(?:011|[45]|2)"), (16,)),
    (re.compile("3[47]"), (15,)),
    (re.compile("3(?:0[0-5]|[689])"), (14,)),
)


def _labelled(kind: Kind, pattern: re.Pattern[str], confidence: float, least_digits: int = 0) -> Callable[[str], Found]:
    """A rule for values behind a label: the value is the group that matched, or all where there is none."""

    def rule(text: str) -> Found:
        for match in pattern.finditer(text):
            start, end = next((match.span(at) for at, part in enumerate(match.groups(), 1) if part), match.span())
            if len(_digits(text[start:end])) >= least_digits:
                yield kind, start, end, confidence

    return rule


def _my_numbers(text: str) -> Found:
    for match in _TWELVE.finditer(text):
        near = _around(text, match, _NEAR)
        far = _around(text, match, _FAR)
        checked = is_my_number(_digits(match.group()))
        if _MY_NUMBER_LABEL.search(near) or (checked and _MY_NUMBER_LABEL.search(far)):
            yield Kind.MY_NUMBER, match.start(), match.end(), 98.0 if checked else 90.0


def _cards(text: str) -> Found:
    for match in _CARD.finditer(text):
        digits = _digits(match.group())
        if not 14 <= len(digits) <= 16 or _OTHER_NUMBER.search(text[max(0, match.start() - 16) : match.start()]):
            continue
        issued = any(prefix.match(digits) and len(digits) in lengths for prefix, lengths in _CARD_PREFIX)
        labelled = _CARD_LABEL.search(_around(text, match, _NEAR))
        if (issued and passes_luhn(digits)) or (labelled and (issued or passes_luhn(digits))):
            yield Kind.CARD, match.start(), match.end(), 95.0


def _around(text: str, match: re.Match[str], reach: int) -> str:
    """The words around a number as far as the next thing that was found: a label beyond it is that one's."""
    before = text[max(0, match.start() - reach) : match.start()].rpartition(BLANK)[2]
    return f"{before} {text[match.end() : match.end() + reach].partition(BLANK)[0]}"


def _phones(text: str) -> Found:
    """Numbers of the lengths that Japan has, unless a label or letters say that they are something else."""
    digits = text.translate(_KANJI_DIGITS)
    for match in _PHONE.finditer(digits):
        if _is_phone(match) and _is_free(text, match.start()):
            yield Kind.PHONE, match.start(), match.end(), 90.0
    for match in _ABROAD.finditer(digits):
        if len(_digits(match["rest"])) in (9, 10):
            yield Kind.PHONE, match.start(), match.end(), 95.0
    for match in _LOCAL.finditer(digits):
        start = match.start("local") if match["local"] else match.start()
        yield Kind.PHONE, start, match.end(), 85.0
    if "+" in text:
        for found in phonenumbers.PhoneNumberMatcher(text, "JP"):
            if found.raw_string.startswith("+"):
                yield Kind.PHONE, found.start, found.end, 90.0


def _is_phone(match: re.Match[str]) -> bool:
    """Ten digits, or the eleven of mobile, IP and toll-free numbers; the first after the 0 is none."""
    number = re.split("内|ext", match.group(), maxsplit=1, flags=re.IGNORECASE)[0]
    digits = _digits(number)
    if digits[1] == "0" or (" " in number and not _is_grouped(number)):
        return False
    return len(digits) == 10 or (len(digits) == 11 and digits[:3] in ("020", "050", "060", "070", "080", "090"))


def _is_grouped(number: str) -> bool:
    """Groups as people write them: columns of a table of numbers are none."""
    groups = [len(part) for part in re.findall(r"\d+", number)]
    return groups[-1] in (3, 4, 6, 7, 8) and groups[0] >= 2


def _is_free(text: str, start: int) -> bool:
    before = text[max(0, start - 24) : start]
    if _SAID_PHONE.search(before) or _LETTERS_OF_LABEL.search(before):
        return True
    return not _OTHER_NUMBER.search(before) and not _IN_CODE.search(before)


#: Asked in this order; where two findings overlap, the earlier rule wins.
RULES: tuple[Callable[[str], Found], ...] = (
    _labelled(Kind.EMAIL, _EMAIL, 99.0),
    _my_numbers,
    _labelled(Kind.ID_NUMBER, _ID, 92.0, _LEAST_DIGITS),
    _labelled(Kind.RECEPTION_NUMBER, _CUSTOMER, 92.0, _LEAST_DIGITS),
    _labelled(Kind.RECEPTION_NUMBER, _RECEPTION, 97.0),
    _labelled(Kind.BANK_ACCOUNT, _BANK, 95.0),
    _labelled(Kind.BIRTH_DATE, _BIRTH, 95.0),
    _cards,
    _labelled(Kind.POSTAL_CODE, _POSTAL, 97.0),
    _phones,
)


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def is_my_number(digits: str) -> bool:
    """Check digit of the Japanese individual number (総務省令第85号, 2014, Article 5); ``digits`` are twelve."""
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11
    return int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def passes_luhn(digits: str) -> bool:
    """Check digit of ISO/IEC 7812-1, Annex B."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
