"""Freed memory, handed back to the system.

Separate because it knows the C library: glibc keeps what large pages freed, and a process that has read one photograph
would hold a hundred megabytes for ever.
"""

import ctypes
import sys
from functools import cache
from pathlib import Path

#: What madvise(2) calls MADV_DONTNEED: a mapped file is read again where it is needed again.
_NOT_NEEDED = 4


def give_back() -> None:
    """Hand back what was freed, where the C library can (glibc); a few milliseconds."""
    library = _glibc()
    if library:
        library.malloc_trim(0)


def let_go(name: str) -> None:
    """Let the system have back what it keeps of a file mapped to be read only; ``name`` is the end of its path."""
    library = _glibc()
    if not library:
        return
    for mapped in Path("/proc/self/maps").read_text().splitlines():
        place, rights, *_ = mapped.split()
        if mapped.endswith(name) and "w" not in rights:
            start, end = (int(side, 16) for side in place.split("-"))
            library.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), _NOT_NEEDED)


@cache
def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") else None
