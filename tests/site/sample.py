"""A small fictional knowledge base: three categories, eight entries, one scanned document."""

# ruff: noqa: E501

import io
from dataclasses import replace
from datetime import date

from PIL import Image, ImageDraw

from kbtool.document import Box
from kbtool.entry import (
    Audience,
    Entry,
    EntryType,
    Escalation,
    HistoryItem,
    Product,
    Section,
    Source,
    Status,
)
from kbtool.knowledge.ledger import LineKind
from kbtool.knowledge.safety_notes import SafetyNote
from kbtool.settings import Category, Company, Settings, Sites
from kbtool.site.content import (
    Contact,
    LogLine,
    ShownDocument,
    ShownEntry,
    ShownPage,
    SiteContent,
    Term,
    Tombstone,
    address,
)

TODAY = date(2026, 11, 20)
GREENS = Product("みどりノート青汁 30包")
AIR = Product("加湿空気清浄機 そよぎ", ("KD-H500", "KD-H500W"))
SETTINGS = Settings(
    company=Company(
        name="株式会社架空堂ライフ お客様相談室",
        phone="0120-000-000",
        hours="平日 9:00〜18:00（土日祝を除く）",
        contact_url="https://kakuudo.example/contact",
        notice="見本データ・実在の会社や人とは関係ありません",
    ),
    categories=(
        Category("定期コースのお休み・変更", "teiki"),
        Category("お支払い・返品", "shiharai"),
        Category("空気清浄機の使い方", "kuki"),
    ),
    sites=Sites(public_title="よくあるご質問", internal_title="業務ナレッジ", public_url="https://kakuudo.example/faq"),
    allowed_contacts=("0120-000-000",),
)


def source(page: int, top: float, confidence: float = 94.2, low: float = 86.0) -> Source:
    return Source(
        "gyomu-4", "0" * 64, page, Box(0.09, top, 0.91, top + 0.12), "ocr", "tesseract-5.3/jpn", confidence, low, "h"
    )


def entry(number: int, question: str, category: str, *sections: tuple[str, str], **more: object) -> Entry:
    given: dict[str, object] = {
        "audience": Audience.PUBLIC,
        "status": Status.PUBLISHED,
        "public_id": f"q{number:04}",
        "owner": "定期コース担当",
        "author": "a.mihon",
        "approved_by": "b.reiji",
        "review_by": date(2027, 5, 1),
        "verified_on": date(2026, 11, 2),
    }
    parts = tuple(Section(heading, text) for heading, text in sections)
    return Entry(
        id=f"KB-{number:04}",
        type=EntryType.QA,
        question=question,
        sections=parts,
        category=category,
        **(given | more),  # type: ignore[arg-type]
    )


