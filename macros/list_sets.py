"""What the filter of a list loads when the list has parts: which things in it have each value, and each word.

A thing, a lesson or a case study, is its place in the list. The things themselves are not here: the page takes them
from the parts of the lists, which are pages of the site.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from macros import search_words
from macros.collection import Collection
from macros.text import plain
from macros.views import case_list, lesson_lists
from macros.views.case_list import CaseCard
from macros.views.lessons import LessonCard

LETTERS_IN_PIECE = 24_000
"""How large a piece of the words is, by the letters of its JSON."""


@dataclass(frozen=True)
class Listing:
    """A list that can be filtered, in the order in which it stands."""

    folder: str
    """Where its files are, below the top of the site. The page that loads them is there too."""
    values: tuple[str, ...]
    """What each thing is sorted by: group:value, with spaces between them."""
    texts: tuple[str, ...]
    """What stands in each thing's card."""
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
    lessons, cases = lesson_lists.ordered(collection), case_list.ordered(collection)
    listings = (
        Listing(
            "lessons",
            tuple(card.values for card in lessons),
            tuple(map(_lesson, lessons)),
            frozenset(facet.group for facet in lesson_lists.facets(collection)),
            lesson_lists.WHOLE,
            lesson_lists.PART,
            has_lists=True,
        ),
        Listing(
            "case-studies",
            tuple(card.values for card in cases),
            tuple(map(_case, cases)),
            frozenset(facet.group for facet in case_list.facets(collection)),
            case_list.WHOLE,
            case_list.PART,
            has_lists=False,
        ),
    )
    return {path: text for listing in listings if len(listing.values) > listing.whole for path, text in _files(listing)}


def _files(listing: Listing) -> Iterator[tuple[str, str]]:
    having: dict[str, list[int]] = defaultdict(list)
    words: dict[str, list[int]] = defaultdict(list)
    for place, (values, text) in enumerate(zip(listing.values, listing.texts, strict=True)):
        for value in values.split():
            if value.partition(":")[0] in listing.groups:
                having[value].append(place)
        for word in set(search_words.fold(text)):
            words[word].append(place)
    pieces = list(_pieces(words))
    first = {
        "total": len(listing.values),
        "whole": listing.whole,
        "part": listing.part,
        "lists": listing.has_lists,
        "sets": {value: _steps(places) for value, places in having.items()},
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


def _steps(places: Iterable[int]) -> str:
    """Places that grow, as the steps from each to the next less one, in base 36; 0 is an empty word."""
    steps = (place - before - 1 for before, place in pairwise([-1, *places]))
    return " ".join(_base36(step) for step in steps)


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, digit = divmod(number, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
