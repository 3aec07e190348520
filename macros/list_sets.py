"""What the filter of a list loads when the list has parts: which things in it have each value, and each word.

A thing, a lesson or a case study, is its place in the list. The things themselves are not here: the page takes them
from the parts of the lists, which are pages of the site.
"""

from __future__ import annotations

import functools
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import sub

from macros import search_words
from macros.collection import Collection, of_each_case
from macros.text import plain
from macros.views import case_list, lesson_lists, lessons
from macros.views.case_list import CaseCard
from macros.views.lessons import LessonCard

LETTERS_IN_PIECE = 24_000
"""How large a piece of the words is, by the letters of its JSON."""


@dataclass(frozen=True)
class Listing:
    """A list that can be filtered, in the order in which it stands."""

    folder: str
    """Where its files are, below the top of the site. The page that loads them is there too."""
    values: Sequence[str]
    """What each thing is sorted by: group:value, with spaces between them."""
    words: Sequence[str]
    """What stands in each thing's card: each word once, with spaces between them."""
    groups: frozenset[str]
    """The groups that readers sort by."""
    whole: int
    """How many a list has in one page."""
    part: int
    """How many are in each part of a longer list."""
    has_lists: bool
    """Whether each value has a list of its own, in parts too."""


def files(collection: Collection) -> dict[str, str]:
    """The files, by their names below the top of the site. None for a list that stands in one page."""
    of_lessons, of_cases = lesson_lists.ordered(collection), case_list.ordered(collection)
    words_of_cases, words_of_lessons = _words(collection)
    listings = (
        Listing(
            "lessons",
            [card.values for card in of_lessons],
            [words_of_lessons.get(card.page) or _once(_lesson(card)) for card in of_lessons],
            frozenset(facet.group for facet in lesson_lists.facets(collection)),
            lesson_lists.WHOLE,
            lesson_lists.PART,
            has_lists=True,
        ),
        Listing(
            "case-studies",
            [card.values for card in of_cases],
            [words_of_cases[card.id] for card in of_cases],
            frozenset(facet.group for facet in case_list.facets(collection)),
            case_list.WHOLE,
            case_list.PART,
            has_lists=False,
        ),
    )
    return {path: text for listing in listings if len(listing.values) > listing.whole for path, text in _files(listing)}


def _words(collection: Collection) -> tuple[dict[str, str], dict[str, str]]:
    """The words of case studies' cards, by their slugs, and of the cards of the lessons in them, by their pages."""
    cases = {card.id: card for card in case_list.ordered(collection)}

    def made(slug: str) -> bytes:
        texts = [_case(cases[slug]), *map(_lesson, lessons.cards(collection, slug))]
        return "\n".join(map(_once, texts)).encode()

    of_cases: dict[str, str] = {}
    of_lessons: dict[str, str] = {}
    for slug, data in of_each_case(collection, "words of cards", made):
        of_cases[slug], *of_its_lessons = data.decode().split("\n")
        pages = [card.page for card in lessons.cards(collection, slug)]
        of_lessons.update(zip(pages, of_its_lessons, strict=True))
    return of_cases, of_lessons


def _once(text: str) -> str:
    return " ".join(dict.fromkeys(search_words.fold(text)))


def _files(listing: Listing) -> Iterator[tuple[str, str]]:
    having: dict[str, list[int]] = defaultdict(list)
    words: dict[str, list[int]] = defaultdict(list)
    for place, (values, said) in enumerate(zip(listing.values, listing.words, strict=True)):
        for value in values.split():
            having[value].append(place)
        for word in said.split():
            words[word].append(place)
    pieces = list(_pieces(words))
    first = {
        "total": len(listing.values),
        "whole": listing.whole,
        "part": listing.part,
        "lists": listing.has_lists,
        "sets": {value: _steps(having[value]) for value in having if value.partition(":")[0] in listing.groups},
        "starts": [min(piece) for piece in pieces],
    }
    yield f"{listing.folder}/sets.json", _json(first)
    for number, piece in enumerate(pieces):
        yield f"{listing.folder}/words-{number}.json", _json(piece)


def _lesson(card: LessonCard) -> str:
    linked = [link.text for link in (card.origin_link, card.home, *card.guides, *card.templates, card.source.work)]
    return " ".join([card.lesson, plain(card.detail or ""), card.source.at, *linked])


def _case(card: CaseCard) -> str:
    return f"{card.link.text} {card.name} {card.summary} {card.kind} {card.people} {card.where}"


def _pieces(words: Mapping[str, list[int]]) -> Iterator[dict[str, str]]:
    piece: dict[str, str] = {}
    size = 0
    for word in sorted(words):
        steps = _steps(words[word])
        if size + len(steps) > LETTERS_IN_PIECE and piece:
            yield piece
            piece, size = {}, 0
        piece[word] = steps
        size += len(steps) + len(word) + 6
    if piece:
        yield piece


def _steps(places: Sequence[int]) -> str:
    """Places that grow, as the steps from each to the next."""
    return " ".join(map(_step, map(sub, places, [-1, *places])))


@functools.lru_cache(maxsize=10_000)
def _step(step: int) -> str:
    """A step less one in base 36; 0 is an empty word."""
    number, digits = step - 1, ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