ENTRIES = (
    entry(
        1, "定期コースを1回だけ休みたい", "定期コースのお休み・変更",
        ("回答", "はい、お休みできます。**次回お届け予定日の8日前**までにご連絡ください。\n\nお休みは続けて3回までです。"),
        ("手順", "1. マイページを開きます。\n2. 「お届けの変更」を選びます。\n3. 休みたい回を選び、「次回を休む」を押します。"),
        ("ご注意", "8日前を過ぎると、次回の分は発送の準備に入っています。詳しくは[定期コースの周期](KB-0002)をご覧ください。"),
        ("確認ポイント", "1. お名前と会員番号\n2. 次回お届け予定日\n3. 理由は無理に聞かない"),
        ("トークスクリプト", "「お休みでございますね。次回は◯月◯日のお届け予定ですので、\nただ今でしたら承れます。」"),
        ("社内メモ", "3回を超える休止の申し出は、休止ではなく周期変更を先に案内する。粗利の下限は倉庫課の表を参照。"),
        variants=("次回のお届けをスキップしたい", "来月は要らない", "休止"),
        products=(GREENS,), channels=("電話", "メール"), tags=("must_know",), source=(source(1, 0.2),),
        related=("KB-0002",),
        escalation=(Escalation("体調の変化の訴えがあったとき", "品質保証課", "即時", "内線 見本81"),),
        history=(HistoryItem(date(2026, 11, 2), "changed", "a.mihon", "受付期限の書き方をわかりやすくしました", "版差し替え"),),
    ),
    entry(
        2, "お届けの周期を変えたい", "定期コースのお休み・変更",
        ("回答", "30日ごと・45日ごと・60日ごとから選べます。\n\n| 周期 | 1回のお届け | 送料 |\n|:--|--:|--:|\n| 30日ごと | 1箱 | 無料 |\n| 45日ごと | 1箱 | 無料 |\n| 60日ごと | 2箱 | 無料 |"),
        ("判断基準", "在庫過多の申し出は60日ごとを先に案内する。解約の申し出には使わない。"),
        products=(GREENS,), source=(source(1, 0.5, 91.0, 62.0),), related=("KB-0001",), tags=("must_know",),
    ),
    entry(
        3, "解約の連絡はいつまでにすればよいか", "定期コースのお休み・変更",
        ("回答", "次回お届け予定日の8日前までにお電話でご連絡ください。解約の手数料はかかりません。"),
        ("トークスクリプト", "「承知いたしました。差し支えなければ、今後の改善のために理由をお聞かせください。」引き止めは1回まで。"),
        products=(GREENS,), source=(source(2, 0.3, 88.0, 58.0),), legal_check="done",
    ),
    entry(
        4, "届いた商品を返品したい", "お支払い・返品",
        ("回答", "お届けから8日以内で、開封していないものは返品できます。送料はお客様のご負担です。"),
        ("ご注意", "食品のため、開封したものの返品はお受けできません。"),
        ("社内メモ", "2021年4月の訂正印により返送料の負担者が変わった。旧版の記述は使わない。"),
        products=(GREENS,), source=(source(2, 0.6),), needs_review=("stamp", "numbers"),
    ),
    entry(
        5, "代金引換は使えますか", "お支払い・返品",
        ("回答", "はい、使えます。手数料は1回330円（税込）です。"),
        status=Status.DRAFT, audience=Audience.INTERNAL, public_id="", needs_review=("low_confidence",),
        source=(source(2, 0.8, 71.0, 40.0),),
    ),
    entry(
        6, "E03が表示されて運転しない", "空気清浄機の使い方",
        ("回答", "水タンクのフロートが下がったままになっています。次の順に確かめてください。"),
        ("原因と処置", "| 表示 | 原因 | 処置 |\n|---|---|---|\n| E03 | 給水の検知ができない | フロートを掃除し、タンクを入れ直す |\n| E04 | 加湿フィルターの目詰まり | クエン酸で洗う |"),
        ("ご注意", "掃除の前に必ず電源プラグを抜いてください。"),
        ("確認ポイント", "1. 型番\n2. 表示が出た時期\n3. 水の種類"),
        products=(AIR,), safety=True, tags=("must_know",), related=("KB-0007",),
        escalation=(Escalation("発煙・異臭の訴えがあったとき", "品質保証課", "即時", "直通 見本82"),),
    ),
    entry(
        7, "加湿フィルターはどう洗うか", "空気清浄機の使い方",
        ("回答", "2週間に1回、ぬるま湯で押し洗いします。白い固まりがあるときはクエン酸を使います。"),
        ("手順", "1. 電源プラグを抜きます。\n2. タンクを外し、フィルターを引き出します。\n3. ぬるま湯3Lにクエン酸18gを溶かし、2時間つけます。\n4. 水ですすぎ、戻します。"),
        products=(AIR,), related=("KB-0006",),
    ),
    replace(
        entry(
            8, "本人確認の手順", "お支払い・返品",
            ("確認ポイント", "1. お名前\n2. ご登録の電話番号\n3. 直近のご注文内容を先方から言っていただく"),
            ("社内メモ", "三つのうち二つがそろわないときは、折り返しを案内して管理者に引き継ぐ。"),
            source=(source(3, 0.2),), review_by=date(2026, 10, 1), tags=("must_know",),
        ),
        audience=Audience.INTERNAL, status=Status.APPROVED, public_id="", type=EntryType.PROCEDURE,
    ),
)  # fmt: skip


