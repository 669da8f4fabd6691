"""What settings cannot mean, though each value is of the right kind.

Separate from their reading: here is what kbtool knows of slugs, time zones, addresses and engines.
"""

import re
from collections.abc import Iterator
from typing import TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from kbtool.limits import DOUBTS_KEPT_BELOW
from kbtool.messages import LANGUAGES
from kbtool.page_ranges import page_ranges
from kbtool.reading import ENGINE_GROUP
from kbtool.settings import Category, Ocr, Settings

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_HTTPS = re.compile(r"https://[^\s/?#]+[^\s]*")
_OWN_ENGINES = ("auto", "ppocr", "tesseract")
_SEARCH_ENGINES = ("auto", "whoosh", "tantivy")

#: Code, key, value, what is allowed.
_Unsound: TypeAlias = tuple[str, str, object, dict[str, object]]


def unsound(found: Settings) -> Iterator[_Unsound]:
    """Values of the right kind that cannot be meant."""
    if found.language not in LANGUAGES:
        yield "settings_choice", "language", found.language, {"allowed": " | ".join(LANGUAGES)}
    yield from _unsound_ocr(found.ocr)
    if found.search.engine not in _SEARCH_ENGINES:
        yield "settings_choice", "search.engine", found.search.engine, {"allowed": " | ".join(_SEARCH_ENGINES)}
    if not _is_time_zone(found.timezone):
        yield "settings_timezone", "timezone", found.timezone, {}
    for key, url in (("company.contact_url", found.company.contact_url), ("sites.public_url", found.sites.public_url)):
        if url and not _HTTPS.fullmatch(url):
            yield "settings_https", key, url, {}
    yield from _unsound_categories(found.categories)


def _unsound_ocr(ocr: Ocr) -> Iterator[_Unsound]:
    named = [("ocr", ocr.engine), *((f"ocr.documents[{n}]", each.engine) for n, each in enumerate(ocr.documents))]
    for key, engine in named:
        if engine not in _OWN_ENGINES and engine not in (known := _engines()):
            yield "settings_choice", f"{key}.engine", engine, {"allowed": " | ".join(known)}
    for number, each in enumerate(ocr.documents):
        if each.pages and not _are_pages(each.pages):
            yield "settings_pages", f"ocr.documents[{number}].pages", each.pages, {}
    if not 72 <= ocr.dpi <= 600:
        yield "settings_range", "ocr.dpi", ocr.dpi, {"low": 72, "high": 600}
    if not 0 <= ocr.review_below <= DOUBTS_KEPT_BELOW:
        limits: dict[str, object] = {"low": 0, "high": int(DOUBTS_KEPT_BELOW)}
        yield "settings_range", "ocr.review_below", ocr.review_below, limits


def _engines() -> tuple[str, ...]:
    """All that can be chosen, other people's engines too; asked only where a name is not one of kbtool's own."""
    import importlib.metadata  # with it comes a reader of mail, which every command would wait for

    found = importlib.metadata.entry_points(group=ENGINE_GROUP).names
    return (*_OWN_ENGINES, *sorted(found - set(_OWN_ENGINES)))


def _are_pages(text: str) -> bool:
    try:
        return bool(page_ranges(text))
    except ValueError:
        return False


def _unsound_categories(categories: tuple[Category, ...]) -> Iterator[_Unsound]:
    if not categories:
        yield "settings_items", "categories", [], {"keys": "name, slug, review_days, keywords"}
    for number, category in enumerate(categories):
        if not _SLUG.fullmatch(category.slug):
            yield "settings_slug", f"categories[{number}].slug", category.slug, {}
        for name in ("name", "slug"):
            value = getattr(category, name)
            if value in (getattr(earlier, name) for earlier in categories[:number]):
                yield "settings_twice", f"categories[{number}].{name}", value, {}


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of zones, or a name no file can have
        return False
    return True
