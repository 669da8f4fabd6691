"""All documents of a part cut into terms, by every core where there are many: it is most of the time of a build.

Another process costs half a second to start and gives back what an index needs, not the terms one by one: the fields
of the inverted index and the columns of ranking. The result is the same by one process or by several.
"""

import multiprocessing
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import NamedTuple

from kbtool.search.columns import Columns
from kbtool.search.engine import terms_by_field
from kbtool.search.searchable import Searchable
from kbtool.search.synonyms import Synonyms
from kbtool.search.terms import of_document

#: From so many documents on other processes save more than their start costs.
MANY = 2_000
#: So many documents are handed over at once: enough that handing over costs little, few enough that all end together.
_TOGETHER = 250
#: More processes wait for the one that collects.
_MOST_PROCESSES = 8


class Cut(NamedTuple):
    """Documents cut: the fields of each for the inverted index, and the columns of all."""

    fields: list[Mapping[str, Sequence[str]]]
    columns: Columns


def cut(documents: Sequence[Searchable], synonyms: Synonyms) -> Cut:
    """Cut the documents, in their order."""
    pieces = [documents[at : at + _TOGETHER] for at in range(0, len(documents), _TOGETHER)]
    processes = min(os.cpu_count() or 1, _MOST_PROCESSES)
    done = _apart(pieces, synonyms, processes) if len(documents) >= MANY and processes > 1 else None
    found = done if done is not None else [_cut(piece, synonyms) for piece in pieces]
    return Cut([fields for piece in found for fields in piece.fields], Columns.joined([each.columns for each in found]))


def _apart(pieces: list[Sequence[Searchable]], synonyms: Synonyms, processes: int) -> list[Cut] | None:
    """The pieces cut by other processes; None when one of them died, so that the caller cuts alone."""
    # Started anew, not forked: a server that builds has threads, and a fork would inherit their locks.
    context = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(processes, context) as pool:
            return list(pool.map(partial(_cut, synonyms=synonyms), pieces))
    except BrokenProcessPool:
        return None


def _cut(documents: Sequence[Searchable], synonyms: Synonyms) -> Cut:
    terms = [of_document(document, synonyms) for document in documents]
    return Cut([terms_by_field(each) for each in terms], Columns.of(terms))
