"""What people call a document, told from the name of its file."""

import re
import unicodedata
from pathlib import PurePosixPath

_EDITION = re.compile(
    r"第\s*[0-9一二三四五六七八九十]+\s*版|改訂\s*(?:第?\s*[0-9]+\s*版|版)?|初版"
    r"|[0-9]{4}\s*年(?:度)?\s*版|(?:Ver|ver|VER|Rev|rev|REV)[. ]?\s*[0-9]+(?:\.[0-9]+)*"
)


def title_and_edition(name: str) -> tuple[str, str]:
    """Split a file name like ``業務マニュアル第4版.pdf`` into its title and its edition ("" where it names none)."""
    stem = unicodedata.normalize("NFKC", PurePosixPath(name).stem)
    found = _EDITION.search(stem)
    edition = re.sub(r"\s+", "", found.group()) if found else ""
    rest = stem.replace(found.group(), " ") if found else stem
    title = re.sub(r"[()\[\]{}【】]\s*[()\[\]{}【】]", " ", rest)
    title = re.sub(r"[_\s]+", " ", title).strip(" -・")
    return title or stem, edition
