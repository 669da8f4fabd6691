"""A page from its data: template, frame, bytes.

The key of a page is the hash of everything that goes into it, so a page whose key is in the cache need not be made,
and what is made anew has the same bytes as a build from nothing.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from kbtool.entry import PUBLIC_SECTIONS
from kbtool.site import structured
from kbtool.site.chrome import Chrome
from kbtool.site.markup import renderer
from kbtool.site.page import SitePage
from kbtool.site.shell import Shell

_TEMPLATES = Path(__file__).parent / "templates"
#: No page loads anything from elsewhere; the only inline scripts are the theme's own, by hash.
_POLICY = (
    "default-src 'self'; script-src 'self' {hashes}; style-src 'self'; img-src 'self' data:; worker-src 'self' blob:; "
    "object-src 'none'; frame-src 'none'; base-uri 'self'; form-action 'self'"
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Makes pages of one site."""

    chrome: Chrome
    shell: Shell
    _seed: bytes = field(init=False, repr=False)
    _constants: dict[str, str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        seed = repr((self.chrome, self.shell.fingerprint, _sources())) + self.chrome.wording.all()
        object.__setattr__(self, "_seed", hashlib.sha256(seed.encode()).digest())
        object.__setattr__(self, "_constants", self._same_everywhere())

    def key(self, page: SitePage) -> str:
        """Hash of all that decides the bytes of a page."""
        return hashlib.sha256(self._seed + repr(page).encode("utf-8", "surrogatepass")).hexdigest()

    def render(self, page: SitePage) -> str:
        """The whole page as HTML."""
        frame = self.shell.frames[page.frame]
        values = {
            **self._constants,
            "csp": escape(_POLICY.format(hashes=" ".join(frame.script_hashes))),
            "head": structured.head(page, self.chrome),
            "title": escape(self._window_title(page)),
            "path": self._template("path.html", page),
            "body": self._template(page.template, page),
            "toc": self._template("toc.html", page),
        }
        return frame.fill(values)

    def _window_title(self, page: SitePage) -> str:
        return page.title if page.kind == "home" else f"{page.title} | {self.chrome.title}"

    def _same_everywhere(self) -> dict[str, str]:
        names = {f"nav.{link.address}": escape(link.title) for link in self.chrome.navigation}
        footer = _environment().get_template("footer.html").render(chrome=self.chrome, t=self.chrome.wording)
        return {**names, "site": escape(self.chrome.title), "footer": footer}

    def _template(self, name: str, page: SitePage) -> str:
        targets = {link.title: page.root + link.address for link in page.mentions}
        to_html = renderer(targets, escape(self.chrome.wording("table")))
        return (
            _environment()
            .get_template(name)
            .render(
                page=page,
                data=page.data,
                chrome=self.chrome,
                t=self.chrome.wording,
                root=page.root,
                markdown=_as_markup(to_html),
                public_sections=PUBLIC_SECTIONS,
            )
        )


def _as_markup(to_html: Callable[[str], str]) -> Callable[[str], Markup]:
    """What nh3 let through is the only HTML that templates do not escape."""
    return lambda text: Markup(to_html(text))


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _sources() -> str:
    """The templates and the room's own code: a change of either makes every page anew."""
    files = sorted([*_TEMPLATES.glob("*.html"), *Path(__file__).parent.glob("*.py")])
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
