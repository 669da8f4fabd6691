"""A page as the stamp takes it."""

from dataclasses import dataclass

from kbtool.site.projection import Link


@dataclass(frozen=True, slots=True)
class Heading:
    """An item of a page's table of contents."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page: where it lies, the frame it is set into, its template and the frozen data the template gets.

    ``trail`` are the pages between home and this one; ``kind`` decides about structured data (home, entry, results,
    ended or empty); ``mentions`` are the entries its Markdown may link to by id.
    """

    address: str
    frame: str
    title: str
    template: str
    data: object
    description: str = ""
    trail: tuple[Link, ...] = ()
    outline: tuple[Heading, ...] = ()
    kind: str = ""
    mentions: tuple[Link, ...] = ()

    @property
    def root(self) -> str:
        """The way from this page to the site's root."""
        return "../" * self.address.count("/")
