"""The forms as printed: what rows they have, what is to be marked in them, and where they stand on the page.

Separate because they are data. Each is another way to print a form: squares or circles to tick, choices in cells of
their own, boxes for single characters, dotted lines to write on.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a form: one or two fields.

    ``mark`` and ``choices`` where something is to be marked, ``parted`` where each choice has a cell of its own;
    ``lined`` areas have dotted lines to write on; ``boxes`` is the number of boxes for one character each.
    """

    name: str
    label: str
    half: int = 0
    mark: str = ""
    choices: tuple[str, ...] = ()
    tall: int = 1
    parted: bool = False
    lined: bool = False
    boxes: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A printed form: its place on the page in points, and how it is printed."""

    name: str
    title: str
    rows: tuple[tuple[Row, ...], ...]
    row: float = 40.0
    label: float = 90.0
    square: float = 11.0
    left: float = 60.0
    top: float = 120.0
    width: float = 475.0
    round: bool = False

    @property
    def height(self) -> float:
        """Height of the frame."""
        return self.row * sum(row[0].tall for row in self.rows)


PLAIN = Sheet(
    "benchmark",
    "お問い合わせ受付票",
    (
        (Row("number", "受付番号", 1), Row("date", "受付日", 2)),
        (Row("customer", "お客様名", 1), Row("tel", "電話番号", 2)),
        (Row("address", "住所"),),
        (Row("product", "製品名", 1), Row("model", "型番", 2)),
        (Row("method", "受付方法", mark="tick", choices=("電話", "メール", "窓口", "郵送", "その他")),),
        (Row("kind", "種類", mark="tick", choices=("修理", "返品", "配送", "請求", "使い方")),),
        (Row("rank", "緊急度", mark="ring", choices=("高", "中", "低")),),
        (Row("question", "内容", tall=3),),
        (Row("answer", "回答", tall=3),),
        (Row("state", "状態", mark="ring", choices=("未対応", "対応中", "完了", "保留")),),
        (Row("staff", "担当者", 1), Row("dept", "引き継ぎ先", 2)),
    ),
)
_REPAIR = Sheet(
    "repair",
    "修理品お預かりカード",
    (
        (Row("order", "伝票番号", boxes=12),),
        (Row("date", "お預かり日", 1), Row("staff", "担当", 2)),
        (Row("customer", "ご依頼主", 1), Row("tel", "お電話", 2)),
        (Row("product", "お品物", 1), Row("model", "型番", 2)),
        (
            Row("warranty", "保証書", 1, "tick", ("あり", "なし", "不明")),
            Row("box", "外箱", 2, "tick", ("あり", "なし")),
        ),
        (
            Row(
                "parts",
                "付属品",
                mark="tick",
                choices=("コード", "リモコン", "説明書", "台座", "充電器", "袋", "ケース"),
            ),
        ),
        (Row("symptom", "症状", tall=4, lined=True),),
        (Row("paid", "お見積り", mark="ring", choices=("要", "不要", "一万円以上は要")),),
        (Row("answer", "処置", tall=4, lined=True),),
        (Row("delivery", "お渡し", mark="tick", choices=("店頭", "配送", "出張")),),
        (Row("total", "修理代金", 1), Row("dept", "修理担当", 2)),
    ),
    row=33.0,
    label=72.0,
    square=8.0,
    left=48.0,
    top=96.0,
    width=500.0,
)
_SURVEY = Sheet(
    "survey",
    "ご利用アンケート用紙",
    (
        (Row("number", "会員番号", 1), Row("date", "ご記入日", 2)),
        (Row("age", "年代", mark="ring", choices=("10代以下", "20代", "30代", "40代", "50代", "60代以上")),),
        (Row("talk", "応対", mark="ring", choices=("1", "2", "3", "4", "5"), parted=True),),
        (Row("speed", "早さ", mark="ring", choices=("1", "2", "3", "4", "5"), parted=True),),
        (Row("use", "お使い", 1, "ring", ("はい", "いいえ")), Row("again", "再購入", 2, "ring", ("する", "しない"))),
        (Row("source", "きっかけ", mark="tick", choices=("店頭", "広告", "知人", "検索", "雑誌", "ほか")),),
        (Row("wish", "ご希望", mark="tick", choices=("カタログ", "電話連絡", "訪問", "特になし")),),
        (Row("question", "ご意見", tall=5, lined=True),),
        (Row("customer", "お名前", 1), Row("tel", "電話", 2)),
        (Row("address", "ご住所"),),
    ),
    row=38.0,
    label=64.0,
    square=10.0,
    left=70.0,
    top=150.0,
    width=455.0,
    round=True,
)
FORMS = (PLAIN, _REPAIR, _SURVEY)
