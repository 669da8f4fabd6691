"""Freed memory, handed back to the system.

Separate because it knows the C library: glibc keeps what large pages freed, and a process that has read one photograph
would hold a hundred megabytes for ever.
"""

import ctypes
import sys
from functools import cache


def give_back() -> None:
    """Hand back what was freed, where the C library can (glibc); a few milliseconds."""
    library = _glibc()
    if library:
        library.malloc_trim(0)


@cache
def _glibc() -> ctypes.CDLL | None:
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") else None
