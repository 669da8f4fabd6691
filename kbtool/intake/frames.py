"""How parent and children speak: frames of a JSON header and raw bytes, each with its length before it.

Shared by both ends, so it holds no judgement: what a header may say is ``untrusted``'s business. Only lengths are
bounded here, because a length is used (to allocate) before anything else can be checked.
"""

import json
import struct
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO

from kbtool.limits import MAX_PAGE_PIXELS

#: A full page of characters with their positions is about 4 MB of JSON.
MAX_HEADER_BYTES = 32 * 1024 * 1024
#: Three bytes a pixel.
MAX_PAYLOAD_BYTES = 3 * MAX_PAGE_PIXELS
_LENGTHS = struct.Struct(">II")


class BadFrame(Exception):
    """The stream does not follow the format; its sender is broken or taken over."""


def head_of(header: Mapping[str, object], payload: bytes | memoryview = b"") -> bytes:
    """What goes before ``payload``: both lengths and the header."""
    encoded = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return _LENGTHS.pack(len(encoded), len(payload)) + encoded


def write_frame(stream: BinaryIO, header: Mapping[str, object], payload: bytes | memoryview = b"") -> None:
    """Send one frame."""
    stream.write(head_of(header, payload))
    stream.write(payload)
    stream.flush()


def read_frame(read_exactly: Callable[[int], bytes]) -> tuple[dict[str, Any], bytes]:
    """Receive one frame through ``read_exactly``, which returns as many bytes as asked for or raises.

    Raises ``BadFrame`` when a length is beyond its bound or the header is no JSON object.
    """
    untrusted_header, untrusted_payload = _LENGTHS.unpack(read_exactly(_LENGTHS.size))
    if untrusted_header > MAX_HEADER_BYTES or untrusted_payload > MAX_PAYLOAD_BYTES:
        raise BadFrame
    try:
        header = json.loads(read_exactly(untrusted_header))
    except (ValueError, RecursionError) as error:
        raise BadFrame from error
    if not isinstance(header, dict):
        raise BadFrame
    return header, read_exactly(untrusted_payload)