def page_image(number: int) -> bytes:
    """A drawn page of a manual, as WebP."""
    picture = Image.new("L", (620, 877), 246)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((56, 60, 330 + 20 * number, 84), fill=70)
    for line in range(24):
        top = 130 + line * 28
        draw.rectangle((56, top, 300 + (line * 97 + number * 31) % 260, top + 9), fill=150)
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=60)
    return buffer.getvalue()


def document() -> ShownDocument:
    pages = tuple(
        ShownPage(number, page_image(number), f"第{number}章 見本の文字\n受付と手配") for number in (1, 2, 3, 4)
    )
    notes = (SafetyNote((AIR.name,), "警告", "吹出口に指を入れない。", 3),)
    return ShownDocument("gyomu-4", "業務マニュアル", "第4版", pages, safety_notes=notes)


def log(audience: Audience) -> tuple[LogLine, ...]:
    def line(day: date, kind: LineKind, number: int, sentence: str, note: str = "") -> LogLine:
        return LogLine(day, kind, ENTRIES[number - 1].question, sentence, address(audience, ENTRIES[number - 1]),
                       f"KB-{number:04}", "a.mihon", note)  # fmt: skip

    return (
        line(date(2026, 7, 15), LineKind.ADDED, 1, "定期コースのお休みのしかたを掲載しました。"),
        line(date(2026, 7, 15), LineKind.ADDED, 6, "表示E03が出たときの直しかたを掲載しました。"),
        line(date(2026, 9, 3), LineKind.CORRECTED, 4, "返品の送料のご負担について、誤りを訂正しました。", "訂正印の読み落とし"),
        line(date(2026, 10, 8), LineKind.IMPROVED, 7, "「洗い方がわからない」とのご指摘を受け、手順に水の量を加えました。"),
        line(date(2026, 11, 2), LineKind.CHANGED, 1, "受付期限の書き方をわかりやすくしました。", "版差し替え"),
        line(date(2026, 11, 10), LineKind.CHECKED, 2, "内容に変わりがないことを確かめました。"),
        LogLine(date(2026, 11, 12), LineKind.RETIRED, "はがきで申し込みたい", "はがきでの受付の終了にともない、掲載を終了しました。",
                "q/q0009.html" if audience is Audience.PUBLIC else "e/KB-0009.html"),
    )  # fmt: skip


def shown(entries: tuple[Entry, ...], audience: Audience) -> tuple[ShownEntry, ...]:
    return tuple(
        ShownEntry(
            one, address(audience, one), date(2026, 7, 15), date(2026, 11, 2),
            f"q/{one.public_id}.html" if one.public_id else "",
        )
        for one in entries
        if audience.includes(one.audience) and (audience is Audience.INTERNAL or one.status is Status.PUBLISHED)
    )  # fmt: skip


def content(audience: Audience, entries: tuple[Entry, ...] = ENTRIES) -> SiteContent:
    public = audience is Audience.PUBLIC
    stone = Tombstone(
        "q/q0009.html" if public else "e/KB-0009.html", "はがきで申し込みたい", date(2026, 11, 12),
        address(audience, ENTRIES[0]),
    )  # fmt: skip
    return SiteContent(
        audience=audience,
        settings=SETTINGS,
        today=TODAY,
        entries=shown(entries, audience),
        log=log(audience),
        documents=() if public else (document(),),
        tombstones=(stone,),
        contacts=() if public else (Contact("品質保証課", "内線 見本81", "9:00〜17:30", "発煙・体調の訴えはすぐに"),),
        glossary=()
        if public
        else (Term("フロート", "水位を知らせる浮き"), Term("休止", "次の1回だけお届けを休むこと")),
    )
