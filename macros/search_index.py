"""The index that the search page loads: made by lunr, trimmed to what the page needs, in one file or in pieces.

lunr weighs every word of every record (BM25, with a boost for titles and for kinds). What is kept is, for each word,
the records it stands in and that weight. The page's script puts what a person typed together from these.
"""

from __future__ import annotations

import gzip
import json
import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

from lunr.builder import Builder
from markdown.extensions.toc import slugify

from macros import search_words as words
from macros.collection import Collection
from macros.search import WORDS_OF_TEXT, Found, records

FOLDER = "search"
"""Where the files of the index are, below the top of the site."""

WHOLE = 45_000
"""Bytes (gzip) up to which the index is one file: beyond, the pieces that a search needs are less than the whole. The
figures are in docs/maintain/search.md."""

WORDS_IN_PIECE = 12_000
RECORDS_IN_PIECE = 16
"""How large pieces are: the words by the letters of their JSON, the records by their number."""

MOST = 400
"""Records that a word keeps in pieces, the best ones: nobody reads on that far, and common words would be large."""

FIELDS = {
    "title": 3.0,
    "names": 2.0,
    "typed": 3.0,
    "tags": 3.0,
    "text": 1.0,
    "about": 2.0,
    "part_of": 0.5,
    "whole": 2.0,
}
"""The fields of a record, and what a word in each counts."""

LENGTH_COUNTS = 0.5
"""How much less a word counts in a long text (BM25's b)."""

KINDS = {"Lesson": 1.15, "Guide": 1.1, "Template": 1.05, "Dictionary": 1.0, "Case study": 0.95, "Page": 0.85}
"""What each kind counts, so that the best lesson comes before the page that it is part of."""

APART = 5_000
"""Records from which they are weighed in another process."""

LEVELS = 8  # up to 10, since each is written as a digit
LOWEST, STEP = 0.4, 1.7
"""A weight is kept as one of a few levels: level n stands for LOWEST x STEP^n. More levels find no better."""

SHORT_TITLE = 3
"""Words in a title that somebody may type as a whole: such a title gets a term of its own, with a ^ before it."""

WHOLE_TITLES = ("Guide", "Page", "Template", "Case study")
"""The kinds whose titles these are. Words of the dictionary are known by their names; lessons are sentences."""

LONGEST_NAME = 6
"""Words in the longest name that is looked for in a text."""


@dataclass(frozen=True)
class Index:
    """The trimmed index, before it is cut into files."""

    records: tuple[Found, ...]
    terms: Mapping[str, tuple[tuple[int, int], ...]]
    """For each term the records that have it, by number, and the level of its weight there."""
    forms: Mapping[str, str]
    """The words as they stand in texts, and their terms."""
    names: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Things with several names: the thing's term, what it is called, and its names as they are typed."""


class _Builder(Builder):  # type: ignore[misc]
    """lunr's builder, without its room for where in a text each word stands: most of its memory, and not used."""

    def add(self, doc: Mapping[str, Any], attributes: Mapping[str, float] | None = None) -> None:
        """Add a record."""
        super().add(doc, attributes)
        reference = str(doc["id"])
        for field in FIELDS:
            for term in self.field_term_frequencies[f"{field}/{reference}"]:
                self.inverted_index[term][field][reference] = None


def build(found: Iterable[Found], things: Iterable[words.Thing]) -> Index:
    """The index of records.

    Args: `found`, the records; `things`, what has several names (`search_words.concepts`).
    """
    numbered = tuple(found)
    names = _Names(things)
    forms: dict[str, str] = {}
    builder = _Builder()
    builder.b(LENGTH_COUNTS)
    for name, boost in FIELDS.items():
        builder.field(name, boost)
    for number, record in enumerate(numbered):
        texts = {
            "title": record.title,
            "names": ". ".join(record.other_names),
            "typed": ". ".join(record.typed),
            "text": " ".join(record.text.split()[:WORDS_OF_TEXT]),
            "part_of": record.part_of,
        }
        document: dict[str, Any] = {"id": number, "tags": list(record.tags)}
        for name, text in texts.items():
            document[name] = [*_terms(text, forms), *words.names_in_capitals(text)]
        mentioned = names.mentioned(f"{record.title}. {record.text}")
        document["about"] = sorted((mentioned | {*record.about}) - {*record.tags})
        document["whole"] = [f"^{words.key(record.title)}"] if words.key(record.title).count("_") < SHORT_TITLE else []
        builder.add(document, {"boost": KINDS[record.kind]})
    builder.build()
    weights = _weights(builder)
    return Index(
        numbered,
        weights,
        dict(sorted(forms.items())),
        tuple(thing for thing in names.all if thing[0] in weights),
    )


