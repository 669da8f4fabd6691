"""Every setting with its default and its documentation, in one place.

``kb/settings.yml`` is read into these frozen dataclasses (``settings_file``) and its values are judged
(``settings_checks``). ``init`` writes the commented file from the same fields, so file and code cannot part.
"""

import unicodedata
from dataclasses import MISSING, dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from kbtool.page_ranges import page_ranges

#: Where the settings lie in a project; every message names it.
WHERE = "kb/settings.yml"


def _setting(
    doc: str, default: Any = MISSING, factory: Any = MISSING, items: type | None = None, example: str = ""
) -> Any:
    metadata = {"doc": doc, "items": items, "example": example}
    if factory is not MISSING:
        return field(default_factory=factory, metadata=metadata)
    return field(metadata=metadata) if default is MISSING else field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Company:
    """Who runs the desk; shown at the foot of every public page."""

    name: str = _setting("会社名・窓口名（公開サイトの末尾に出ます）", "お客様相談室")
    phone: str = _setting("公開してよい電話番号", "")
    hours: str = _setting("受付時間", "")
    contact_url: str = _setting("問い合わせフォームのURL（https）", "")
    notice: str = _setting("全ページの末尾に出す一文", "")


@dataclass(frozen=True, slots=True)
class Category:
    """A heading customers know; ``slug`` is its folder and address and never changes."""

    name: str = _setting("分類名（お客様の言葉で）")
    slug: str = _setting("英小文字・数字・ハイフンの短い名前（フォルダ名とURLになり、あとで変えない）")
    review_days: int = _setting("見直しの周期（日）", 365)
    keywords: tuple[str, ...] = _setting("この分類を示す言葉（下書きの分類に使う）", ())
    legal_check: bool = _setting("一般公開の前に法務の確認（legal_check: done）が要る（解約・健康・返金など）", False)
    owner: str = _setting("この分類に責任を持つ係（項目に owner がないとき）", "")


OTHER = Category(name="その他", slug="other")


@dataclass(frozen=True, slots=True)
class ProductName:
    """A product, its models and the spellings that mean it."""

    name: str = _setting("商品名（正式な表記）")
    models: tuple[str, ...] = _setting("型番", ())
    aliases: tuple[str, ...] = _setting("別の書き方", ())


@dataclass(frozen=True, slots=True)
class OcrDocument:
    """A document, or some of its pages, read with another engine than the rest."""

    file: str = _setting("ファイル名（* と ? が使える。フォルダも書くと source_manuals/ からの道）")
    engine: str = _setting("auto | ppocr | tesseract")
    pages: str = _setting('ページ（例 "3-5,8"。空なら全ページ）', "")

    def is_for(self, name: str, page: int) -> bool:
        """Whether it speaks of a page of the source ``name`` (its path below source_manuals/, with slashes)."""
        path = name if "/" in self.file else name.rpartition("/")[2]
        fits = fnmatchcase(_plain(path), _plain(self.file))
        return fits and (not self.pages or any(page in each for each in page_ranges(self.pages)))


@dataclass(frozen=True, slots=True)
class Ocr:
    """How scanned pages are read."""

    engine: str = _setting("auto（PP-OCR優先、疑わしい行はTesseractにも聞く）| ppocr | tesseract", "auto")
    languages: tuple[str, ...] = _setting("Tesseractの言語データ", ("jpn",))
    dpi: int = _setting("ページ画像を読むときの細かさ（dpi）", 300)
    documents: tuple[OcrDocument, ...] = _setting(
        "資料やページごとのエンジン（上から見て、最初に当てはまるものを使う）",
        (),
        items=OcrDocument,
        example='{file: 業務マニュアル*.pdf, pages: "3-5,8", engine: tesseract}',
    )
    doubtful_below: float = _setting("この確信度（%）より低い行は別のエンジンにも聞く", 70.0)
    review_below: float = _setting("この確信度（%）より低い語は人の確認が要る（90まで）", 80.0)

    def engine_for(self, name: str, page: int) -> str:
        """The engine that reads a page of a source."""
        return next((each.engine for each in self.documents if each.is_for(name, page)), self.engine)


