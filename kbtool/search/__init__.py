"""Finding: the index on this machine, and the index that travels with a site.

``open_index(folder, documents, synonyms)`` gives the search of the command line and of the review; ``browser`` writes
the search of the sites; ``quality`` says how good a ranking is.
"""

from kbtool.search.index import SearchIndex, open_index
from kbtool.search.searchable import Group, Hit, Results, Searchable, Span

__all__ = ["Group", "Hit", "Results", "SearchIndex", "Searchable", "Span", "open_index"]