def _terms(text: str, forms: dict[str, str]) -> list[str]:
    """The terms of a text; the forms that they have in it are added to `forms`."""
    found = [form for form in words.forms(text) if form not in words.STOP_WORDS]
    forms |= {form: words.term(form) for form in found}
    return [forms[form] for form in found]


def _weights(builder: Builder) -> dict[str, tuple[tuple[int, int], ...]]:
    """For each term of lunr's index the records, by number, and the weights of all fields together."""
    name_of = {posting["_index"]: term for term, posting in builder.inverted_index.items()}
    builder.inverted_index.clear()  # with 70,000 records each of these takes hundreds of megabytes
    builder.field_term_frequencies.clear()
    weights: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for place in list(builder.field_vectors):
        number = int(str(place).partition("/")[2])
        elements = builder.field_vectors.pop(place).elements
        for position in range(0, len(elements), 2):
            weights[name_of[elements[position]]][number] += elements[position + 1]
    return {
        term: tuple((number, _level(weight)) for number, weight in sorted(of_term.items()))
        for term, of_term in sorted(weights.items())
    }


def _level(weight: float) -> int:
    return min(LEVELS - 1, max(0, round(math.log(weight / LOWEST, STEP))))


class _Names:
    """The names of things, to find in texts."""

    def __init__(self, things: Iterable[words.Thing]) -> None:
        self.all: list[tuple[str, str, tuple[str, ...]]] = []
        self.in_texts: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for term, label, names, typed in things:
            folded = (" ".join(words.fold(name)) for name in (*names, *typed))
            self.all.append((term, label, tuple(dict.fromkeys(folded))))
            for name in names if term[1:].partition(":")[0] in words.MENTIONED else ():
                is_capitals = name.isupper() and name.lower() in words.STOP_WORDS
                self.in_texts[(words.capital_name(name),) if is_capitals else self._key(name)].add(term)
        self.first = {name[0] for name in self.in_texts if name}

    @staticmethod
    def _key(text: str) -> tuple[str, ...]:
        return tuple(words.base(word.replace("-", "")) for word in words.fold(text))

    def mentioned(self, text: str) -> set[str]:
        """The terms of the things that a text names."""
        said = self._key(text)
        named = {
            term
            for start in range(len(said))
            if said[start] in self.first
            for end in range(start + 1, min(start + LONGEST_NAME, len(said)) + 1)
            for term in self.in_texts.get(said[start:end], ())
        }
        return named.union(*(self.in_texts.get((name,), ()) for name in words.names_in_capitals(text)))


# --- Files ------------------------------------------------------------------------------------------------------------


def files(collection: Collection) -> dict[str, str]:
    """The files of the collection's index: their names below the top of the site, and their text."""
    found, things = tuple(records(collection)), tuple(words.concepts(collection))
    if len(found) < APART:
        return _files(found, things)
    # In another process, since weighing takes more memory than all else, and a process keeps what it once had.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
        return other.submit(_files, found, things).result()


def _files(found: tuple[Found, ...], things: tuple[words.Thing, ...]) -> dict[str, str]:
    return cut(build(found, things))


def cut(index: Index, whole: int = WHOLE) -> dict[str, str]:
    """The files of an index: one, if that is small enough, or a first one and pieces.

    Args: `index`; `whole`, how many bytes (gzip) one file may have.
    Returns: names below the top of the site, and text.
    """
    whole_index = {"words": _columns(_words(index.terms, index.forms)), "records": _records(index.records)}
    one = _json(_rules() | {"names": _names(index)} | whole_index)
    if len(gzip.compress(one.encode(), mtime=0)) <= whole:
        return {f"{FOLDER}/index.json": one}
    return dict(_pieces(index))


