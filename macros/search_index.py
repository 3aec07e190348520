"""The index of the search: made by lunr, trimmed to what the page needs. `search_files` makes files of it.

lunr weighs every word of every record (BM25, with a boost for titles and for kinds). What is kept is, for each word,
the records it stands in and that weight. The page's script puts what a person typed together from these.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from lunr.builder import Builder
from lunr.token_set import TokenSet

from macros import search_words as words
from macros.search import WORDS_OF_TEXT, Found

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

LEVELS = 8  # up to 10, since each is written as a digit
LOWEST, STEP = 0.4, 1.7
"""A weight is kept as one of a few levels: level n stands for LOWEST x STEP^n. More levels find no better."""

OF_ONE_LEVEL = 2
"""Answers to a need that are kept as equally good, before the next level."""

SHORT_TITLE = 3
"""Words in a title that somebody may type as a whole: such a title gets a term of its own, with a ^ before it."""

WHOLE_TITLES = ("Guide", "Page", "Template", "Case study")
"""The kinds whose titles these are. Words of the dictionary are known by their names; lessons are sentences."""

EVERYWHERE, MANY = 0.08, 30
"""A word that stands in a larger part of all texts, and in so many, tells none from another. It is left out of them."""

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
    common: tuple[str, ...]
    """Words that stand in so many texts that they are left out: they are known, and say nothing."""
    names: tuple[tuple[str, str, tuple[str, ...]], ...]
    """Things with several names: the thing's term, what it is called, and its names as they are typed."""


class _Builder(Builder):  # type: ignore[misc]
    """lunr's builder, without what is not used: where in a text each word stands takes most of its memory."""

    def add_terms(self, reference: str, terms: Mapping[str, list[str]], boost: float) -> None:
        """Add a record by the terms of its fields, which lunr's own way to add one would take apart once more."""
        self._documents[reference] = {"boost": boost}
        self.document_count += 1
        for field, of_field in terms.items():
            place = f"{field}/{reference}"
            self.field_lengths[place] = len(of_field)
            self.field_term_frequencies[place] = Counter(of_field)
            for term in self.field_term_frequencies[place]:
                if term not in self.inverted_index:
                    self.inverted_index[term] = {name: {} for name in FIELDS} | {"_index": len(self.inverted_index)}
                self.inverted_index[term][field][reference] = None

    def _create_token_set(self) -> None:
        """Leave it empty: by it lunr's own searches find words."""
        self.token_set = TokenSet()


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
            said = _terms(text, forms, left_out if name in LONG else {})
            terms[name] = [*said, *words.names_in_capitals(text)]
        mentioned = names.mentioned(f"{record.title}. {record.text}")
        terms["about"] = sorted((mentioned | {*record.about}) - {*record.tags})
        is_whole = record.kind in WHOLE_TITLES and words.key(record.title).count("_") < SHORT_TITLE
        terms["whole"] = [f"^{words.key(record.title)}"] if is_whole else []
        builder.add_terms(str(number), {field: terms[field] for field in FIELDS}, KINDS[record.kind])
    builder.build()
    weights = _weights(builder) | _of_needs(numbered)
    return Index(
        numbered,
        weights,
        dict(sorted(forms.items())),
        tuple(sorted({form for left in everywhere.values() for form in left} - forms.keys() - names.words)),
        tuple(thing for thing in names.all if thing[0] in weights),
    )


def _beginning(record: Found) -> str:
    return " ".join(record.text.split()[:WORDS_OF_TEXT])


def _everywhere(found: tuple[Found, ...]) -> dict[str, list[str]]:
    """The terms that stand in so many texts that they are left out, and the words of each."""
    forms: dict[str, str] = {}
    counts = Counter(term for record in found for term in set(_terms(_beginning(record), forms, {})))
    everywhere: dict[str, list[str]] = {
        term: [] for term, count in counts.items() if count > max(MANY, EVERYWHERE * len(found))
    }
    for form, term in forms.items():
        if term in everywhere:
            everywhere[term].append(form)
    return everywhere


def _terms(text: str, forms: dict[str, str], left_out: Container[str]) -> list[str]:
    """The terms of a text but for some; the forms that they have in it are added to `forms`."""
    said = [(form, words.term(form)) for form in words.forms(text) if form not in words.STOP_WORDS]
    kept = [(form, term) for form, term in said if term not in left_out]
    forms |= dict(kept)
    return [term for _, term in kept]


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


def _of_needs(found: tuple[Found, ...]) -> dict[str, tuple[tuple[int, int], ...]]:
    """The records that answer each need. People put the best first, so nothing has to be weighed."""
    answers: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, record in enumerate(found):
        for term, place in record.answers:
            answers[term].append((number, LEVELS - 1 - place // OF_ONE_LEVEL))
    return {term: tuple(of_term) for term, of_term in answers.items()}


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
        self.words = {word for _, _, called in self.all for name in called for word in name.split(" ")}

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
