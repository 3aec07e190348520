"""The files of the index that the search page loads: one, or a first one and pieces that are loaded when needed.

`docs/assets/javascripts/search/index.js` reads them.
"""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from macros import search_words as words
from macros.collection import Collection
from macros.search_index import Index
from macros.search_postings import LEVELS, LOWEST, STEP, Postings
from macros.search_segments import index

FOLDER = "search"
"""Where the files of the index are, below the top of the site."""

WHOLE = 45_000
"""Bytes (zlib) up to which the index is one file: beyond, the pieces that a search needs are less than the whole. The
figures are in docs/maintain/search.md."""

_PACKS = 8
"""To an eighth of its size, nothing that people write is packed. So a large index is not tried."""

WORDS_IN_PIECE = 12_000
RECORDS_IN_PIECE = 16
"""How large pieces are: the words by the letters of their JSON, the records by their number."""

KEPT = ("~need:", "~help", "~term:", "~page:")
"""The things that keep a name which a need has too. A theme has many lessons, which would bury the answers."""

MOST = 400
"""Records that a word keeps in pieces, the best ones: nobody reads on that far, and common words would be large."""


def files(collection: Collection) -> dict[str, str]:
    """The files of the collection's index: their names below the top of the site, and their text."""
    return cut(index(collection))


def cut(index: Index, whole: int = WHOLE) -> dict[str, str]:
    """The files of an index: one, if that is small enough, or a first one and pieces.

    Args: `index`; `whole`, how many bytes (zlib) one file may have.
    Returns: names below the top of the site, and text.
    """
    if sum(map(len, chain(*index.records))) <= _PACKS * whole:
        whole_index = {"words": _columns(_words(index.terms, index.forms)), "records": index.records}
        one = _json(_rules(index) | {"names": _names(index)} | whole_index)
        if len(zlib.compress(one.encode(), zlib.Z_BEST_COMPRESSION)) <= whole:
            return {f"{FOLDER}/index.json": one}
    return dict(_pieces(index))


def starts(first: str) -> str:
    """The words that the pieces of an index start with, with blanks between; empty if the index is whole.

    The page has them too, so that it can ask for the pieces of a question before anything else of the index is there.
    Args: `first`, the text of the index's first file.
    """
    return " ".join(json.loads(first).get("starts", ()))


def _pieces(index: Index) -> Iterator[tuple[str, str]]:
    kept = {term: postings.best(MOST) for term, postings in index.terms.items()}
    pieces: list[list[list[Any]]] = []
    size = WORDS_IN_PIECE
    rows = sorted(_words(kept, index.forms), key=lambda row: _letters(row[0]))
    for row in rows:
        letters = len(_json(row))
        if size + letters > WORDS_IN_PIECE:
            pieces.append([])
            size = 0
        pieces[-1].append(row)
        size += letters
    starts = [_letters(piece[0][0].partition(" ")[0]) for piece in pieces]
    home = {id(row): number for number, piece in enumerate(pieces) for row in piece}
    for row in rows:  # a word is looked for by its own letters, which are not always those of the row's first word
        for number in {piece_of(form, starts) for form in row[0].split()} - {home[id(row)]}:
            pieces[number].append(row)
    for number, piece in enumerate(pieces):
        yield f"{FOLDER}/words-{number}.json", _json(_columns(piece))
    for number in range(0, len(index.records[0]), RECORDS_IN_PIECE):
        part = [column[number : number + RECORDS_IN_PIECE] for column in index.records]
        yield f"{FOLDER}/records-{number // RECORDS_IN_PIECE}.json", _json(part)
    first = {"names": _names(index), "starts": starts, "in_piece": RECORDS_IN_PIECE}
    yield f"{FOLDER}/index.json", _json(_rules(index) | first)


def piece_of(form: str, starts: list[str]) -> int:
    """In which piece a word stands, by the words that the pieces start with."""
    return max(0, bisect_right(starts, _letters(form)) - 1)


def _letters(form: str) -> str:
    """Where a word stands among the others: a name in capitals or a title by its letters, near the words in it."""
    return form.lstrip("=^")


def _words(terms: Mapping[str, Postings], forms: Mapping[str, str]) -> list[list[Any]]:
    """For each term: its words in a row, a letter for each step from record to record, and a digit for each level."""
    forms_of: dict[str, list[str]] = defaultdict(list)
    for form, term in forms.items():
        forms_of[term].append(form)
    rows = [[" ".join(forms_of[term]) or term, stands.steps, stands.levels] for term, stands in terms.items()]
    return sorted(rows, key=lambda row: row[0])


def _columns(rows: Iterable[list[Any]]) -> list[Any]:
    """Rows as the page gets them: all words, then all steps, then all levels. Like beside like is packed smaller."""
    held = list(rows)
    return ["|".join(row[0] for row in held), "|".join(row[1] for row in held), "".join(row[2] for row in held)]


def _names(index: Index) -> list[list[str]]:
    """The names of things as the page compares them: with and without a hyphen."""
    first: dict[str, str] = {}
    for form, term in sorted(index.forms.items()):
        first.setdefault(term, form)

    def compared(name: str) -> str:
        """Several words are known by their first forms, and without what says nothing beside them."""
        said = name.split(" ")
        if len(said) == 1:
            return words.base(name)
        said = ["not" if word in words.NOT else word for word in said]
        telling = [word for word in said if word == "not" or word not in words.STOP_WORDS]
        if len(telling) > 1:
            said = telling
        return " ".join(first[index.forms[word]] if word in index.forms else words.base(word) for word in said)

    called = [(term, label, dict.fromkeys(map(compared, _ways(names)))) for term, label, names in index.names]
    exact = {name for term, _, names in called if term.startswith("~need:") for name in names}
    rows = (
        [term, label, "|".join(name for name in names if name not in exact or term.startswith(KEPT))]
        for term, label, names in called
    )
    return _by_column(row for row in rows if row[2])


def _ways(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield name.replace("-", "")
        if " " in name or name.count("-") > 1:  # two words without a name of their own are tried as one
            yield name.replace("-", " ")


def _by_column(rows: Iterable[Sequence[str]]) -> list[list[str]]:
    """All first values, then all second ones, and so on: like beside like is packed smaller."""
    return [list(column) for column in zip(*rows, strict=True)]


def _rules(index: Index) -> dict[str, Any]:
    return {
        "stop": sorted(words.STOP_WORDS),
        "frame": sorted(words.FRAME),
        "not": sorted(words.NOT),
        "everyday": sorted(words.EVERYDAY & {words.base(word) for _, _, called in index.names for word in called}),
        "common": index.common,
        "inflections": words.INFLECTIONS,
        "derivations": words.DERIVATIONS,
        "spellings": words.SPELLINGS,
        "levels": [round(LOWEST * STEP**level, 2) for level in range(LEVELS)],
    }


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
