"""What machines read in a page's head: description, canonical address, feeds and schema.org data.

FAQ rich results of the largest engine ended in May 2026; the data serves other engines and readers.
"""

import json
from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import urlsplit

from kbtool.site.chrome import Chrome
from kbtool.site.page import SitePage
from kbtool.site.projection import Link, PublicEntry
from kbtool.text import plain

_SCHEMA = "https://schema.org"


def head(page: SitePage, chrome: Chrome) -> str:
    """Everything that a page adds to its head, as HTML."""
    return "\n".join(_head(page, chrome))


def _head(page: SitePage, chrome: Chrome) -> Iterator[str]:
    if page.description:
        yield f'<meta name="description" content="{escape(page.description)}">'
    if not chrome.public:
        yield '<meta name="robots" content="noindex,nofollow">'
        return
    if page.kind in ("ended", "results") or page.address == "404.html":
        yield '<meta name="robots" content="noindex">'
    yield f'<meta property="og:title" content="{escape(page.title)}">'
    yield f'<meta property="og:type" content="{"article" if page.kind == "entry" else "website"}">'
    if chrome.url:
        yield from _addresses(page, chrome)
    if page.kind == "entry" and isinstance(page.data, PublicEntry):
        yield _json_ld(_faq(page.data, chrome))
        yield _json_ld(_breadcrumbs((chrome.home, *page.trail, Link(page.title, page.address)), chrome))


def _addresses(page: SitePage, chrome: Chrome) -> Iterator[str]:
    if page.address == "404.html":
        # A server shows this page at any depth; the path alone keeps it right on a staging host too.
        yield f'<base href="{escape(urlsplit(chrome.url).path)}">'
        return
    canonical = escape(chrome.absolute(page.address))
    yield f'<link rel="canonical" href="{canonical}">'
    yield f'<meta property="og:url" content="{canonical}">'
    title = escape(chrome.wording("log"))
    yield f'<link rel="alternate feed" type="application/atom+xml" title="{title}" href="{page.root}atom.xml">'
    yield f'<link rel="alternate feed" type="application/feed+json" title="{title}" href="{page.root}feed.json">'


def _faq(entry: PublicEntry, chrome: Chrome) -> dict[str, object]:
    answer = "\n".join(line for part in entry.parts for line in plain.lines(part.text))
    data: dict[str, object] = {
        "@context": _SCHEMA,
        "@type": "FAQPage",
        "inLanguage": chrome.wording.language,
        "mainEntity": [
            {
                "@type": "Question",
                "name": entry.question,
                "acceptedAnswer": {"@type": "Answer", "text": answer},
            }
        ],
    }
    if entry.published_on:
        data["datePublished"] = entry.published_on.isoformat()
    if entry.updated_on:
        data["dateModified"] = entry.updated_on.isoformat()
    return data


def _breadcrumbs(trail: Iterable[Link], chrome: Chrome) -> dict[str, object]:
    items = [
        {"@type": "ListItem", "position": number, "name": link.title}
        | ({"item": chrome.absolute(link.address)} if chrome.url else {})
        for number, link in enumerate(trail, 1)
    ]
    return {"@context": _SCHEMA, "@type": "BreadcrumbList", "itemListElement": items}


def _json_ld(data: dict[str, object]) -> str:
    return f'<script type="application/ld+json">{safe_json(data)}</script>'


def safe_json(data: object) -> str:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
