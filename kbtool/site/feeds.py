"""What other programs read of the public site: Atom, JSON Feed, sitemap and robots.txt.

Written directly, because the known feed library has not been released since 2023. Dates are those of the log, never
of the build, so a rebuild without a change writes the same bytes.
"""

import json
from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from kbtool.site.chrome import Chrome
from kbtool.site.page import SitePage
from kbtool.site.pages import Row, rows
from kbtool.site.projection import Projection

#: Feed readers keep what they saw; a feed holds the newest lines only.
FEED_LINES = 50
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def files(projection: Projection, pages: tuple[SitePage, ...], chrome: Chrome) -> dict[str, str]:
    """Address → text of every feed file of this site."""
    if not chrome.public:
        return {"robots.txt": "User-agent: *\nDisallow: /\n"}
    if not chrome.url:
        return {}
    lines = rows(projection)[:FEED_LINES]
    return {
        "atom.xml": _atom(lines, chrome),
        "feed.json": _json_feed(lines, chrome),
        "sitemap.xml": _sitemap(projection, pages, chrome),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {chrome.absolute('sitemap.xml')}\n",
    }


def _title(row: Row, chrome: Chrome) -> str:
    return _plain(f"{chrome.wording(f'kind_{row.line.kind}')}: {row.line.title}")


def _place(row: Row, chrome: Chrome) -> str:
    return chrome.absolute(f"updates.html#{row.anchor}")


def _stamp(day: date) -> str:
    return f"{day.isoformat()}T00:00:00+09:00"


def _plain(text: str) -> str:
    """XML has no place for control characters, escaped or not."""
    return "".join(character for character in text if character >= " " and character not in "\ufffe\uffff")


def _atom(lines: tuple[Row, ...], chrome: Chrome) -> str:
    def element(row: Row) -> Iterator[str]:
        place = _place(row, chrome)
        yield f"  <entry>\n    <id>{escape(place)}</id>\n    <title>{escape(_title(row, chrome))}</title>"
        yield f"    <updated>{_stamp(row.line.date)}</updated>"
        yield f"    <link href={quoteattr(chrome.absolute(row.address) if row.address else place)}/>"
        yield f"    <summary>{escape(_plain(row.line.sentence))}</summary>\n  </entry>"

    newest = lines[0].line.date if lines else date(2000, 1, 1)
    head = [
        f'{_HEAD}<feed xmlns="http://www.w3.org/2005/Atom">',
        f"  <id>{escape(chrome.url)}</id>",
        f"  <title>{escape(_plain(chrome.title))}</title>",
        f"  <updated>{_stamp(newest)}</updated>",
        f"  <author><name>{escape(_plain(chrome.company.name))}</name></author>",
        f'  <link rel="self" href={quoteattr(chrome.absolute("atom.xml"))}/>',
    ]
    return "\n".join([*head, *(text for row in lines for text in element(row)), "</feed>\n"])


def _json_feed(lines: tuple[Row, ...], chrome: Chrome) -> str:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": chrome.title,
        "home_page_url": chrome.url,
        "feed_url": chrome.absolute("feed.json"),
        "language": chrome.wording.language,
        "items": [
            {
                "id": _place(row, chrome),
                "url": chrome.absolute(row.address) if row.address else _place(row, chrome),
                "title": _title(row, chrome),
                "content_text": row.line.sentence or row.line.title,
                "date_published": _stamp(row.line.date),
            }
            for row in lines
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"


def _sitemap(projection: Projection, pages: tuple[SitePage, ...], chrome: Chrome) -> str:
    changed = {entry.address: entry.updated_on for entry in projection.entries}
    parts = [f'{_HEAD}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for page in pages:
        if page.kind in ("ended", "results") or page.address == "404.html":
            continue
        day = changed.get(page.address)
        modified = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        parts.append(f"  <url><loc>{escape(chrome.absolute(page.address))}</loc>{modified}</url>")
    return "\n".join([*parts, "</urlset>\n"])
