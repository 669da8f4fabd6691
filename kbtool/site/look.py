"""The MkDocs configuration of one site's shell, derived from the project's ``mkdocs.yml``.

MkDocs configurations can run code (hooks, plugins, tags). Only the few keys about looks are taken over, each by
name; everything else is decided here.
"""

import re
from dataclasses import dataclass

from kbtool import safe_yaml
from kbtool.entry import Audience
from kbtool.errors import UsageError
from kbtool.settings import Category
from kbtool.site.wording import Wording

DEFAULT_LOOK = """
theme:
  palette:
    - media: "(prefers-color-scheme)"
    - {media: "(prefers-color-scheme: light)", scheme: default}
    - {media: "(prefers-color-scheme: dark)", scheme: slate}
  icon: {logo: material/lifebuoy}
  features: [navigation.top, toc.follow]
"""
_TOP_KEYS = ("site_name", "theme")
_THEME_KEYS = ("name", "palette", "icon", "features")
_PALETTE_KEYS = ("media", "scheme")
#: Features that only change looks. Instant navigation and friends fetch pages and are left out on purpose.
_FEATURES = ("navigation.top", "toc.follow", "header.autohide", "navigation.footer")
#: Pages of their own that the menu does not name.
_UNLISTED = ("404", "results")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TOGGLES = {
    "(prefers-color-scheme)": ("material/brightness-auto", "palette_light"),
    "(prefers-color-scheme: light)": ("material/weather-sunny", "palette_dark"),
    "(prefers-color-scheme: dark)": ("material/weather-night", "palette_auto"),
}


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One page that MkDocs builds: ``name`` without suffix, ``category`` the navigation item it belongs to."""

    name: str
    parent: str = ""
    hide: tuple[str, ...] = ()


def placeholders(audience: Audience, categories: tuple[Category, ...]) -> tuple[Placeholder, ...]:
    """Every page of the shell: one of a kind, or one for each layout and category."""
    for category in categories:
        if not _SLUG.fullmatch(category.slug):
            raise UsageError("site_slug", name=category.name, slug=category.slug)
    folder = "q" if audience is Audience.PUBLIC else "e"
    pages = [Placeholder("index", hide=("navigation", "toc"))]
    if audience is not Audience.PUBLIC:
        pages += [Placeholder("start"), Placeholder("map"), Placeholder("d/0", parent="map", hide=("toc",))]
    pages += [Placeholder("updates"), *(Placeholder(name, hide=("toc",)) for name in (*_UNLISTED, f"{folder}/0"))]
    for category in categories:
        pages.append(Placeholder(f"c/{category.slug}", hide=("toc",)))
        pages.append(Placeholder(f"{folder}/{category.slug}", parent=f"c/{category.slug}"))
    return tuple(pages)


def token(name: str) -> str:
    """The placeholder that stands in the shell for ``name``."""
    return f"@@kb:{name}@@"


def configuration(look: str, audience: Audience, pages: tuple[Placeholder, ...], wording: Wording) -> dict[str, object]:
    """The derived ``mkdocs.yml`` without its folders; holds no word that anybody but kbtool wrote."""
    theme = _theme(look)
    banner = "" if audience is Audience.PUBLIC else wording(f"banner_{audience}")
    own_pages = [page for page in pages if page.name.count("/") == 0 and page.name not in _UNLISTED]
    own_pages += [page for page in pages if page.name.startswith("c/")]
    return {
        "site_name": token("site"),
        "use_directory_urls": False,
        "nav": [{token(f"nav.{page.name}"): f"{page.name}.md"} for page in own_pages],
        "not_in_nav": "*",
        "validation": {"nav": {"omitted_files": "ignore"}},
        "plugins": ["search"],
        "extra_css": ["assets/kb/kb.css", f"assets/kb/{'public' if audience is Audience.PUBLIC else 'operator'}.css"],
        "extra_javascript": ["assets/kb/site.js"],
        "extra": {
            "generator": False,
            "banner": banner,
            "words": {
                name: wording(name)
                for name in (
                    "menu",
                    "categories",
                    "toc",
                    "search",
                    "path",
                    "results_all_link",
                    "results_failed",
                    "results_weak",
                )
            },
        },
        "theme": {
            "name": "material",
            "language": wording.language,
            "font": False,
            "icon": theme.get("icon", {}),
            "features": theme.get("features", []),
            "palette": [_palette(item, wording) for item in _list(theme.get("palette"), "theme.palette")],
        },
    }


def _theme(look: str) -> dict[str, safe_yaml.Value]:
    given = safe_yaml.load_mapping(look or DEFAULT_LOOK, "mkdocs.yml")
    _only(given, _TOP_KEYS, "")
    theme = given.get("theme") or {}
    if not isinstance(theme, dict):
        raise UsageError("site_look_key", key="theme", known="、".join(_THEME_KEYS))
    _only(theme, _THEME_KEYS, "theme.")
    for feature in _list(theme.get("features"), "theme.features"):
        if feature not in _FEATURES:
            raise UsageError("site_look_key", key=f"theme.features: {feature}", known="、".join(_FEATURES))
    return theme


def _palette(item: safe_yaml.Value, wording: Wording) -> dict[str, object]:
    if not isinstance(item, dict) or str(item.get("media")) not in _TOGGLES:
        raise UsageError("site_look_key", key="theme.palette.media", known="、".join(_TOGGLES))
    _only(item, _PALETTE_KEYS, "theme.palette.")
    icon, words = _TOGGLES[str(item["media"])]
    return {**item, "primary": "custom", "accent": "custom", "toggle": {"icon": icon, "name": wording(words)}}


def _list(value: safe_yaml.Value, key: str) -> list[safe_yaml.Value]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise UsageError("site_look_key", key=key, known="[…]")
    return value


def _only(mapping: dict[str, safe_yaml.Value], known: tuple[str, ...], prefix: str) -> None:
    for key in mapping:
        if key not in known:
            raise UsageError("site_look_key", key=f"{prefix}{key}", known="、".join(known))
