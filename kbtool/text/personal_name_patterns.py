"""The words that keep company with names of persons: labels, honorifics, titles, and what follows places and firms.

Lists, apart from the reasoning over them in ``personal_names``; each stands for an alternation of regular expressions.
The text must be of even width.
"""

import re

from kbtool.text.personal_name_parts import any_of

#: Kanji as names have them, with the marks of repetition.
KANJI = "一-鿿㐀-䶿豈-﫿々〆ヶ"
KANA = r"[ぁ-ん]{2,4}|[ァ-ヴー]{2,6}"
_KATAKANA_NAME = "[ァ-ヴー]{2,9}[ ・][ァ-ヴー]{2,9}"

_PERSON = any_of("""
    ご?契約者? ご?注文者? ご?購入者? お?届け?先 お?客様 ご?本人 ご?依頼[主者人] お?申し?込み?[者人] 申請[者人]
    届出[者人] ご?利用者 会員 患者 ご?家族 保護者 世帯主 配偶者 お?受け?取り?人 受領者 送り主 差出人
    (?:口座|カード)?名義人? ご?予約者 来[店院館]者 参加者 被保険者 代理人 ご?相談者 お?問い?合わ?せ者 連絡者 発信者
    送信者 受信者 宛先 代表者? 緊急連絡先 連絡先 児童 生徒 学生 職員 社員 従業員 講師 医師 主治医
""")
_OF_WORK = any_of("受付 対応 応対 修理 営業 配送 作業 訪問 点検 窓口 ご 発送 販売 施工 品質 技術 安全 衛生 工事")
_WORK = rf"(?:{_OF_WORK})?(?:担当(?:者|医|員)?|責任者|管理者)|" + any_of("""
    受付者? 対応者? 応対者 記入者 記録者 承認者? 確認者 作成者? 発行者 監督者 入力者 報告者 検査者 検印 実施者
    執筆者? 著者 編集者? 監修者? 翻訳者? 店長 所長 室長 部長 課長 係長 院長 校長 園長 会長 代表取締役(?:社長)?
    取締役 社長 主任 店員 相談員 オペレーター リーダー スタッフ 営業 技師 看護師 同僚 上司
""")
_NAME_WORD = any_of(r"""
    氏\s?名 お?\s?名\s?前 姓\s?名 ご?芳名 本名 旧姓 フリガナ ふりがな カナ よみがな 宛名
    (?<![a-z_])(?:full\s|last\s|first\s)?name surname
""")
#: ``named`` and ``word`` say that the field holds a name and nothing else; ``work`` is followed by sections as often.
LABEL = re.compile(
    rf"(?:(?:{_PERSON})|(?P<work>{_WORK}))(?:様?[のおご・]{{0,2}}(?P<named>{_NAME_WORD}|名(?![称義簿目刺古])))?"
    rf"|(?P<word>{_NAME_WORD})",
    re.IGNORECASE,
)
#: Marks that say: here comes the value.
MARK = re.compile(r"(?:\s?[(\[【][^)\]】\n]{0,12}[)\]】])?\s?[:=|」』\]】>»…]+[ \t|]*(?:[A-Z]{2,4} )?|\s?\) ?")
#: The same between cells and lines, where the label is the whole of one.
CELL = re.compile(r"[ \t]*\n[ \t]*(?=\S)|\t+| {1,4}(?=\S)")
#: Words that may lead on to a name.
LOOSE = re.compile(r" ?は、? ?|の|[、・/(「] ?| ")

SPACED_OUT = re.compile(rf"[{KANJI}](?: [{KANJI}]){{2,5}}(?![{KANJI}])")
#: The longest stretch behind a label that can be a name.
VALUE = re.compile(
    rf"[{KANJI}]{{1,4}}[ ・](?:[{KANJI}]{{1,4}}|{KANA})|[{KANJI}]{{1,7}}(?:{KANA})?|{_KATAKANA_NAME}|[ァ-ヴー]{{2,9}}|"
    r"[ぁ-ん]{2,6}(?: [ぁ-ん]{2,6})?"
)
#: What an unknown name in a field for names looks like.
FIELD = re.compile(
    rf"[{KANJI}]{{2,5}}|[{KANJI}]{{1,4}} [{KANJI}]{{1,4}}|[{KANJI}]{{1,4}} (?:{KANA})|{_KATAKANA_NAME}|[ァ-ヴー]{{4,9}}"
)
#: Where such a field ends.
FIELD_END = re.compile(r"$|[\s|、,。)(」様さ殿/]|です")
ROMAJI = re.compile(r"[A-Z][a-zA-Z'-]{1,14},?[ ][A-Z][a-zA-Z'-]{1,14}")
TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss)\.?[ ](?P<name>[A-Z][a-zA-Z'-]{1,14}(?:[ ][A-Z][a-zA-Z'-]{1,14})?)")

