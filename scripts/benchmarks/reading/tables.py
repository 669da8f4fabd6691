"""The words of tables: error lists, escalation rules with merged cells, specifications."""

import random

from benchmarks.reading.truth import TrueCell
from benchmarks.reading.wording import Writer

Table = tuple[tuple[TrueCell, ...], list[float]]


def errors(write: Writer, rng: random.Random) -> Table:
    """Symptom, cause, remedy: plain rows with sentences in cells."""
    head = ("表示", "原因", "対処")
    rows = [(write.write("error"), write.write("cause"), write.write("remedy")) for _ in range(rng.randint(4, 6))]
    return _plain([head, *rows]), [0.18, 0.38, 0.44]


def escalation(write: Writer, rng: random.Random) -> Table:
    """Groups of rows under a cell merged downwards, a head merged across, and a note over the full width."""
    cells = [TrueCell(0, 0, "区分", row_span=2), TrueCell(0, 1, "引き継ぎ先", column_span=2)]
    cells += [TrueCell(0, 3, "期限", row_span=2), TrueCell(1, 1, "平日"), TrueCell(1, 2, "夜間と休日")]
    row = 2
    for name in rng.sample(("苦情", "修理", "返品", "配送", "請求", "事故"), 3):
        span = rng.randint(1, 3)
        cells.append(TrueCell(row, 0, name, row_span=span))
        for line in range(row, row + span):
            cells += [TrueCell(line, 1, write.write("dept")), TrueCell(line, 2, write.write("person"))]
            cells.append(TrueCell(line, 3, f"{rng.randint(1, 48)}時間以内"))
        row += span
    note = f"※{write.write('fact')}。"
    return (*cells, TrueCell(row, 0, note, column_span=4)), [0.16, 0.3, 0.32, 0.22]


def prices(write: Writer, rng: random.Random) -> Table:
    """Models with numbers only."""
    head = ("型番", "品名", "価格", "保証")
    rows = [
        (write.write("model"), write.write("product"), f"{write.write('yen')}円", f"{rng.randint(1, 5)}年")
        for _ in range(rng.randint(4, 7))
    ]
    return _plain([head, *rows]), [0.24, 0.36, 0.22, 0.18]


def specification(write: Writer, rng: random.Random) -> Table:
    """Names on the left, values with units on the right."""
    names = [write.write("spec") for _ in range(rng.randint(5, 8))]
    rows = [(name, f"{rng.randint(1, 990)}{write.write('unit')}", write.write("remedy")) for name in names]
    return _plain([("項目", "値", "備考"), *rows]), [0.34, 0.22, 0.44]


def parts(write: Writer, rng: random.Random, rows: int) -> Table:
    """Spare parts: numbers, names in half-width kana, the models they fit, prices and remarks; hardly a sentence."""
    head = ("No.", "部品番号", "品名", "適用機種", "数", "価格(円)", "備考")
    listed = [
        (
            str(number),
            write.write("part_number"),
            write.write("short"),
            "/".join(write.write("model") for _ in range(rng.randint(1, 2))),
            str(rng.randint(1, 8)),
            write.write("yen"),
            rng.choice(("", "", write.write("remark"))),
        )
        for number in range(1, rows + 1)
    ]
    return _plain([head, *listed]), [0.06, 0.2, 0.21, 0.2, 0.06, 0.13, 0.14]


def contacts(write: Writer, rng: random.Random) -> Table:
    """Who answers when, for a narrow column."""
    rows = [(write.write("dept"), write.write("tel"), f"{write.write('time')}まで") for _ in range(rng.randint(3, 5))]
    return _plain([("窓口", "電話", "受付"), *rows]), [0.4, 0.34, 0.26]


def sheet(write: Writer, rng: random.Random) -> Table:
    """A record of labels and values, two pairs a row, some over the full width: a delivery note or a check sheet."""
    pairs = [
        ("受付番号", "order"), ("受付日", "date"), ("お名前", "name"), ("電話番号", "tel"), ("商品名", "product"),
        ("型番", "model"), ("製造番号", "part_number"), ("購入店", "company"), ("担当", "name"), ("区分", "state"),
        ("金額", "yen"), ("送り先", "town"), ("部署", "dept"), ("方法", "method"),
    ]  # fmt: skip
    cells: list[TrueCell] = []
    row = 0
    for left, right in zip(*[iter(rng.sample(pairs, 12))] * 2, strict=True):
        for column, (label, kind) in ((0, left), (2, right)):
            cells += [TrueCell(row, column, label), TrueCell(row, column + 1, write.write(kind))]
        row += 1
        if rng.random() < 0.3:
            cells.append(TrueCell(row, 0, rng.choice(("症状", "備考", "処置"))))
            cells.append(TrueCell(row, 1, write.write("fact"), column_span=3))
            row += 1
    return tuple(cells), [0.15, 0.35, 0.15, 0.35]


def _plain(rows: list[tuple[str, ...]]) -> tuple[TrueCell, ...]:
    return tuple(TrueCell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
