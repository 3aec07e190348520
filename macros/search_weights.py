"""What lunr weighs for the search: the words of the records of one segment of the index.

lunr weighs every word of every record (BM25, with a boost for titles and for kinds). How long texts are, and which
words most of them have, is counted within the segment. How rare a word is, is left for the whole hub to say.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lunr.builder import Builder
from lunr.token_set import TokenSet

from macros import search_words as words
from macros.search import WORDS_OF_TEXT, Found
from macros.search_names import Names
from macros.search_postings import LEVELS, Packed, given, weighed

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

LONG = ("text", "part_of")
"""The fields in which words that tell little are left out."""

_LEFT_OUT = {name: f"{name}, left out" for name in LONG}
_ALL_FIELDS = FIELDS | {_LEFT_OUT[name]: FIELDS[name] for name in LONG}
"""With fields for what is left out: it is weighed for the case that it tells something in the hub."""

LENGTH_COUNTS = 0.5
"""How much less a word counts in a long text (BM25's b)."""

KINDS = {
    "Lesson": 1.15,
    "Guide": 1.1,
    "Template": 1.45,
    "Dictionary": 1.0,
    "Case study": 1.05,
    "Page": 0.95,
    "Help": 4.0,
}
"""What each kind counts, so that the best lesson comes before the page that it is part of, and help before anything."""

OF_ONE_LEVEL = 2
"""Answers to a need that are kept as equally good, before the next level."""

SHORT_TITLE = 3
"""Words in a title that somebody may type as a whole: such a title gets a term of its own, with a ^ before it."""

WHOLE_TITLES = ("Guide", "Page", "Template", "Case study")
"""The kinds whose titles these are. Words of the dictionary are known by their names; lessons are sentences."""

EVERYWHERE, MANY = 0.08, 30
"""A word that stands in a larger part of all texts, and in so many, tells none from another. It is left out of them."""

Columns = Sequence[list[str]]
"""What results show (`Found.shown`): all first values, then all second ones, and so on. Like beside like is packed
smaller, and takes less memory."""


@dataclass(frozen=True)
class Segment:
    """A part of the index: some records, weighed together."""

    records: Columns
    terms: Sequence[Packed]
    everywhere: Sequence[Packed]
    """Of the terms that most of its texts have, which are left out of these: where they stand, the texts among it."""


class _Builder(Builder):  # type: ignore[misc]
    """lunr's builder, without what is not used: where in a text each word stands takes most of its memory."""

    def add_terms(self, reference: str, terms: Mapping[str, list[str]], boost: float) -> None:
        """Add a record by the terms of its fields, which lunr's own way to add one would take apart once more.

        What is left out is weighed too, but makes no term less rare.
        """
        self._documents[reference] = {"boost": boost}
        self.document_count += 1
        for field, of_field in terms.items():
            place = f"{field}/{reference}"
            self.field_lengths[place] = len(of_field)
            self.field_term_frequencies[place] = Counter(of_field)
            for term in self.field_term_frequencies[place]:
                if term not in self.inverted_index:
                    self.inverted_index[term] = {name: {} for name in FIELDS} | {"_index": len(self.inverted_index)}
                if field in FIELDS:
                    self.inverted_index[term][field][reference] = None

    def _create_token_set(self) -> None:
        """Leave it empty: by it lunr's own searches find words."""
        self.token_set = TokenSet()


def weigh(found: Iterable[Found], names: Names) -> Segment:
    """The segment of some records."""
    numbered = tuple(found)
    forms: dict[str, str] = {}
    builder = _Builder()
    builder.b(LENGTH_COUNTS)
    for name, boost in _ALL_FIELDS.items():
        builder.field(name, boost)
    everywhere = _everywhere(numbered)
    left_out = everywhere.keys() | {words.term(form) for form in words.FRAME}
    for number, record in enumerate(numbered):
        texts = {
            "title": record.title,
            "names": ". ".join(record.other_names),
            "typed": ". ".join(record.typed),
            "text": _beginning(record),
            "part_of": record.part_of,
        }
        terms = {"tags": list(record.tags)}
        for name, text in texts.items():
            said = _terms(text)
            if name in LONG:
                terms[_LEFT_OUT[name]] = [term for _, term in said if term in everywhere]
                said = [(form, term) for form, term in said if term not in left_out]
            forms |= dict(said)
            terms[name] = [*(term for _, term in said), *words.names_in_capitals(text)]
        mentioned = names.mentioned(f"{record.title}. {record.text}")
        terms["about"] = sorted((mentioned | {*record.about}) - {*record.tags})
        is_whole = record.kind in WHOLE_TITLES and words.key(record.title).count("_") < SHORT_TITLE
        terms["whole"] = [f"^{words.key(record.title)}"] if is_whole else []
        builder.add_terms(str(number), {field: terms[field] for field in _ALL_FIELDS}, KINDS[record.kind])
    builder.build()
    shown = [list(column) for column in zip(*(record.shown for record in numbered), strict=True)]
    all_, with_texts = _packed(builder, forms, everywhere)
    return Segment(shown, [*all_, *_of_needs(numbered)], with_texts)


def _beginning(record: Found) -> str:
    return " ".join(record.text.split()[:WORDS_OF_TEXT])


def _everywhere(found: tuple[Found, ...]) -> dict[str, set[str]]:
    """The terms that stand in so many texts that they are left out, and the words of each."""
    counts = Counter[str]()
    forms: dict[str, set[str]] = defaultdict(set)
    for record in found:
        said = set(_terms(_beginning(record)))
        counts.update({term for _, term in said})
        for form, term in said:
            forms[term].add(form)
    return {term: forms[term] for term, count in counts.items() if count > max(MANY, EVERYWHERE * len(found))}


def _terms(text: str) -> list[tuple[str, str]]:
    """The words of a text that say something, and their terms."""
    return [(form, words.term(form)) for form in words.forms(text) if form not in words.STOP_WORDS]


def _packed(
    builder: Builder, forms: Mapping[str, str], everywhere: Mapping[str, set[str]]
) -> tuple[list[Packed], list[Packed]]:
    """For each term of lunr's index the records, by number, and the weights of all fields together.

    Returns: all terms, without what is left out; and those that are everywhere, with it.
    """
    forms_of: dict[str, set[str]] = defaultdict(set)
    for form, term in forms.items():
        forms_of[term].add(form)
    name_of = {posting["_index"]: term for term, posting in builder.inverted_index.items()}
    weights: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    left_out: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    stands, stands_left_out = Counter[str](), Counter[str]()
    for place, vector in builder.field_vectors.items():
        field, _, number = str(place).partition("/")
        into, counts = (weights, stands) if field in FIELDS else (left_out, stands_left_out)
        for position in range(0, len(vector.elements), 2):
            term = name_of[vector.elements[position]]
            into[term][int(number)] += vector.elements[position + 1]
            counts[term] += 1
    for term, of_term in left_out.items():
        for record, weight in weights[term].items() if term in weights else ():
            of_term[record] += weight

    def packed(term: str, forms: Iterable[str], more: int, of_term: Mapping[int, float]) -> Packed:
        counted = builder.document_count, stands[term]
        return weighed(term, " ".join(sorted(forms)), counted, more, sorted(of_term.items()))

    return (
        [packed(term, forms_of[term], 0, of_term) for term, of_term in weights.items()],
        [
            packed(term, forms_of[term] | everywhere[term], stands_left_out[term], of_term)
            for term, of_term in left_out.items()
        ],
    )


def _of_needs(found: tuple[Found, ...]) -> Iterator[Packed]:
    """The records that answer each need. People put the best first, so nothing has to be weighed."""
    answers: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, record in enumerate(found):
        for term, place in record.answers:
            answers[term].append((number, LEVELS - 1 - place // OF_ONE_LEVEL))
    return itertools.starmap(given, answers.items())