_POLITE = "様|さま|さん|殿|氏|サン|サマ"
_CLOSE = "君|くん|ちゃん|先生"
_TITLE = "(?:副|前|元)?(?:{})".format(
    any_of("""
    部長 課長 係長 室長 社長 店長 所長 局長 院長 園長 校長 会長 理事長 班長 工場長 支店長 次長 主任 主査 主事 教授
    准教授 講師 医師 看護師 弁護士 税理士 司法書士 行政書士 専務 常務 取締役 代表 監督 選手 議員 市長 町長 村長 知事
    大臣 巡査 オペレーター リーダー マネージャー マネジャー
""")
)
HONORIFIC = re.compile(rf"(?P<polite>{_POLITE})|(?P<close>{_CLOSE})|(?P<title>{_TITLE})")
HONORIFIC_AT_END = re.compile(rf" ?(?:{_POLITE}|{_CLOSE}|{_TITLE})$")
#: Titles that a place has as well as a person.
OF_PLACE = re.compile("市長|町長|村長|知事|議員|支店長|所長")
#: What may follow 様 and the like where it is one; another kanji makes it part of a word (様式, 殿川).
GOES_ON = re.compile(
    f"(?:宅|方|邸|分|名義|他|本人|自身|所有|家|専用|用|側|夫|妻|御|宛|行|担当|及|並|又|同|以|[^{KANJI}]|$)(?!さん)"
)
#: The stretch before an honorific in which a name may stand.
BEFORE = re.compile(
    rf"(?:[{KANJI}]{{1,7}} (?:[{KANJI}]{{1,4}}|{KANA})|{_KATAKANA_NAME}|[{KANJI}]{{1,7}}(?:{KANA})|[{KANJI}]{{1,9}}|"
    r"[ァ-ヴー]+|[ぁ-ん]{2,6} [ぁ-ん]{2,6}|[ぁ-ん]+|[A-Z][a-zA-Z'-]{1,14}(?: [A-Z][a-zA-Z'-]{1,14})?)$"
)
#: What people write before a name without anything between.
LEAD = re.compile(
    "(?:本日|先日|昨日|今日|先程|前回|今回|当日|翌日|午前|午後|新規|至急|弊社|当社|契約者|購入者|担当者?)"
)
#: After a bare family name: what a person does or is, where a place or a firm would not.
ACTS = re.compile(
    "です|と申し|と言い|といい|でございま|と名乗|宛|が(?:対応|担当|承|受け|折り返|伺|訪問|電話|来店|説明|不在|休)|"
    "に(?:転送|引き継|取り次|代わ)|まで(?:ご)?連絡|(?:より|から)(?:お|ご)?(?:連絡|電話|折り返)"
)
#: A name with one of these behind it names a place, a firm or a thing.
THING = re.compile(
    any_of("""
    記念 地[区域] 支[所店部] 警察 消防 図書 体育 保健 福祉 交番 の[園里丘森郷宮] 大学 医院 病院 商店 商事 商会 工業
    工務 産業 銀行 株式 有限
    [館家店町市駅会社堂式流焼塾製寺城橋川山島村区県郡湾岬峠坂浜港通線型法賞杯碑像邸宮神丘台所課部] 電[機器子工]
    製[作薬] 建設 ビル ホール グループ ホールディングス 財団 学園 高校 中学 小学 幼稚 保育 公園 団地 歯科 内科 外科
    眼科 薬局 整形 食品 運輸 証券 生命 不動産 スタジアム ドーム 自動車 書店 新聞 放送
""")
)
