"""From lines on a page to blocks in reading order. Pure Python over numbers and text; no file, no library.

``build_page`` sees one page, ``settle`` the whole document (running headers and footers), ``markdown`` and
``plain_text`` show the result to people.
"""

from kbtool.layout.build import build_page
from kbtool.layout.render import markdown, plain_text
from kbtool.layout.running import settle

__all__ = ["VERSION", "build_page", "markdown", "plain_text", "settle"]

#: Raised whenever the same reading gives other blocks.
VERSION = 5
