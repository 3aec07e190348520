"""The index of the search, trimmed to what the page needs. `search_files` makes files of it.

What is kept is, for each word, the records it stands in and its weight there. The page's script puts what a person
typed together from these. The words were weighed one segment after another (`search_segments` says which there are), as
in search engines whose index grows: so one record more or less leaves what was weighed of other segments as it was.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from macros import search_words as words
from macros.search import Found
from macros.search_names import Names
from macros.search_postings import Packed, Postings, joined
from macros.search_weights import Columns, Segment, weigh


@dataclass(frozen=True)
class Index:
    """The trimmed index, before it is cut into files."""

    records: Columns
    terms: Mapping[str, Postings]
    """For each term the records that have it, by number, and the level of its weight there."""
    forms: Mapping[str, str]
    """The words as they stand in texts, and their terms."""
    common: tuple[str, ...]
    """Words that stand in so many texts that they are left out: they are known, and say nothing."""
    names: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Things with several names: the thing's term, what it is called, and its names as they are typed."""


def build(found: Iterable[Found], things: Iterable[words.Thing]) -> Index:
    """The index of records, weighed together.

    Args: `found`, the records; `things`, what has several names (`search_words.concepts`).
    """
    names = Names(things)
    return join([weigh(found, names)], names)


def join(segments: Iterable[Segment], names: Names) -> Index:
    """The index of all segments, in their order."""
    records: Columns = ([], [], [], [])
    count = 0
    terms: dict[str, dict[int, Packed]] = defaultdict(dict)
    everywhere: dict[str, dict[int, Packed]] = defaultdict(dict)
    votes = Counter[str]()
    for segment in segments:
        for packed in segment.terms:
            terms[packed.term][count] = packed
        for packed in segment.everywhere:
            everywhere[packed.term][count] = packed
            votes[packed.term] += len(segment.records[0])
        for column, more in zip(records, segment.records, strict=True):
            column.extend(more)
        count = len(records[0])
    left_out: set[str] = set()
    for term, in_texts in everywhere.items():
        if votes[term] > count / 2:
            left_out.update(form for packed in in_texts.values() for form in packed.forms.split())
        else:  # most texts of some segments have it, and yet it tells one text of the hub from another
            terms[term] = dict(sorted((terms[term] | in_texts).items()))
    told = {term: {part.forms for part in parts.values()} for term, parts in terms.items()}
    forms = {form: term for term, of_term in told.items() for some in of_term for form in some.split()}
    return Index(
        records,
        {term: joined(terms[term], count) for term in sorted(terms)},
        dict(sorted(forms.items())),
        tuple(sorted(left_out - forms.keys() - names.words)),
        tuple(thing for thing in names.all if thing[0] in terms),
    )
