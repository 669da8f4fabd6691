"""Words of katakana read with the kanji and hiragana that look the same: コンビ二, 工ラー, へルプ.

Separate from ``look_alikes`` because here it is the word that decides: what can begin and end one, what stands before
and after it, and the words in which a kanji beside katakana is meant (口コミ, タンク口, ブランド力).
"""

import re

_TWINS, _KATAKANA_TWINS = "口力二工夕卜八才千一へべぺり", "ロカニエタトハオチーヘベペリ"
_TO_KATAKANA = str.maketrans(_TWINS, _KATAKANA_TWINS)
_NUMERALS = "一二三四五六七八九十百千"
_KATAKANA = re.compile(r"[ァ-ヴー]")
_KANJI = re.compile(r"[一-鿿々〇]")
_HIRAGANA = re.compile(r"[ぁ-ゖ]")
_LAST_WORD = re.compile(r"[ァ-ヴー]+$")
#: No word begins with these, so that what stands before them is katakana too.
_NEVER_FIRST = re.compile(r"[ァィゥェォッャュョヮンー]|一[ァ-ヴ]")
#: What follows a number; or 一 where it begins a word of its own (一覧, 一式).
_COUNTED = re.compile(
    r"[つカケヶヵか0-9覧式部同体括般時度定番回個枚台本件組人日月年週種箱袋缶点段階級列行円割杯方切致緒対]"
)
#: 一名 is one person; but ユーザー, フォルダー, メーカー are given without their end, and have names.
_NAMED = re.compile(r"[ザダバタカ]$")
_KANJI_FIRST = re.compile(r"口(?:コミ|パク|ゲンカ|グセ|ヒゲ|モト|ゴタエ)|力(?:コブ|ワザ|ズク|モチ)|夕ダチ")
_BEGINS = re.compile(
    r"へ(?:ル[プメシツスパニペ]|ア[ーピケドサカ]|ビ|チマ|リウ|リコ|リポ|ブン|クト)"
    r"|二(?:オイ|コチ|キビ|シン|ス(?=[をの])|トロ|コニコ)"
    r"|八(?:イブ|イビ|イパ|イラ|イス|イグ|イテ|イエ|ウス|ウジ|ガキ|サミ|チミ|ブラ|ネム|ロー|ザー)"
    r"|千(?:ケ|ラシ|タン|ルド)"
)
#: Words that end with a twin.
_ENDS = re.compile(
    r"(?:^(?:プ|ゼ|キ|テ)|マイク|マク|モノク|ユー|レト|メト|マグ|エア|アフ)口"
    r"|(?:メー|ピー|マー|ッ|アメリ|アフリ|シリ|レプリ|パプリ|モ|イル|スイ)力"
    r"|アトリ工|アロ八|(?:コンビ|^ミ|マ)二|[ッンー]千"
)
#: Nouns that have a mouth, or a power.
_HAS = re.compile(
    r"(?:タンク|ガス|ホース|ノズル|ボトル|ドア|パイプ|ダクト|バルブ|スプレー|ポンプ|カップ|ポット|トイレ)口$"
    r"|(?:ブランド|コミュニケーション|マネジメント|リサーチ|デザイン|サポート|ヒアリング|パワー|モーター|スピード)力$"
)
_PARTICLES = "をにではがともや"


def settle_words(text: str) -> str:
    """The text with the twins inside words of katakana as katakana; as long as before."""
    done = ""
    for i, c in enumerate(text):
        done += c.translate(_TO_KATAKANA) if c in _TWINS and _is_katakana(done, c, text[i + 1 :]) else c
    return done


def _is_katakana(before: str, twin: str, after: str) -> bool:
    starts, ends = bool(_KATAKANA.match(after) or _NEVER_FIRST.match(after)), bool(_KATAKANA.match(before[-1:]))
    if starts and ends:
        return _within(before, twin, after)
    if starts:
        return _at_start(before, twin, after)
    return ends and _at_end(before, twin, after)


def _within(before: str, twin: str, after: str) -> bool:
    """A twin between katakana; two words may meet there."""
    if twin == "一":
        return before[-1] not in "ーッン"
    if _NEVER_FIRST.match(after):
        return True
    if twin in "二八千":
        return before[-1] not in "ーン"
    return twin != "へ" and not _HAS.search(before + twin)


def _at_start(before: str, twin: str, after: str) -> bool:
    """A twin before katakana: the beginning of a word, or a word of its own."""
    if twin == "一" or (twin in _NUMERALS and before[-1:] in _NUMERALS and before):
        return False
    if _NEVER_FIRST.match(after) or _BEGINS.match(twin + after):
        return True
    if twin not in "口力工夕卜才" or _KANJI_FIRST.match(twin + after) or _KANJI.match(before[-1:]):
        return False
    # 飲み口, 注ぎ口, 差し口: a verb ends before 口, a word begins after a particle.
    return twin != "口" or not _HIRAGANA.match(before[-1:]) or before[-1] in _PARTICLES


def _at_end(before: str, twin: str, after: str) -> bool:
    """A twin after katakana: the end of the word, or what follows it."""
    found = _LAST_WORD.search(before)
    word = found[0] if found else ""
    if twin == "一":
        return word[-1] not in "ーッン" and (
            not _COUNTED.match(after) if after[:1] != "名" else bool(_NAMED.search(word))
        )
    if twin in "口力工八二千":
        counted = twin in _NUMERALS and _COUNTED.match(after)
        return bool(_ENDS.search(word + twin)) and not counted
    if twin == "夕":
        return after[:1] not in tuple("方食刻日刊立飯焼暮")
    return twin == "卜" or (twin == "才" and after[:1] != "能")
