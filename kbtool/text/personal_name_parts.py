"""What speaks for a word being part of a person's name, and what for its naming nobody.

Names come from Sudachi's dictionary (some 90,000 family and 110,000 given names), asked word by word, so that a name
is known in a sentence whose analysis went another way. What names nobody (customers, trades, kin, gods) is a list.
"""

import re
from functools import lru_cache

from kbtool.text.analysis import dictionary_tags

_MOST_PART = 4


def any_of(words: str) -> str:
    """An alternation of expressions that are written with white space between them, where none of them holds any."""
    return "|".join(words.split())


#: One kanji before 様 or さん that is nobody.
_NOBODY_SINGLE = (
    "客皆神仏王姫奥嫁爺婆父母兄姉弟妹孫子娘息人同多各何仕模異有両貴俺上外如一生態本様赤坊主旦殿宮御摂華源平某彼諸当我誰"
)
#: Endings of what is addressed with 様, さん and the like and is nobody: customers, everybody, gods, kin, trades.
_NOBODY_WORDS = any_of("""
    者 員 方 社 店 課 部 係 屋 科 局 所 人 達 手 士 師 主 客 (?:学|先|塾|修|習|験|業|園|新入)生 会社 先生 医者 業者
    責任者 担当 家族 相手 利用 契約 購入 会員 株主 女性 男性 高齢 主婦 企業 法人 団体 窓口 部長 課長 係長 室長 社長
    店長 所長 院長 校長 園長 会長 班長 次長 主任 旦那 御社 弊社 貴社 世話 苦労 馳走 疲れ 邪魔 粗末 気の毒 取引先
    得意先 お子 赤 坊 隣 近所 親戚 親 夫 妻 娘 息子 兄弟 姉妹 祖父 祖母 叔父 叔母 伯父 伯母 彼氏 有名 芸能 政治 巡査
    看護 妊婦 産婦 患者 住民 区民 市民 町民 村民 国民 県民 府民 都民 学生 生徒 児童 園児 名前 宛名 敬称 教頭 教授
    連中 仲間 友人 友達 知人 同僚 上司 部下 先輩 子ども 子供 こども 後輩 新人 素人 玄人 病人 老人 大人 美人 恋人
    犯人 お前 貴方 何方 此方 其方 若奥 奥 姫 王子 女王 国王 天子 大王 閻魔 観音 地蔵 大黒 稲荷 阿弥陀 如来 菩薩 お日
    お月 太陽 天道 雷 仏 神 お釈迦 ユーザー オーナー ゲスト メンバー モニター サンタ スタッフ ドライバー メーカー
    オペレーター パートナー スポンサー ファン ママ パパ センター バイヤー テナント サロン リーダー コーチ
    クライアント カスタマー サプライヤー ベンダー ディーラー ショップ ホテル クリニック ドクター ナース ヘルパー
    ケアマネ ママ友 オジ オバ
""")
_NOBODY_END = re.compile(f"(?:{_NOBODY_WORDS})$")
#: What stands behind a label when nobody is named there.
_NO_NAME = re.compile(
    any_of("""
    なし 無し 不明 未定 未記入 同上 省略 必須 任意 記入 入力 確認 変更 空欄 様 以下 以外 以上 担当 部署 欄 番号 住所
    電話 商品 日時 見直 交代 名簿 漢字 全角 半角 英字 カナ かな ひらがな カタカナ ローマ字 ニックネーム ペンネーム
    匿名 フル 本人 他 等 印 署名 捺印 押印 サイン 氏名 名前 年齢 性別 生年 職業 続柄 役職 所属 部門 会社 株式 有限
    法人 窓口 係 課 室 係員 営業所 支店 本社 本部 センター サポート サービス チーム グループ 事務局 委員会 学校 大学
    病院 医院 銀行 組合 協会 制度 範囲 業務 区分 方法 場合 有無 内容 順番 表示 登録 設定 選択 検索 一覧 項目 ^例$
    見出 画面 ファイル フォルダ データ ページ
    """)
)
_VOWEL_ENDS = (
    r"(?:[kgsztdnhbpmyrw]?y?[aiueo]|sh[aiuo]|ch[aiuo]|ts[u]|j[aiuo]|f[u]|n(?![aiueoy])|m(?=[bp])|[kstcp](?=[kstcp]))"
)
_ROMAJI = re.compile(rf"(?:{_VOWEL_ENDS}|h(?=[^aiueo]|$))+", re.IGNORECASE)


#: Given names of recent years that the dictionary lacks, or has as words only.
_RECENT_NAMES = """
    陽翔 湊斗 結翔 悠真 颯真 蒼真 陽向 大翔 悠翔 蓮翔 朝陽 碧斗 奏斗 蒼空 琉生 陽葵 結愛 咲茉 心春 心陽 琴葉 彩葉
    芽生 柚葉 紬希 結月 陽咲 美桜 心結 凛花 ひなた あかり さくら ひまり ひかり ひなの こころ すみれ つむぎ いろは
    めぐみ ゆかり みゆき ゆめの かえで あおい はるか みさき まどか しおり ちひろ のぞみ かおり さやか あやか
    まゆみ みどり なつみ あゆみ ほのか わかな いずみ
"""
_RECENT = frozenset(_RECENT_NAMES.split())


def is_family(word: str) -> bool:
    """Whether the dictionary knows a family name of this spelling."""
    return "姓" in dictionary_tags(word)


def is_given(word: str) -> bool:
    """Whether the dictionary knows a given name of this spelling."""
    return "名" in dictionary_tags(word) or word in _RECENT


def is_only_given(word: str) -> bool:
    """A given name that is not also a word or a place: 花子, 健太, not 実 or 千葉."""
    tags = dictionary_tags(word)
    return "名" in tags and not tags & {
        "普通名詞",
        "地名",
        "動詞",
        "形容詞",
        "副詞",
        "数詞",
        "一般",
        "形状詞",
        "接尾辞",
        "接頭辞",
    }


def is_word(word: str) -> bool:
    """Whether the dictionary knows this as a word and as no name (街路樹)."""
    tags = dictionary_tags(word)
    return bool(tags) and not tags & {"姓", "名", "人名"}


@lru_cache(maxsize=20_000)
def is_full_name(word: str, first: int = 0) -> bool:
    """Whether a word is a family name followed by a given one.

    A family name of one kanji counts only where ``first``, the length of the first word, says that it is one.
    """
    return any(
        is_family(word[:at]) and is_given(word[at:])
        for at in range(1, min(len(word), _MOST_PART + 1))
        if len(word) - at <= _MOST_PART and (at > 1 or first == 1)
    )


def is_nobody(word: str) -> bool:
    """Whether a word before an honorific addresses or describes without naming."""
    if len(word) == 1:
        return word in _NOBODY_SINGLE
    return _NOBODY_END.search(word) is not None and not _is_known(word)


def is_no_name(word: str) -> bool:
    """Whether a word behind a label says something about the field instead of filling it."""
    return _NO_NAME.search(word) is not None and not _is_known(word)


def _is_known(word: str) -> bool:
    """Whether the dictionary makes a name of it, whatever it ends in (服部, 室井, 山田雅人)."""
    return is_family(word) or is_full_name(word)


def is_romaji(words: str) -> bool:
    """Whether every word could be Japanese in Roman letters (Hepburn or Kunrei), two sounds at least."""
    parts = re.split(r"[\s,.]+", words.strip(" ,."))
    return all(len(part) >= 3 and _ROMAJI.fullmatch(part) for part in parts)
