"""What the filter of the lessons loads when their list has parts: which lessons have each value, and each word.

A lesson is its place in the list of all lessons. The lessons themselves are not here: the page takes them from the
parts of the lists, which are pages of the site.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from macros import search_words
from macros.collection import Collection
from macros.search import plain
from macros.views.lesson_lists import PART, WHOLE, facets, ordered
from macros.views.lessons import LessonCard

FOLDER = "lessons"
"""Where the files are, below the top of the site. The page that loads them is there too."""

LETTERS_IN_PIECE = 24_000
"""How large a piece of the words is, by the letters of its JSON."""


def files(collection: Collection) -> dict[str, str]:
    """The files, by their names below the top of the site. None if all lessons stand in one page."""
    cards = ordered(collection)
    if len(cards) <= WHOLE:
        return {}
    sorts = {facet.group for facet in facets(collection)}
    having: dict[str, list[int]] = defaultdict(list)
    words: dict[str, list[int]] = defaultdict(list)
    for place, card in enumerate(cards):
        for value in card.values.split():
            if value.partition(":")[0] in sorts:
                having[value].append(place)
        for word in set(search_words.fold(_text(card))):
            words[word].append(place)
    pieces = list(_pieces(words))
    first = {
        "total": len(cards),
        "whole": WHOLE,
        "part": PART,
        "sets": {value: _steps(places) for value, places in having.items()},
        "starts": [min(piece) for piece in pieces],
    }
    named = {f"{FOLDER}/words-{number}.json": piece for number, piece in enumerate(pieces)}
    return {path: _json(data) for path, data in {f"{FOLDER}/sets.json": first, **named}.items()}


def _text(card: LessonCard) -> str:
    """What stands in a lesson's card."""
    linked = [link.text for link in (card.origin_link, card.home, *card.guides, *card.templates, card.source.work)]
    return " ".join([card.lesson, plain(card.detail or ""), card.source.at, *linked])


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
