"""What a draft becomes: subject, review marks, sources, and a key that outlives its neighbours."""

from kbtool import drafting
from kbtool.entry import Audience, Entry, Origin, Status
from kbtool.settings import Settings
from kbtool.settings_file import parse
from tests.drafting import notation

SETTINGS: Settings = parse(
    """
categories:
- {name: 定期コース, slug: course, keywords: [定期コース, お届け]}
- {name: 解約, slug: cancel, keywords: [解約]}
- {name: 安全, slug: safety, keywords: [焦げくさい]}
- {name: その他, slug: other}
products:
- {name: そよぎ, models: [KD-H500, KD-H500W], aliases: [加湿器]}
- {name: 青汁, models: []}
"""
)
HEADED = """== page
[heading 1] 第3章 解約
[heading 2 96%] 3-1 {heading}
[paragraph {sure}%] {body}
"""


def entries(text: str) -> tuple[Entry, ...]:
    return drafting.draft(notation.read(text), SETTINGS).entries


def one(heading: str, body: str, sure: int = 95, title: str = "手引き", method: str = "ocr") -> Entry:
    (entry,) = entries(f"title: {title}\nmethod: {method}\n" + HEADED.format(heading=heading, body=body, sure=sure))
    return entry


def test_everything_starts_internal_and_draft() -> None:
    entry = one("やめたい", "お電話ください。")
    assert (entry.id, entry.audience, entry.status, entry.origin) == (
        "",
        Audience.INTERNAL,
        Status.DRAFT,
        Origin.CONVERTED,
    )


def test_a_category_is_what_the_question_ends_with_else_its_chapter_else_its_words() -> None:
    assert one("定期コースを解約したい", "お電話ください。").category == "解約"
    assert one("お届けを休みたい", "お電話ください。").category == "定期コース"
    assert one("受付の時間", "お届け日の前日までです。").category == "解約"
    (entry,) = entries("== page\n[heading] 受付の時間\n[paragraph] お届け日の前日までです。\n")
    assert entry.category == "定期コース"
    (entry,) = entries("== page\n[heading] 受付の時間\n[paragraph] 平日です。\n")
    assert entry.category == "その他"


def test_the_products_of_a_manual_are_those_of_all_its_entries() -> None:
    entry = one("保証", "1年間です。", title="そよぎ 取扱説明書")
    assert [(product.name, product.models) for product in entry.products] == [("そよぎ", ("KD-H500", "KD-H500W"))]


def test_otherwise_an_entry_is_about_the_products_it_names() -> None:
    assert one("保証", "1年間です。").products == ()
    named = one("保証", "ＫＤ－Ｈ５００Wは1年間です。").products
    assert [(product.name, product.models) for product in named] == [("そよぎ", ("KD-H500W",))]


def test_a_model_is_known_whatever_its_hyphen_and_width() -> None:
    for printed in ("KD‐H500W", "ｋｄ－ｈ５００ｗ", "KD−H500W", "KDーH500W"):
        named = one("保証", f"{printed}は1年間です。").products
        assert [(product.name, product.models) for product in named] == [("そよぎ", ("KD-H500W",))]


def test_the_chapters_above_an_entry_are_its_tags() -> None:
    assert one("やめたい", "お電話ください。").tags == ("解約",)


def test_a_heading_that_asks_is_no_chapter_of_what_stands_below_it() -> None:
    found = entries(
        "== page\n[heading 1] 第3章 解約\n[heading 2] 3-3 引き止めをしない\n[paragraph] お電話を承ります。\n"
        "[caption] 3-4 解約理由コード表\n[table]\n| コード | 理由 |\n| 1 | 効果なし |\n| 2 | 在庫余剰 |\n"
    )
    assert [entry.tags for entry in found] == [("解約",), ("解約",)]


def test_smoke_and_harm_are_safety_but_smoking_is_not() -> None:
    assert one("焦げくさいにおいがする", "プラグを抜いてください。").safety
    assert one("発疹のお申し出", "中止をお願いします。").safety
    assert not one("煙草のにおいがする", "換気してください。").safety


def test_words_of_the_house_are_no_public_candidate() -> None:
    assert one("やめたい", "お電話ください。").public_candidate
    assert not one("やめたい", "SVへお回しします。お電話ください。").public_candidate


def test_what_was_read_is_looked_at() -> None:
    assert one("やめたい", "お電話ください。").needs_review == ("question_from_heading",)
    assert one("やめたい", "8日以内です。", sure=70).needs_review == (
        "low_confidence",
        "numbers",
        "question_from_heading",
    )
    assert one("やめたい", "8日以内です。", method="text_layer").needs_review == ("question_from_heading",)


def test_a_source_says_where_and_how_sure() -> None:
    (source,) = one("やめたい", "お電話ください。", sure=90).source
    assert (source.page, source.method, source.min_conf) == (1, "ocr", 90.0)
    assert 90.0 < source.confidence < 96.0
    assert source.bbox.y0 < source.bbox.y1


def test_a_key_does_not_depend_on_neighbours_or_edition() -> None:
    first = "== page\n[heading] 返品したい\n[paragraph] 8日以内です。\n"
    added = first.replace("== page\n", "== page\n[heading] 送料はいくら\n[paragraph] 無料です。\n")
    own = entries("title: 手引き第4版\n" + first)[0].origin_key
    assert entries("title: 手引き第5版\n" + added)[1].origin_key == own
    assert entries("title: 別の手引き\n" + first)[0].origin_key != own


def test_the_same_question_twice_has_two_keys() -> None:
    twice = "== page\n[heading] 送料\n[paragraph] 500円です。\n[heading] 送料\n[paragraph] 無料の場合があります。\n"
    assert len({entry.origin_key for entry in entries(twice)}) == 2


def test_a_mark_of_markdown_stays_a_letter() -> None:
    assert "\\*" in one("記号", "*印の商品は対象外です。").answer


def test_an_empty_or_failed_page_has_an_end() -> None:
    result = drafting.draft(notation.read("== page\n== page\n[paragraph] 本文です。\n"), SETTINGS)
    assert [str(page.outcome) for page in result.pages] == ["blank", "no_entry"]


def test_an_entry_names_those_its_pages_and_quotations_send_to() -> None:
    drafted = entries(
        """== page
[heading 1] 故障かな
[table]
| 症状 | 原因 | 処置 | 参照 |
| ランプが点滅する | 異常を検知した | 12ページの「エラー表示」を確認する | |
| 風が弱い | 集じんフィルターの目詰まり | ほこりを吸い取る | 11 |
| 音がする | 強運転になっている | 故障ではありません | － |
[heading 1] 修理の受け付け
[paragraph] 「第4章 保証期間」に沿ってご案内してください。
[page_footer] - 10 -
== page
[table]
| 部位 | 頻度 | 方法 |
| 集じんフィルター | 月1回 | ほこりを吸い取る |
| 加湿フィルター | 月1回 | すすぐ |
[page_footer] - 11 -
== page
[heading 1] エラー表示
[table]
| 表示 | 意味 | 処置 |
| E01 | 異常 | 止める |
| E02 | 転倒 | 置き直す |
[heading 1] 第4章 保証期間
[paragraph] 1年間です。
[page_footer] - 12 -
"""
    )
    of = {entry.origin_key: entry.question for entry in drafted}
    named = {entry.question: [of[key] for key in entry.related] for entry in drafted if entry.related}
    assert named == {
        "ランプが点滅する": ["E01 が表示された", "E02 が表示された"],
        "風が弱い": ["集じんフィルターのお手入れ"],
        "修理の受け付け": ["保証期間"],
    }
