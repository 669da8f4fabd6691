"""The ways a text can hide in a file, undone.

A reader, a search engine or a curious person can turn entities, percent signs, escapes, base64 and width variants back
into words; so does the audit before it looks.
"""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

_TAG = re.compile(r"<[^<>]*>")
#: Tags that begin or end a block on the page: nobody reads a sentence across them, so no piece is made across them.
_BLOCK_TAG = re.compile(
    r"</?(?:address|article|aside|blockquote|body|dd|div|dl|dt|footer|form|h[1-6]|head|header|hr|li|main|nav|ol|p|section"
    r"|table|tbody|td|th|thead|title|tr|ul)\b[^<>]*>",
    re.IGNORECASE,
)
#: Stands where a block ended; it occurs in no text, so a piece that holds it matches nothing.
_BOUNDARY = "\ue000"
#: Escapes of JavaScript and JSON (\u{…}, \uXXXX, \xXX) and of style sheets (\XXXX).
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-9a-fA-F]{4,6}) ?)")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
#: White space, and characters that take no room: zero width, direction marks, soft hyphen, variation selectors.
_NOTHING = re.compile(
    r"[\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)


def views(text: str) -> Iterator[tuple[str, str]]:
    """(name of the view, text) for every way of reading a text; each still has its line breaks."""
    plain = unescape(text)
    yield "text", plain
    if "<" in text:
        yield "without tags", unescape(_TAG.sub("", _BLOCK_TAG.sub(_BOUNDARY, text)))
    if "%" in plain:
        yield "percent", unquote(_lines_with("%", plain), errors="ignore")
    if "\\" in plain:
        yield "escapes", _join_pairs(_ESCAPE.sub(_character, _lines_with("\\", plain)))
    hidden = "\n".join(_decoded(plain))
    if hidden:
        yield "base64", hidden


#: Dashes that people and machines put for one another, the long vowel mark among them.
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))


@lru_cache(maxsize=1 << 16)
def squeeze(text: str) -> str:
    """NFKC, one case, one dash, no white space and nothing invisible: what is compared."""
    return _NOTHING.sub("", unicodedata.normalize("NFKC", text)).casefold().translate(_DASHES)


def loosen(text: str) -> str:
    """The same with one space for each run of white space: where words begin and end can still be seen."""
    return " ".join(squeeze(word) for word in unicodedata.normalize("NFKC", text).split())


def _character(match: re.Match[str]) -> str:
    code = int(next(group for group in match.groups() if group), 16)
    return chr(code) if code < 0x110000 else ""


def _join_pairs(text: str) -> str:
    """Two halves of a UTF-16 pair, escaped one by one, as the character they mean."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def _lines_with(mark: str, text: str) -> str:
    """Only lines that can read otherwise; the rest was looked at as it stands."""
    return "\n".join(line for line in text.split("\n") if mark in line)


def _decoded(text: str) -> Iterator[str]:
    for run in dict.fromkeys(_BASE64.findall(text)):
        if found := _decode(run):
            yield found


@lru_cache(maxsize=1 << 14)
def _decode(run: str) -> str:
    plain = run.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
