"""The index of the search: what the page needs to find records. `search_files` makes files of it.

Every word of every record is weighed as lunr does it (BM25, with a boost for titles and for kinds). What is kept is,
for each word, the records it stands in and that weight. The page's script puts what a person typed together from these.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

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

LENGTH_COUNTS, AGAIN_COUNTS = 0.5, 1.2
"""How much less a word counts in a long text, and how much more if it stands there again (BM25's b and k1)."""

KINDS = {
    "Lesson": 1.15,
    "Guide": 1.1,
    "Template": 1.45,
    "Dictionary": 1.0,
    "Case study": 1.05,
    "Page": 0.85,
    "Help": 4.0,
}
"""What each kind counts, so that the best lesson comes before the page that it is part of, and help before anything."""

LEVELS = 8  # up to 10, since each is written as a digit
LOWEST, STEP = 0.4, 1.7
"""A weight is kept as one of a few levels: level n stands for LOWEST x STEP^n. More levels find no better."""

SHORT_TITLE = 3
"""Words in a title that somebody may type as a whole: such a title gets a term of its own, with a ^ before it."""

WHOLE_TITLES = ("Guide", "Page", "Template", "Case study")
"""The kinds whose titles these are. Words of the dictionary are known by their names; lessons are sentences."""

EVERYWHERE, MANY = 0.2, 50
"""A word that stands in a larger part of all texts, and in so many, tells none from another. It is left out of them."""


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


@dataclass(frozen=True)
class _Counted:
    """A record, before it is weighed."""

    boost: float
    terms: Mapping[str, Counter[str]]
    """For each field how often its terms stand there."""


def build(found: Iterable[Found], things: Iterable[words.Thing]) -> Index:
    """The index of records.

    Args: `found`, the records; `things`, what has several names (`search_words.concepts`).
    """
    numbered = tuple(found)
    names = _Names(things)
    of_texts = [_said(_beginning(record)) for record in numbered]
    everywhere = _everywhere(of_texts)
    forms: dict[str, str] = {}
    counted: list[_Counted] = []
    for record, of_text in zip(numbered, of_texts, strict=True):
        said = {
            "title": _said(record.title),
            "names": _said(". ".join(record.other_names)),
            "typed": _said(". ".join(record.typed)),
            "text": _Said([each for each in of_text.words if each[1] not in everywhere], of_text.capitals),
            "part_of": _said(record.part_of),
        }
        terms = {name: [*(term for _, term in of_field.words), *of_field.capitals] for name, of_field in said.items()}
        for of_field in said.values():
            forms.update(of_field.words)
        terms["tags"] = list(record.tags)
        mentioned = names.mentioned(f"{record.title}. {record.text}")
        terms["about"] = sorted((mentioned | {*record.about}) - {*record.tags})
        title = words.key(record.title)
        terms["whole"] = [f"^{title}"] if title.count("_") < SHORT_TITLE else []
        counted.append(_Counted(KINDS[record.kind], {field: Counter(terms[field]) for field in FIELDS if terms[field]}))
    weights = _weights(counted)
    return Index(
        numbered,
        weights,
        dict(sorted(forms.items())),
        tuple(sorted({form for left in everywhere.values() for form in left} - forms.keys() - names.words)),
        tuple(thing for thing in names.all if thing[0] in weights),
    )


def _beginning(record: Found) -> str:
    return " ".join(record.text.split()[:WORDS_OF_TEXT])


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text says."""

    words: list[tuple[str, str]]
    """Its words, but for stop words, each with its term."""
    capitals: tuple[str, ...]
    """The terms of names in capitals that would be lost as stop words."""


def _said(text: str) -> _Said:
    if not text:
        return _NOTHING
    said = [_with_term(form) for form in words.forms(text) if form not in words.STOP_WORDS]
    return _Said(said, tuple(words.names_in_capitals(text)))


_NOTHING = _Said([], ())


@lru_cache(maxsize=100_000)
def _with_term(form: str) -> tuple[str, str]:
    return form, words.term(form)


def _everywhere(of_texts: list[_Said]) -> dict[str, set[str]]:
    """The terms that stand in so many texts that they are left out, and the words of each."""
    counts = Counter(term for said in of_texts for term in {term for _, term in said.words})
    everywhere: dict[str, set[str]] = {
        term: set() for term, count in counts.items() if count > max(MANY, EVERYWHERE * len(of_texts))
    }
    for form, term in {each for said in of_texts for each in said.words}:
        if term in everywhere:
            everywhere[term].add(form)
    return everywhere


def _weights(counted: list[_Counted]) -> dict[str, tuple[tuple[int, int], ...]]:
    """For each term the records, by number, and the weights of all fields together, as levels."""
    lengths = Counter[str]()
    places = Counter[str]()
    for record in counted:
        for field, terms in record.terms.items():
            lengths[field] += terms.total()
            places.update(terms.keys())
    total = len(counted)
    rarity = {term: math.log(1 + abs((total - many + 0.5) / (many + 0.5))) for term, many in places.items()}
    weights: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, record in enumerate(counted):
        of_record: dict[str, float] = defaultdict(float)
        for field, terms in record.terms.items():
            length = terms.total() / (lengths[field] / total)
            long = AGAIN_COUNTS * (1 - LENGTH_COUNTS + LENGTH_COUNTS * length)
            for term, times in terms.items():
                weight = rarity[term] * ((AGAIN_COUNTS + 1) * times) / (long + times)
                of_record[term] += round(weight * FIELDS[field] * record.boost, 3)
        for term, weight in of_record.items():
            weights[term].append((number, _level(weight)))
    return {term: tuple(postings) for term, postings in sorted(weights.items())}


@lru_cache(maxsize=100_000)
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
        self.longest: dict[str, int] = {}
        """How many words the longest name has that starts with a word."""
        for first, *more in self.in_texts:
            self.longest[first] = max(1 + len(more), self.longest.get(first, 0))
        self.words = {word for _, _, called in self.all for name in called for word in name.split(" ")}

    @staticmethod
    def _key(text: str) -> tuple[str, ...]:
        return tuple(words.base(word.replace("-", "")) for word in words.fold(text))

    def mentioned(self, text: str) -> set[str]:
        """The terms of the things that a text names."""
        said = self._key(text)
        named = {
            term
            for start, word in enumerate(said)
            if word in self.longest
            for end in range(start + 1, start + self.longest[word] + 1)
            for term in self.in_texts.get(said[start:end], ())
        }
        return named.union(*(self.in_texts.get((name,), ()) for name in words.names_in_capitals(text)))
