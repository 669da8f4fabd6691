"""What the columns of a table are called, by what they hold: one place for all rules that ask for columns.

Separate because makers and desks name the same column differently (処置, 対処方法, What to do); a rule only says which
columns it needs. Patterns are looked for in a folded header without white space, whatever its case.
"""

#: Names that leave no doubt that a row is something that went wrong.
SYMPTOM = (
    r"症状|現象|こんな(?:とき|時|症状)|困った(?:とき|時)|お困り|トラブル|不具合|故障内容|^ランプ"
    r"|^symptom|^problem|^issue$|^fault$"
)
#: 対応期限 and 対応部署 are a date and a place, not a remedy.
REMEDY = (
    r"^(?!.*(?:先|期限|者|日|時間|時刻|部署|部門|窓口|状況)$)"
    r".*(?:処置|処理|対処|対策|対応|直し方|(?:直|なお)しかた|解決|お調べ|確認|点検)"
    r"|remedy|whattodo|solution|^fix$|action|whattotry"
)
CAUSE = r"原因|^理由$|cause|^why$|^reason"
#: What an error table says where it gives no remedy.
MEANING = r"意味|説明|定義|解説|内容|meaning|definition|description|explanation"
REFERENCE = r"参照|ページ|^頁$|^page|^see"
SHOWN = r"表示|エラー|コード|記号|番号|ランプ|code|display|error"

PART = r"部位|部品|箇所|個所|場所|部分|するところ$|^対象$|^part$|^component$"
TURN = r"頻度|時期|目安|めやす|周期|回数|タイミング|howoften|frequency|interval|^when$"
WAY = r"方法|しかた|仕方|手入れ|内容|清掃|掃除|how(?!often)|method|cleaning"

KIND = r"区分|種別|分類|レベル|^type$|^kind$|category|^level$"
WHEN = r"条件|状況|事象|事案|事由|用件|申し?出|内容|ケース|場合|situation|condition|event|^case|^when$"
TO = (
    r"(?:エスカレーション|引き?継|連絡|報告|転送|対応|上申|相談|通報|依頼|取り?次|回付|担当|知らせ)[ぐぎるす]?す?る?"
    r"(?:先|部署|部門|部課|窓口|相手|責任者)$|escalateto|handoverto|reportto|referto|^to$"
)
WITHIN = r"期限|(?<!受付)(?<!営業)(?<!所要)時間|いつまで|までに$|目標$|within|deadline|timelimit|^bywhen"
HOW = r"手段|方法|means|method|channel|^how$"

QUESTION = (
    r"^(?:お客様の)?(?:よくある)?(?:ご?質問|問い?|お?問い?合わ?せ)(?:内容|文|事項|例)?$|^Q$"
    r"|^(?:frequentlyasked)?questions?$"
)
ANSWER = r"^(?:ご?回答|答え?|ご案内|ご?説明)(?:内容|文|例|方法)?$|^A$|^answers?$|^reply$|^response$"

SPOKEN = (
    r"ご案内$|トーク|話し?方|言い方|言い回し|言いかた|応対例|応答例|セリフ|せりふ|切り返し|お伝えする"
    r"|whattosay|script|wording"
)
#: Words of handing over, that leave no doubt whatever the other columns are called.
HANDS_OVER = r"エスカレーション|引き?継|転送|上申|取り?次|回付|escalate|handover"
#: Who a department or a person in charge is, in a cell.
SOMEBODY = (
    r"(?:課|部|室|係|長|主任|担当|者|センター|部署|窓口|デスク|本部|支店|営業所|支所|店|SV|警察|消防|工事店)(?:[(（].*)?$"
    r"|(?:desk|officer|team|lead|manager|department|operations|supervisor|office)$"
)
CODE = r"コード|^番号$|記号$|^No\.?$|^code$|^number$"
TERM = r"^用語|^語句|^略語|^略称|^ことば$|^言葉$|^term|^word$|^abbreviation"
ORDER = r"手順|順番|順序|ステップ|^STEP|^No\.?$|^番号$|^#$"
ACTION = r"作業|操作|内容|手順|対応|行うこと|すること|action|whattodo|task"

#: Whether a row is a header at all.
ANY = "|".join(
    (SYMPTOM, REMEDY, MEANING, REFERENCE, SHOWN, PART, TURN, WAY, KIND, WHEN, TO, WITHIN, QUESTION, ANSWER, TERM)
)
