"""The public projection as a plain MkDocs project: Markdown files and a configuration that MkDocs builds as it is.

For a desk that goes on with MkDocs alone. MkDocs passes raw HTML and links of any kind through and puts titles into
its navigation unescaped, so everything that could become markup is written as characters here; what is left is
headings, lists, tables, emphasis, and links to the web, to mail and to entries of the same project.
"""

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from kbtool import messages, safe_yaml
from kbtool.entry import Audience
from kbtool.site.content import SiteContent
from kbtool.site.projection import Projection, PublicEntry, project

_LINK = re.compile(r"(?<!!)\[([^\[\]\n]+)\]\(\s*<?((?:https?://|mailto:)?[A-Za-z0-9@:/?&=%#+~,;._-]+)>?\s*\)")
_OUTSIDE = ("http://", "https://", "mailto:")
_AS_CHARACTERS = {"&": "&amp;", "<": "&lt;", "[": "&#91;", "]": "&#93;"}


def plain_project(content: SiteContent) -> dict[str, str]:
    """All files of the project, name → text; ``ValueError`` for any audience but the public."""
    if content.audience is not Audience.PUBLIC:
        raise ValueError(content.audience)
    shown = project(content)
    names = {entry.address: _name(entry.address) for entry in shown.entries}
    pages = {f"docs/{names[entry.address]}": _entry(entry, names) for entry in shown.entries}
    return {
        "mkdocs.yml": _configuration(shown, names),
        "docs/index.md": "\n".join(_home(shown, names)) + "\n",
        "docs/updates.md": "\n".join(_updates(shown, names)) + "\n",
        **pages,
    }


def _configuration(shown: Projection, names: Mapping[str, str]) -> str:
    settings = shown.source.settings
    nav: list[dict[str, object]] = [{messages.say("site_home"): "index.md"}]
    for category in settings.categories:
        listed = [{html.escape(each.question): names[each.address]} for each in shown.of_category(category)]
        if listed:
            nav.append({html.escape(category.name): listed})
    nav.append({messages.say("site_log"): "updates.md"})
    return safe_yaml.dump(
        {
            "site_name": html.escape(settings.sites.public_title),
            "theme": {"name": "mkdocs", "highlightjs": False},  # its highlighter comes from a server elsewhere
            "plugins": [{"search": {"lang": settings.language}}],
            "use_directory_urls": False,
            "nav": nav,
        },
        block=True,
    )


def _home(shown: Projection, names: Mapping[str, str]) -> Iterator[str]:
    yield f"# {_characters(shown.source.settings.sites.public_title)}"
    for category in shown.source.settings.categories:
        entries = shown.of_category(category)
        if entries:
            yield from ("", f"## {_characters(category.name)}", "")
            yield from (f"- {_link(each.question, each.address, names)}" for each in entries)


def _entry(entry: PublicEntry, names: Mapping[str, str]) -> str:
    known = {link.title: names[link.address] for link in entry.mentions if link.address in names}
    lines = [f"# {_characters(entry.question)}"]
    for part in entry.parts:
        lines += ["", f"## {part.heading}", "", _safe(part.text, known)]
    if entry.related:
        lines += ["", f"## {messages.say('site_related')}", ""]
        lines += [f"- {_link(link.title, link.address, names)}" for link in entry.related]
    if entry.updated_on:
        lines += ["", f"{messages.say('site_updated_on')} {entry.updated_on.isoformat()}"]
    return "\n".join(lines) + "\n"


def _updates(shown: Projection, names: Mapping[str, str]) -> Iterator[str]:
    yield f"# {messages.say('site_log')}"
    yield ""
    for line in sorted(shown.log, key=lambda line: line.date, reverse=True):
        kind, title = messages.say(f"log_{line.kind}"), _link(line.title, line.address, names)
        yield f"- {line.date.isoformat()} {kind} {title} {_characters(line.sentence)}".rstrip()


def _link(title: str, address: str, names: Mapping[str, str]) -> str:
    return f"[{_characters(title)}]({names[address]})" if address in names else _characters(title)


def _safe(text: str, known: Mapping[str, str]) -> str:
    """Markdown without anything a browser could run: markup as characters, links only where they may lead."""
    pieces, end = [], 0
    for match in _LINK.finditer(text):
        target = known.get(match[2]) or (match[2] if match[2].lower().startswith(_OUTSIDE) else "")
        words = _escaped(match[1])
        pieces += [_escaped(text[end : match.start()]), f"[{words}](<{target}>)" if target else words]
        end = match.end()
    return "".join((*pieces, _escaped(text[end:])))


def _characters(text: str) -> str:
    """A title on one line in which nothing is markup."""
    return re.sub(r"([\\`*_{}()#+|!~-])", r"\\\1", _escaped(" ".join(text.split())))


def _escaped(text: str) -> str:
    return "".join(_AS_CHARACTERS.get(character, character) for character in text)


def _name(address: str) -> str:
    return f"{PurePosixPath(address).stem}.md"
