"""What an entry is about: category and products from the settings' words, safety, and whether the public may ask it."""

import re
import unicodedata
from collections.abc import Sequence

from kbtool.document import Document, Kind
from kbtool.drafting.model import Draft
from kbtool.drafting.wording import plain
from kbtool.entry import EntryType, Product
from kbtool.settings import Category, ProductName, Settings

_DANGER = re.compile(
    r"(?<![ァ-ヶ])煙(?!草)|発煙|焦げ|こげくさ|発火|出火|火花|炎|火災|感電|やけど|火傷"
    r"|健康被害|体調(?:の変化|不良)|発疹|アレルギー|アナフィラキシー|救急"
)
#: Lists and codes name dangers only as examples.
_LISTS = frozenset({EntryType.CODE_TABLE, EntryType.DECISION_TABLE})
_PUBLIC_TYPES = frozenset({EntryType.QA, EntryType.TROUBLE, EntryType.ERROR_CODE, EntryType.CARE})
_INTERNAL = re.compile(
    r"SV(?![A-Za-z])|スーパーバイザー|エスカレーション|オペレーター|引き止め|社外秘|部外秘|内線|トーク|理由コード"
    r"|お問い合わせ票|受付票|上長|上席|管理者に|社内|原価|仕入|本人確認"
)


#: A longer heading is a sentence.
_LONGEST_TAG = 24
#: What a hyphen of a model may be printed or read as.
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—−ー", "-"))


def category(question: str, headings: Sequence[str], body: str, settings: Settings) -> Category:
    """The category whose word stands last in the question, else in the nearest heading, else in the body.

    A Japanese sentence says at its end what it is about, so 「定期コースを解約したい」 belongs to 解約.
    """
    found = (_category_of(text, settings) for text in (question, *headings, body))
    return next(filter(None, found), settings.fallback)


def _category_of(text: str, settings: Settings) -> Category | None:
    folded = plain(text)
    places = [
        (folded.rfind(plain(word)) + len(plain(word)), len(plain(word)), -order)
        for order, one in enumerate(settings.categories)
        for word in one.keywords
        if plain(word) in folded
    ]
    return settings.categories[-max(places)[2]] if places else None


def tags(chapters: Sequence[str]) -> tuple[str, ...]:
    """What the chapters above an entry are called, the nearest first."""
    return tuple(dict.fromkeys(text for text in chapters if len(text) <= _LONGEST_TAG))


def of_document(document: Document, settings: Settings) -> tuple[ProductName, ...]:
    """Products a whole document is about: those its title, file name or running headers name."""
    names = [document.title, *(source.name for source in document.sources)]
    running = [block.text for page in document.pages for block in page.blocks if block.kind is Kind.PAGE_HEADER]
    return tuple(product for product in settings.products if any(_names(product, text) for text in names + running))


def products(draft: Draft, about: Sequence[ProductName], settings: Settings) -> tuple[Product, ...]:
    """The products of an entry: those of its document, else those it names, with the models it names or all."""
    if about:
        return tuple(Product(product.name, product.models) for product in about)
    text = f"{draft.question}\n{draft.body}"
    return tuple(
        Product(product.name, _models(product, text) or product.models)
        for product in settings.products
        if _names(product, text)
    )


def _names(product: ProductName, text: str) -> bool:
    words = (plain(word) for word in (product.name, *product.aliases))
    return any(word and word.casefold() in plain(text).casefold() for word in words) or bool(_models(product, text))


def _models(product: ProductName, text: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", text).translate(_HYPHENS)
    return tuple(
        model
        for model in product.models
        if re.search(rf"(?<![0-9A-Za-z]){re.escape(model.translate(_HYPHENS))}(?![0-9A-Za-z])", folded, re.IGNORECASE)
    )


def is_danger(draft: Draft) -> bool:
    """Whether the entry tells of smoke, fire, burning or harm to health."""
    text = draft.question if draft.type in _LISTS else f"{draft.question}\n{draft.body}"
    return bool(_DANGER.search(plain(text)))


def is_public_candidate(draft: Draft) -> bool:
    """A hint for the writer: a kind customers ask for, without the house's own words."""
    return draft.type in _PUBLIC_TYPES and not _INTERNAL.search(plain(f"{draft.question}\n{draft.body}"))
