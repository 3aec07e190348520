"""The segments of the search index: which records are weighed together, and what was weighed before of the same.

A small hub is one segment. In a large one, each has the records of some dozens of case studies, and the last one
everything else too. Which case studies these are follows from their slugs, so that one more or less moves few others.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from itertools import chain

from macros import search_words
from macros.collection import Collection, of_groups
from macros.search import of_cases, of_others
from macros.search_index import Index, join
from macros.search_names import Names
from macros.search_postings import Packed
from macros.search_weights import Segment, weigh

TOGETHER = 100
"""Case studies up to which a hub is one segment."""

LEAST, ONE_IN = 24, 16
"""How many case studies a segment has at least. Of the next ones, one in so many begins another segment."""


def index(collection: Collection, together: int = TOGETHER) -> Index:
    """The index of the search. `together`: up to how many case studies a hub is one segment."""
    names = Names(search_words.concepts(collection))
    groups = _groups(tuple(collection.cases), together)
    last = next(reversed(groups))
    # Another case study may change what is found of the others: a template has the themes of the lessons that name it.
    others = tuple(of_others(collection))

    def weighed(first: str) -> bytes:
        found = of_cases(collection, groups[first])
        return _packed(weigh(chain(found, others) if first == last else found, names))

    kept = of_groups(collection, "search", groups, {last: repr(others)}, weighed)
    return join((_unpacked(data) for _, data in kept), names)


def _groups(slugs: Sequence[str], together: int) -> dict[str, list[str]]:
    """The case studies of each segment, by the slug of the first one; the first segment by an empty one."""
    groups: dict[str, list[str]] = {"": []}
    group = groups[""]
    for slug in slugs:
        if len(slugs) > together and len(group) >= LEAST and sha256(slug.encode()).digest()[0] % ONE_IN == 0:
            group = groups[slug] = []
        group.append(slug)
    return groups


def _packed(segment: Segment) -> bytes:
    """A segment as it is kept: columns of strings are read much sooner than rows."""
    terms, everywhere = (
        [list(column) for column in zip(*rows, strict=True)] for rows in (segment.terms, segment.everywhere)
    )
    return json.dumps([segment.records, terms, everywhere], ensure_ascii=False).encode()


def _unpacked(data: bytes) -> Segment:
    records, terms, everywhere = json.loads(data)
    return Segment(records, list(map(Packed, *terms)), list(map(Packed, *everywhere)) if everywhere else ())
