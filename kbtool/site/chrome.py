"""What is the same on every page of a site: its name, who runs the desk, and where things lie."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from kbtool.entry import Audience
from kbtool.settings import Company
from kbtool.site.content import SiteContent
from kbtool.site.projection import Link
from kbtool.site.wording import Wording


@dataclass(frozen=True, slots=True)
class Chrome:
    """The frame of a site; ``url`` ends in a slash, or is empty where the site's address is not known."""

    public: bool
    title: str
    company: Company
    navigation: tuple[Link, ...]
    url: str
    public_url: str
    wording: Wording

    @property
    def home(self) -> Link:
        """The first page."""
        return Link(self.wording("home"), "index.html")

    @property
    def form(self) -> str:
        """Address of the contact form, empty unless it is a web address."""
        return web_address(self.company.contact_url)

    def absolute(self, address: str) -> str:
        """Full address of a page; the home page is the site itself."""
        return self.url + ("" if address == "index.html" else address)


def chrome(content: SiteContent) -> Chrome:
    """The frame of one site, from its settings."""
    sites, wording = content.settings.sites, Wording(content.settings.language)
    public = content.audience is Audience.PUBLIC
    url = web_address(sites.public_url)
    url = f"{url.rstrip('/')}/" if url else ""
    pages = ["index", "updates"] if public else ["index", "start", "map", "updates"]
    words = {"index": "home", "updates": "log", "start": "start", "map": "map"}
    navigation = [Link(wording(words[page]), page) for page in pages]
    navigation += [Link(category.name, f"c/{category.slug}") for category in content.settings.categories]
    return Chrome(
        public=public,
        title=sites.public_title if public else sites.internal_title,
        company=content.settings.company,
        navigation=tuple(navigation),
        url=url if public else "",
        public_url=url,
        wording=wording,
    )


def web_address(text: str) -> str:
    """The text if it is an http(s) address, else nothing."""
    try:
        parts = urlsplit(text.strip())
    except ValueError:
        return ""
    return text.strip() if parts.scheme in ("http", "https") and parts.netloc else ""