def _pieces(index: Index) -> Iterator[tuple[str, str]]:
    kept = {
        term: tuple(sorted(sorted(postings, key=lambda posting: (-posting[1], posting[0]))[:MOST]))
        for term, postings in index.terms.items()
    }
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
    for number in range(0, len(index.records), RECORDS_IN_PIECE):
        part = index.records[number : number + RECORDS_IN_PIECE]
        yield f"{FOLDER}/records-{number // RECORDS_IN_PIECE}.json", _json(_records(part))
    first = {"names": _names(index), "starts": starts, "in_piece": RECORDS_IN_PIECE}
    yield f"{FOLDER}/index.json", _json(_rules() | first)


def piece_of(form: str, starts: list[str]) -> int:
    """In which piece a word stands, by the words that the pieces start with."""
    return max(0, bisect_right(starts, _letters(form)) - 1)


def _letters(form: str) -> str:
    """Where a word stands among the others: a name in capitals or a title by its letters, near the words in it."""
    return form.lstrip("=^")


def _words(terms: Mapping[str, tuple[tuple[int, int], ...]], forms: Mapping[str, str]) -> list[list[Any]]:
    """For each term: its words in a row, a letter for each step from record to record, and a digit for each level."""
    forms_of: dict[str, list[str]] = defaultdict(list)
    for form, term in forms.items():
        forms_of[term].append(form)
    rows: list[list[Any]] = []
    for term, postings in terms.items():
        numbers = [-1, *(number for number, _ in postings)]
        steps = "".join(_letter(number - before - 1) for before, (number, _) in zip(numbers, postings, strict=False))
        levels = "".join(str(level) for _, level in postings)
        rows.append([" ".join(sorted(forms_of[term])) or term, steps, levels])
    return sorted(rows, key=lambda row: str(row[0]))


def _letter(step: int) -> str:
    """A step as one letter that JSON leaves as it is, from the digit 0 on. `stepOf` in index.js reads it."""
    return chr(step + (48 if step < 44 else 0x100 if step < 0xD700 else 0x10000))


def _columns(rows: Iterable[list[Any]]) -> list[Any]:
    """Rows as the page gets them: all words, then all steps, then all levels. Like beside like is packed smaller."""
    held = list(rows)
    return ["|".join(row[0] for row in held), "|".join(row[1] for row in held), "".join(row[2] for row in held)]


def _names(index: Index) -> list[list[str]]:
    """The names of things as the page compares them: with and without a hyphen, and without the s of a plural."""
    rows = ([term, label, "|".join(dict.fromkeys(map(_compared, _ways(names))))] for term, label, names in index.names)
    return _by_column(rows)


def _ways(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield name.replace("-", "")
        yield name.replace("-", " ")


def _compared(name: str) -> str:
    return " ".join(map(words.base, name.split(" ")))


def _records(part: Iterable[Found]) -> list[list[str]]:
    """What a result shows. An address that ends in its title, as an id, leaves that out: it ends with #."""
    rows = []
    for record in part:
        place = "#" + slugify(record.title, "-")
        address = record.address.removesuffix(place) + "#" if record.address.endswith(place) else record.address
        rows.append([record.kind, record.title, address, record.part_of])
    return _by_column(rows)


def _by_column(rows: Iterable[list[str]]) -> list[list[str]]:
    """All first values, then all second ones, and so on: like beside like is packed smaller."""
    return [list(column) for column in zip(*rows, strict=True)]


def _rules() -> dict[str, Any]:
    return {
        "stop": sorted(words.STOP_WORDS),
        "frame": sorted(words.FRAME),
        "inflections": words.INFLECTIONS,
        "derivations": words.DERIVATIONS,
        "spellings": words.SPELLINGS,
        "levels": [round(LOWEST * STEP**level, 2) for level in range(LEVELS)],
    }


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
