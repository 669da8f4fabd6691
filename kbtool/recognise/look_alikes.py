"""Characters that no shape tells apart: カ and 力, ロ and 口, ー and 一, へ and ヘ, ○ and 〇, 0 and O.

Their neighbours decide, and where they cannot, the character stays and is named by ``undecided``. What may be right
as it stands is never touched: every rule needs neighbours beside which only its own character makes a word. Every
rule replaces one character by one, so that positions stay true.
"""

import re

from kbtool.recognise.katakana_words import settle_words

_KANJI = "一-鿿々"
_KATAKANA = "ァ-ヺー"
_DASHES = r"\-−—―‐–"  # stands in character classes
_NUMERAL = "一二三四五六七八九十百千万第数何"
#: カ after these counts: 数カ所, 二カ月.
_COUNTS = "一二三四五六七八九十百千数何幾各毎半号項条表同"
#: Letters of the law's lists (第一号ハ, 別表ロ) and of the scale (ハ長調, ト音記号).
_LISTED = "号項条表款目同イロハニホヘト"
_MARKS = r"○〇◯△▲×✕◎●－ー\-/・、\s"

_RULES: tuple[tuple[re.Pattern[str], dict[int, int]], ...] = tuple(
    (re.compile(pattern), str.maketrans(old, new))
    for pattern, old, new in (
        # A dash for the long vowel, at the end of a word; no word has one after ン, ッ or another.
        (rf"(?<=[ァ-メモ-ヲヴャュョヮ])[{_DASHES}](?![\dA-Za-z])(?=$|[^{_KANJI}\s])", "-−—―‐–", "ーーーーーー"),
        (r"(?<=[0-9A-Za-z])[ー一](?=[0-9A-Za-z])", "ー一", "--"),
        (r"(?<=[０-９])[ー一](?=[０-９])", "ー一", "－－"),
        # Kanji after kanji; カ counts places and months, and twins are letters of lists and scales.
        (
            rf"(?<=[{_KANJI}])(?<![{_COUNTS}])カ(?![{_KATAKANA}0-9])"
            rf"|(?<=[{_KANJI}])(?<![{_LISTED}])[ロエタオ](?![{_KATAKANA}調音])|(?<=お)ロ(?=[のにをが])",
            "カロエタオ",
            "力口工夕才",
        ),
        (rf"(?<=[{_NUMERAL}])[ニハチ](?=[{_KANJI}])(?![付対於関依長短音])", "ニハチ", "二八千"),
        (rf"(?<![{_KATAKANA}])[ニハ](?=[十百千万])|(?<=[年月毎])ニ(?=[回度])", "ニハ", "二八"),
        (r"(?<=[0-9０-９])力(?=[所月国年村条箇町])", "力", "カ"),
        # Kanji at the beginning of a word that has no other spelling.
        (
            rf"(?<![{_KATAKANA}])(?:ロ(?=[座径金腔調紅頭])|カ(?=学|率)|エ(?=[事具場程業法賃期作芸夫])"
            r"|タ(?=[方食刻刊立飯焼])|オ(?=能)|チ(?=[円葉代])|ニ(?=[重人次種類段階輪枚個台つ])|ハ(?=[幡王百月割]))",
            "ロカエタオチニハ",
            "口力工夕才千二八",
        ),
        # 一 for a long vowel mark where no vowel stands before it, or a word of its own begins.
        (
            r"(?<=[第統唯均同万単逐画専随])ー(?=[一-鿿]|$)|(?<=もう)ー(?=[度回つ番])"
            rf"|(?<![{_KATAKANA}A-Za-z0-9])ー(?=[覧般部時度定番括切方致緒式人回個枚台本件日月年次生])",
            "ー",
            "一",
        ),
        # Hiragana among hiragana, and the particle after a word.
        (
            rf"(?<=[ぁ-ゖ])[ヘベペ](?=[ぁ-ゖ])|(?<=[ぁ-ゖ])[ヘベペ]$|(?<=[{_KANJI}])[ベペ](?=[ぁ-ゖ])",
            "ヘベペ",
            "へべぺ",
        ),
        (rf"(?<=[{_KANJI}ぁ-ゖァ-ヴーA-Za-z0-9０-９」』）)】])(?<![ホ、])ヘ(?![{_KATAKANA}音長短])", "ヘ", "へ"),
        (rf"(?<=[{_KANJI}ぁ-ゖ])リ(?=[ぁ-ゖ{_KANJI}、。]|$)", "リ", "り"),
        (rf"(?<=[ァ-ヴー])り(?![ぁ-ゖ])|(?<![ぁ-ゖ{_KANJI}])り(?=[ァ-ヴ][ァ-ヴー])", "り", "リ"),
        # Rings: a mark beside other marks or alone, a zero among numerals.
        (rf"^[〇◯](?=[{_MARKS}]*$)|(?<=[△▲×✕◎])[〇◯]|[〇◯](?=[△▲×✕◎])", "〇◯", "○○"),
        (rf"(?<=[{_NUMERAL}〇])[○◯](?=[{_NUMERAL}〇年月日円])", "○◯", "〇〇"),
        # Letters within figures; a letter at either end is a unit or part of a model's name.
        (r"(?<=\d)(?<![A-Za-z]\d)[OoQlI](?=\d)(?!\d[A-Za-z])", "OoQlI", "00011"),
        (r"(?<=\d,)[OolI]{1,3}(?![A-Za-z])|(?<=\d-)[OolI]+(?=\d)", "OolI", "0011"),
        # Amounts of yen have no decimals.
        (r"(?<=\d)\.(?=\d{3}(?:[.,]\d{3})*円)|(?<=[０-９])．(?=[０-９]{3}(?:[．，][０-９]{3})*円)", ".．", ",，"),
        # Small kana of grammar. After a noun でしよう may be a plan (ご自分でしよう), but no polite question.
        (
            r"(?<=まし)よ(?=う(?![がもの]))|(?<=[のんいただくぐすつぬぶむうる]でし)よ(?=う)"
            r"|(?<=いかがでし)よ(?=う)|(?<=でし)よ(?=うか(?:[。？?」]|$))"
            r"|(?<=によ)つ(?=て)|(?<=したが)つ(?=て)|(?<=なか)つ(?=た)|(?<=ま)つ(?=たく)"
            r"|(?<=いら)つ(?=し[やゃ])|(?<=いら[つっ]し)や|(?<=お)つ(?=し[やゃ][いるつっ])|(?<=お[つっ]し)や(?=[いるつっ])"
            r"|(?<=お[つっ]し[やゃ])つ(?=[たて])|(?<=ち)よ(?=[つっ]と)|(?<=ち[よょ])つ(?=と)"
            r"|(?<=い)つ(?=し[よょ]に)|(?<=い[つっ]し)よ(?=に)",
            "つやよ",
            "っゃょ",
        ),
        # The number of a question or section ends in a dot, and a question is no interval.
        (r"(?<=^[QAＱＡ]\d)[。、](?=\S)|(?<=^[QAＱＡ]\d\d)[。、](?=\S)|(?<=^\d)。(?=\S)", "。、", ".."),
        (r"^[間周](?=\d{1,2}(?:[\s．、:：]|\.(?!\d)))", "間周", "問問"),
        # Forms that manuals no longer print and a recogniser takes for today's; names written with others stay.
        (r"[樣靑·剩]", "樣靑·剩", "様青・剰"),
    )
)
_PAIRED = re.compile(r"（([^（）()]*)\)|\(([^（）()]*)）")

