"""What people call a document, told from the name of its file.

Separate because two files are known as editions of one manual by the same words: ``title_and_edition`` for people,
``manual_name`` for comparing.
"""

import re
import unicodedata
from pathlib import PurePosixPath

_NUMBER = r"[0-9一二三四五六七八九十]+"
#: 2026年4月1日, 令和8年4月, 2026.4, 2026-04-01, R8.4: a date counts as an edition only before one of ``_DATED``.
_DATE = (
    r"(?:(?:[0-9]{4}|(?:令和|平成|昭和|[RHSrhs])\s*(?:[0-9]{1,2}|元))"
    r"(?:\s*年(?:度|\s*[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*日)?)?|[./_-][0-9]{1,2}(?:[./_-][0-9]{1,2})?))"
)
_DATED = r"(?:改訂|改定|改正|発行|作成|更新|時点|現在)?版|改訂|改定|改正|発行|更新|時点|現在"
_EDITION = re.compile(
    rf"{_DATE}\s*(?:{_DATED})"
    rf"|(?:改訂|改定|増補)?\s*第\s*{_NUMBER}(?:\.[0-9]+)?\s*(?:次\s*改[訂定])?\s*(?:版|刷|稿)"
    rf"|(?:大?改訂|改定|増補)\s*(?:第?\s*{_NUMBER}\s*版?|新?版)?"
    r"|初版|新版|旧版|最新版|暫定版|確定版|最終版"
    r"|(?<![A-Za-z])(?:[Vv]er(?:sion)?|VER|[Rr]ev(?:ision)?|REV)[. _]?\s*[0-9]+(?:\.[0-9]+)*"
    r"|(?<![0-9A-Za-z])v\.?\s?[0-9]+(?:\.[0-9]+)*(?![0-9A-Za-z])"
    r"|(?<![0-9])[0-9]{1,2}(?:st|nd|rd|th)\s*[Ee]d(?:ition)?\b"
)
_EMPTY_BRACKETS = re.compile(r"[(\[{【〔「]\s*[)\]}】〕」]")
#: What copying and saving add to a name.
_COPY = re.compile(r"(?:\s*\([0-9]+\)|\s*-?\s*(?:の?コピー|[Cc]opy)(?:\s*\([0-9]+\))?)+$")
#: Names that scanners and cameras give say nothing of what the file is.
_GIVEN_BY_MACHINES = re.compile(
    r"(?:scan|img|image|doc|document|file|dsc|page|p|スキャン|画像|文書|無題|untitled)?", re.IGNORECASE
)


def title_and_edition(name: str) -> tuple[str, str]:
    """Split a file name like ``業務マニュアル第4版.pdf`` into its title and its edition ("" where it names none)."""
    return told_from(PurePosixPath(name).stem)


def told_from(words: str) -> tuple[str, str]:
    """Split the words of a title, as they stand on a cover, into title and edition."""
    stem = unicodedata.normalize("NFKC", words)
    found = _EDITION.search(stem)
    edition = re.sub(r"\s+", "", found.group()) if found else ""
    title = _tidy(stem.replace(found.group(), " ", 1) if found else stem)
    return title or stem, edition


def manual_name(name: str) -> str:
    """A title or file name folded for comparing, without any word of edition; "" where nothing telling is left."""
    whole = unicodedata.normalize("NFKC", PurePosixPath(name).name)
    bare = _tidy(_EDITION.sub(" ", _COPY.sub("", re.sub(r"\.[A-Za-z0-9]{2,5}$", "", whole))))
    folded = "".join(filter(str.isalnum, bare)).casefold()
    return "" if _GIVEN_BY_MACHINES.fullmatch(folded.rstrip("0123456789")) else folded


def _tidy(title: str) -> str:
    return re.sub(r"[_\s]+", " ", _EMPTY_BRACKETS.sub(" ", title)).strip(" -・_")
