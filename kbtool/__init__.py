"""kbtool: a support desk's manuals, scans and inquiry slips as a living knowledge base."""

__version__ = "0.1.0"
