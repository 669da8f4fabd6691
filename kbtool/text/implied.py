"""Words that a question implies without saying them: who asks いくら looks for an entry that speaks of 料金.

General rules of how customers ask in Japanese and how desks write, nothing of any one desk; those words stand in
``kb/synonyms.yml``. A document that has an implied word is moved up a little, never found by it alone.
"""

import re
from functools import cache

from kbtool.text.analysis import words
from kbtool.text.folding import normalise

#: What the question says (a pattern over even width), and the words the answer is likely to be written in.
RULES = (
    ("いくら|幾ら|値段|代金", "料金 手数料 費用 金額"),
    ("どこ|何処|どちら|場所", "場所 窓口 受付 所在地"),
    ("いつ|何時|何日|何曜", "時間 期限 期間 日時 日程"),
    ("電話|連絡先|問い?合わ?せ", "連絡先 電話 問い合わせ 担当"),
    ("持ち物|持って(行|い)|必要な(もの|物|書類)|何が(必要|要|い)る?", "必要書類 持参 書類 印鑑"),
    ("なくし|無くし|失くし|落とし", "紛失 再発行"),
    ("捨て", "廃棄 処分 ごみ 出し方"),
    ("引っ?越", "転居 転入 転出 住所変更"),
    ("もらえ|貰え|もらう", "支給 給付 交付"),
    ("亡くな|死ん", "死亡 葬儀"),
    ("結婚|入籍", "婚姻"),
    ("赤ちゃん|出産|産ま|生まれ", "出生 乳児"),
    ("補助|助成|支援", "補助 助成 給付"),
    ("うるさ", "騒音"),
    ("払", "納付 支払い"),
    ("休み|休日|土日|祝日", "休日 土曜 日曜 時間外 業務時間"),
    ("申し?込", "申請 応募 申し込み"),
    ("壊れ|動かない|使えない|つかない|おかしい", "故障 不具合 修理 エラー"),
    ("やめ|辞め|キャンセル", "解約 退会 停止 取消"),
    ("届かない|来ない|遅い", "配送 お届け 未着 遅延"),
    ("開かない|入れない|ログインできない", "ログイン パスワード 再設定"),
)


def implied(text: str) -> dict[str, float]:
    """Words that a question implies and does not say, each with its share of the expression it comes from (0 to 1)."""
    plain, said = normalise(text), frozenset(words(text))
    found: dict[str, float] = {}
    for pattern, expressions in rules():
        if pattern.search(plain):
            for expression in expressions:
                for word in expression:
                    if word not in said:
                        found[word] = max(found.get(word, 0.0), 1 / len(expression))
    return found


@cache
def rules() -> tuple[tuple[re.Pattern[str], tuple[tuple[str, ...], ...]], ...]:
    """``RULES`` with their expressions cut into words."""
    return tuple((re.compile(said), tuple(tuple(words(one)) for one in meant.split())) for said, meant in RULES)
