"""Bytes of a text file → text: by its mark, else the first of Japan's encodings that fits."""

import codecs

from kbtool.intake.readers.opened import Unreadable

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ISO_2022_JP = (b"\x1b$B", b"\x1b$@")


def decode(data: bytes) -> str:
    """Decode UTF-8, UTF-16 with its mark, ISO-2022-JP, CP932 or EUC-JP; line ends become newlines."""
    text = next((data.decode(name, "replace") for mark, name in _MARKS if data.startswith(mark)), None)
    if text is None:
        text = _unmarked(data)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unmarked(data: bytes) -> str:
    if any(escape in data for escape in _ISO_2022_JP):
        candidates = [_decoded(data, "iso2022_jp_ext")]
    else:
        candidates = [_decoded(data, "utf-8")]
        if candidates[0] is None:
            candidates = [_decoded(data, "cp932"), _decoded(data, "euc_jp")]
    texts = [text for text in candidates if text is not None]
    if not texts:
        raise Unreadable("intake_encoding")
    return min(texts, key=_half_width_kana)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _half_width_kana(text: str) -> int:
    """How EUC-JP looks to CP932: a run of half-width kana, rare in real text."""
    return sum("\uff61" <= char <= "\uff9f" for char in text)
