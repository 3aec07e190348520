"""The dictionary: all of it, and the words of it that a text uses."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from macros.collection import Collection
from macros.shared import Term
from macros.views.links import Cited, Link, cited


@dataclass(frozen=True)
class WordMeaning:
    """A word and what it means, for a list beside a text."""

    link: Link
    meaning: str


@dataclass(frozen=True)
class DictionaryEntry:
    """An entry of the dictionary."""

    id: str
    term: str
    meaning: str
    also: str
    """Other words for it, in a row; empty if there are none."""
    see: tuple[Link, ...]
    source: Cited | None


@dataclass(frozen=True)
class DictionaryLetter:
    """The entries that start with one letter."""

    letter: str
    entries: tuple[DictionaryEntry, ...]


def dictionary(collection: Collection) -> tuple[DictionaryLetter, ...]:
    """The dictionary by first letters."""
    terms = sorted(collection.dictionary, key=lambda term: (term.term.casefold(), term.id))
    names = {term.id: term.term for term in terms}
    letters: dict[str, list[DictionaryEntry]] = {}
    for term in terms:
        first = term.term[0].upper()
        letters.setdefault(first if first.isalpha() else "#", []).append(
            DictionaryEntry(
                term.id,
                term.term,
                term.meaning,
                ", ".join(term.also),
                tuple(Link(names[other], term_page(other)) for other in term.see),
                cited(collection, term.source) if term.source else None,
            )
        )
    return tuple(DictionaryLetter(letter, tuple(entries)) for letter, entries in sorted(letters.items()))


def term_page(term: str) -> str:
    """Where a word stands in the dictionary."""
    return f"dictionary.md#{term}"


def used_in(collection: Collection, text: str) -> tuple[WordMeaning, ...]:
    """The dictionary's words that a text uses, in the order in which they first stand in it."""
    pattern, terms = _pattern(collection)
    words = (match[0] for match in pattern.finditer(text))
    found = dict.fromkeys(terms.get(word.removesuffix("s")) or terms[_key(word)] for word in words)
    return tuple(WordMeaning(Link(term.term, term_page(term.id)), term.meaning) for term in found)


@functools.lru_cache(maxsize=2)
def _pattern(collection: Collection) -> tuple[re.Pattern[str], dict[str, Term]]:
    """Finds any term, longest first, and a short form in capitals, written just so; each with or without a plural s."""
    terms: dict[str, Term] = {}
    short: dict[str, Term] = {}
    for term in collection.dictionary:
        names = (term.term, *term.also)
        short |= {name: term for name in names if _SHORT_FORM.fullmatch(name)}
        if not _SHORT_FORM.fullmatch(term.term):
            terms[_key(term.term)] = term
    words = "|".join(re.escape(word) for word in sorted(terms, key=len, reverse=True))
    capitals = "|".join(map(re.escape, sorted(short, key=len, reverse=True)))
    pattern = rf"\b(?:(?i:{words or '(?!)'})s*|(?:{capitals or '(?!)'})s?)\b"
    return re.compile(pattern), terms | short


def _key(word: str) -> str:
    return word.casefold().rstrip("s")


_SHORT_FORM = re.compile(r"[A-Z][A-Z0-9-]+")
