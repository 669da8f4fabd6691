"""Files that nobody means to have read: left behind by editors, sync clients and half-finished downloads."""

_ENDINGS = ("~", ".tmp", ".part", ".crdownload", ".swp", ".bak")
_NAMES = frozenset({"thumbs.db", "desktop.ini"})


def is_leftover(name: str) -> bool:
    """Whether a file of this name (without folder) is hidden or temporary."""
    lowered = name.lower()
    return name.startswith((".", "~$")) or lowered.endswith(_ENDINGS) or lowered in _NAMES