#: How sure, in percent, an engine can be of a character that looks like another.
_UNDECIDED_SURE = 50.0
_UNDECIDED = re.compile(
    # A zero that may be a ring; a mouth or ロ between hiragana and katakana.
    rf"(?<![〇◯{_NUMERAL}])[〇◯](?=[一-鿿ぁ-ゖ])(?![{_NUMERAL}〇年月日円様さ])"
    rf"|(?<=[りみしきぎいけえ])[口ロ](?=[{_KATAKANA}])"
    # 一 or ー between a place, a day, a name and another; O and l where a model's name has figures.
    rf"|(?<=[{_KANJI}])ー(?=[{_KANJI}])"
    r"|(?<=\d)[OlI](?![a-z])|[OlI](?=\d)"
)


def settle(text: str) -> str:
    """The text with each look-alike as its neighbours want it; as long as before."""
    text = settle_words(text)
    for pattern, table in _RULES:
        text = pattern.sub(lambda found, table=table: found[0].translate(table), text)  # type: ignore[misc]
    return _PAIRED.sub(_pair, text)


def undecided(text: str) -> tuple[int, ...]:
    """Places of characters that a person must look at: they and their twin are both at home there."""
    return tuple(found.start() for found in _UNDECIDED.finditer(text))


def doubted(text: str, confidences: tuple[float, ...]) -> tuple[float, ...]:
    """The confidences of a settled text with what is undecided as low as a person must look at."""
    low = set(undecided(text))
    return tuple(min(sure, _UNDECIDED_SURE) if i in low else sure for i, sure in enumerate(confidences))


def _pair(found: re.Match[str]) -> str:
    """Brackets of which one is wide are wide, as the print of Japanese has them."""
    return f"（{found[1] if found[1] is not None else found[2]}）"
