"""An entry's Markdown as HTML that cannot do anything.

Three nets, because everybody's text is hostile here: the parser knows no raw HTML and no pictures, links go only to
http(s), mailto and entries of this site, and nh3 passes nothing but the tags below.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from kbtool.text import plain

_TAGS = {
    *("p", "br", "hr", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "a"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "div"),
}
_ATTRIBUTES = {
    "a": {"href"},
    "ol": {"start"},
    "table": {"class"},
    "th": {"class", "scope"},
    "td": {"class"},
    "div": {"class", "tabindex", "role", "aria-label"},
}
_OUTSIDE = re.compile(r"(?:https?://|mailto:)[^\s\\]+", re.IGNORECASE)


def to_html(text: str, entries: Mapping[str, str], table_label: str) -> str:
    """Render Markdown; ``entries`` maps ids of this site's entries to their addresses as seen from the page.

    A link to anything else loses its target and keeps its words.
    """
    parser = _parser()
    tokens = parser.parse(text)
    _settle(tokens, entries)
    rendered: str = parser.renderer.render(tokens, parser.options, {"table_label": table_label})
    return nh3.clean(
        rendered,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )


def _parser() -> MarkdownIt:
    parser = plain.parser()
    parser.validateLink = _any_link  # type: ignore[method-assign]
    parser.add_render_rule("table_open", _open_table)
    parser.add_render_rule("table_close", _close_table)
    return parser


def _any_link(url: str) -> bool:
    """Links are judged in ``_judge``, where the entries of the site are known."""
    return True


def _settle(tokens: Sequence[Token], entries: Mapping[str, str]) -> None:
    """Put headings below the section's own, judge links, and turn cell alignment into classes."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
        if token.tag in ("th", "td") and token.nesting == 1:
            _align(token)
        for child in token.children or ():
            if child.type == "link_open":
                _judge(child, entries)


def _judge(link: Token, entries: Mapping[str, str]) -> None:
    wanted = str(link.attrs.get("href", ""))
    target = entries.get(wanted) or (wanted if _OUTSIDE.fullmatch(wanted) else "")
    link.attrs = {"href": target} if target else {}


def _align(cell: Token) -> None:
    style = str(cell.attrs.get("style", ""))
    cell.attrs = {"scope": "col"} if cell.tag == "th" else {}
    if style:
        cell.attrs["class"] = "kb-" + style.rpartition(":")[2]


def _open_table(_self: RendererHTML, _tokens: Sequence[Token], _index: int, _options: OptionsDict, env: EnvType) -> str:
    """A wide table scrolls in its own box, which the keyboard can reach."""
    label: Any = env["table_label"]
    return f'<div class="kb-table" tabindex="0" role="region" aria-label="{label}"><table class="kb-grid">\n'


def _close_table(*_: object) -> str:
    return "</table></div>\n"


Renderer = Callable[[str], str]


def renderer(entries: Mapping[str, str], table_label: str) -> Renderer:
    """``to_html`` with everything but the text settled, for templates."""
    return partial(to_html, entries=entries, table_label=table_label)
