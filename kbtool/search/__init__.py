"""Finding: the index on this machine, and the index that travels with a site.

``open_index(folder, library, synonyms)`` gives the search of the command line and of the review; ``browser`` writes
the search of the sites.
"""

from kbtool.search.index import Fixed, SearchIndex, open_index
from kbtool.search.searchable import Group, Hit, Library, Results, Searchable, Span

__all__ = ["Fixed", "Group", "Hit", "Library", "Results", "SearchIndex", "Searchable", "Span", "open_index"]