def _plain(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


@dataclass(frozen=True, slots=True)
class Review:
    """When entries must be looked at again."""

    safety_days: int = _setting("安全・法務に関わる項目の見直し周期（日）", 90)
    due_days: int = _setting("期限の何日前から「まもなく期限」とするか", 14)
    pace_days: int = _setting("何日さかのぼって確認の速さを測るか", 84)
    hours_a_day: float = _setting("確認の作業にあてる時間（1日あたり）", 2.0)


@dataclass(frozen=True, slots=True)
class Freshness:
    """How long the public update log may be silent."""

    warn_days: int = _setting("更新が何日途絶えたら注意するか", 30)
    error_days: int = _setting("更新が何日途絶えたら誤りとするか", 60)
    open_days: int = _setting("対応の終わらない改善報告を何日そのままにしたら注意するか", 45)
    overdue_percent: int = _setting("公開項目の何％が見直し期限を過ぎたら注意するか", 10)


@dataclass(frozen=True, slots=True)
class Checks:
    """The words and measures of ``kbtool check``."""

    question_length: int = _setting("質問の長さの上限（字）", 60)
    answer_length: int = _setting("公開する回答の長さの上限（字、手順や表のあるものを除く）", 400)
    vague_endings: tuple[str, ...] = _setting(
        "質問の終わりに使わない言葉", ("について", "に関して", "に関すること", "の件", "のこと", "関連", "その他")
    )
    empty_openings: tuple[str, ...] = _setting(
        "答えにならない書き出し", ("お問い合わせ", "いつも", "平素", "この度は", "このたびは", "お世話になって")
    )
    claims: tuple[str, ...] = _setting(
        "効能・効果をうたう言葉（健康食品などを扱わないなら []）",
        ("治る", "治す", "効く", "痩せる", "やせる", "改善する", "若返る", "完治する", "副作用はない"),
    )
    cancel_words: tuple[str, ...] = _setting("解約を表す言葉", ("解約", "退会", "定期をやめ", "定期便をやめ"))
    obstruction: tuple[str, ...] = _setting(
        "解約を妨げると受け取られる言葉",
        ("解約できません", "解約はできません", "お受けできません", "お考え直し", "理由をお聞かせいただくまで"),
    )
    tags: tuple[str, ...] = _setting("項目に付けてよい札", ("must_know",))
    one_person_percent: int = _setting("1人・1つの係が何％以上を受け持ったら注意するか", 60)
    one_person_entries: int = _setting("それを調べるのに要る項目の数", 10)


@dataclass(frozen=True, slots=True)
class Sites:
    """The published sites."""

    public_title: str = _setting("公開サイトの題名", "よくあるご質問")
    internal_title: str = _setting("オペレーター向けサイトの題名", "業務ナレッジ")
    public_url: str = _setting("公開サイトのURL（正規アドレスとサイトマップに使う）", "")


@dataclass(frozen=True, slots=True)
class Search:
    """How the search of the command line finds."""

    engine: str = _setting("auto（大きければ tantivy、なければ whoosh）| whoosh | tantivy", "auto")


@dataclass(frozen=True, slots=True)
class Settings:
    """The whole of ``kb/settings.yml``."""

    company: Company = _setting("会社と窓口", factory=Company)
    language: str = _setting("画面と文書の言語 ja | en", "ja")
    timezone: str = _setting("日付を決める時間帯（例 Asia/Tokyo、UTC）", "Asia/Tokyo")
    categories: tuple[Category, ...] = _setting(
        "分類（末尾は、どれにも当たらない項目の置き場所）",
        factory=lambda: (OTHER,),
        items=Category,
        example="{name: 解約, slug: cancel, review_days: 180, keywords: [解約, やめたい]}",
    )
    products: tuple[ProductName, ...] = _setting(
        "商品と型番",
        (),
        items=ProductName,
        example="{name: 加湿空気清浄機 そよぎ, models: [KD-H500], aliases: [そよぎ, 加湿器]}",
    )
    ocr: Ocr = _setting("紙の読み取り", factory=Ocr)
    review: Review = _setting("見直し", factory=Review)
    freshness: Freshness = _setting("更新履歴の鮮度", factory=Freshness)
    checks: Checks = _setting("点検（kbtool check）", factory=Checks)
    search: Search = _setting("検索", factory=Search)
    sites: Sites = _setting("サイト", factory=Sites)
    allowed_contacts: tuple[str, ...] = _setting("個人情報とみなさない自社の番号・アドレス", ())
    internal_words: tuple[str, ...] = _setting(
        "公開する文にあってはならない社内の言葉", ("社内限り", "社外秘", "部外秘", "内線", "引き止め")
    )
    handover_date: date | None = _setting("業務の引き継ぎ・委託を始める日", None)

    @property
    def fallback(self) -> Category:
        """Where an entry goes that fits no category: the last one."""
        return self.categories[-1]

    def category(self, name: str) -> Category | None:
        """The category of that name, if it is configured."""
        return next((category for category in self.categories if category.name == name), None)
