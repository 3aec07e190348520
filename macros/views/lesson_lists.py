"""Lists of lessons: all, and those with one value of a group. A long list stands in parts, each a page."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from macros.collection import Collection, of_each_case
from macros.views import easy_read
from macros.views.easy_read import EasyReadCard
from macros.views.facets import Facet, FacetValue, counted
from macros.views.lessons import GROUPS, LessonCard, cards, entries, groups
from macros.views.links import ALL_LESSONS, Link, facet_page, part_page

WHOLE = 100
"""Lessons that a list has on one page. One of 100 weighs 21 kB with all it loads; a page may weigh 25 kB."""

PART = 50
"""Lessons in each part of a list that is longer."""

MOST_VALUES = 60
"""Values up to which a group is offered to sort by. Beyond, nobody reads them through; there is the search."""

ALL = "All lessons"
"""What the list of all is called."""

EVERYTHING = "all"
"""Stands for the group and the value of the list of all lessons."""


@dataclass(frozen=True)
class LessonList:
    """Lessons that have something in common, or all of them; or one part of these."""

    heading: str
    meaning: str | None
    total: int
    """How many there are in all parts."""
    lessons: tuple[LessonCard, ...]
    """Those of this part."""
    first: int
    """The number of the first of them, from 1."""
    before: Link | None
    """The part before this one."""
    after: Link | None
    facets: tuple[Facet, ...]
    easy_read: EasyReadCard | None = None


def everything(collection: Collection, part: int = 1) -> LessonList:
    """All lessons."""
    return _part(collection, ALL, ordered(collection), ALL_LESSONS, part)


def by_value(collection: Collection, group: str, value: str, part: int = 1) -> LessonList:
    """The lessons with one value of one group, in the order of all lessons.

    Raises: `LookupError` if there is no such group, value or part.
    """
    if (group, value) == (EVERYTHING, EVERYTHING):
        return everything(collection, part)
    page, (_, meaning) = facet_page(group, value), _said(collection, group, value)
    chosen = with_value(collection, group, value)
    twin = easy_read.card_for(collection, page) if part == 1 else None
    whole = _part(collection, heading(collection, group, value), chosen, page, part)
    return replace(whole, meaning=meaning, easy_read=twin)


def heading(collection: Collection, group: str, value: str) -> str:
    """What the list of the lessons with one value is called. Raises: `LookupError` if there is no such list."""
    if (group, value) == (EVERYTHING, EVERYTHING):
        return ALL
    return f"{GROUPS[group][0]}: {_said(collection, group, value)[0]}"


def _said(collection: Collection, group: str, value: str) -> tuple[str, str]:
    """The label and the meaning of a value."""
    found = _said_of(collection)
    if (group, value) not in found:
        raise LookupError(f'Lessons are not sorted by "{value}" of "{group}".')
    return found[group, value]


@functools.lru_cache(maxsize=2)
def _said_of(collection: Collection) -> dict[tuple[str, str], tuple[str, str]]:
    """The label and the meaning of each value, by group and id."""
    return {(group, id_): (label, meaning) for group, id_, label, meaning in groups(collection)}


@functools.lru_cache(maxsize=2)
def ordered(collection: Collection) -> tuple[LessonCard, ...]:
    """All lessons, those that went wrong first, then by origin in the vocabulary's order."""
    order = {value.id: place for place, value in enumerate(collection.vocabulary.origins)}
    return tuple(sorted((entry.card for entry in entries(collection)), key=lambda card: order[card.origin]))


@functools.lru_cache(maxsize=2)
def _by_value(collection: Collection) -> dict[str, tuple[LessonCard, ...]]:
    found: dict[str, list[LessonCard]] = {}
    for card in ordered(collection):
        for value in card.values.split():
            found.setdefault(value, []).append(card)
    return {value: tuple(having) for value, having in found.items()}


def with_value(collection: Collection, group: str, value: str) -> tuple[LessonCard, ...]:
    """The lessons with one value, in the order of all lessons."""
    return _by_value(collection).get(f"{group}:{value}", ())


def later_parts(collection: Collection) -> dict[str, tuple[str, str, int]]:
    """The pages of all parts but the first of every list: page, and its group, value and number."""
    return {
        part_page(page, part): (group, value, part)
        for group, value, page, of_list in _lists(collection)
        for part in range(2, _parts(len(of_list)) + 1)
    }


def _lists(collection: Collection) -> Iterator[tuple[str, str, str, tuple[LessonCard, ...]]]:
    """Every list: its group and value, its first page, and its lessons."""
    yield EVERYTHING, EVERYTHING, ALL_LESSONS, ordered(collection)
    for group, value, _, _ in groups(collection):
        yield group, value, facet_page(group, value), with_value(collection, group, value)


def _parts(count: int) -> int:
    return 1 if count <= WHOLE else -(-count // PART)


def _part(collection: Collection, heading: str, cards: tuple[LessonCard, ...], page: str, part: int) -> LessonList:
    """One part of the list on a page."""
    parts, total = _parts(len(cards)), len(cards)
    if not 1 <= part <= parts:
        raise LookupError(f"{heading} has no part {part}.")
    size = PART if parts > 1 else max(total, 1)
    start = (part - 1) * size
    last = min(start + size, total)
    before = Link(f"Lessons {start - size + 1} to {start}", part_page(page, part - 1)) if part > 1 else None
    after = (
        Link(f"Lessons {last + 1} to {min(last + size, total)}", part_page(page, part + 1)) if part < parts else None
    )
    return LessonList(heading, None, total, cards[start:last], start + 1, before, after, facets(collection))


@functools.lru_cache(maxsize=2)
def marks(collection: Collection) -> dict[str, str]:
    """For each page of a list of lessons a mark, which is another one whenever the page shows other things.

    It is made much sooner than the page, since what stands in many lists is looked at once.
    """
    of_cards, ways = _marks_of_cards(collection), _mark(facets(collection))
    found = {}
    for group, value, page, cards_of_list in _lists(collection):
        said = None if group == EVERYTHING else _said(collection, group, value)
        of_list = [of_cards[card.page] for card in cards_of_list]
        parts = _parts(len(of_list))
        for part in range(1, parts + 1):
            twin = easy_read.card_for(collection, page) if part == 1 else None
            start, end = (part - 1) * PART, part * PART if parts > 1 else None
            found[part_page(page, part)] = _mark(ways, said, len(of_list), part, twin, of_list[start:end])
    del found[ALL_LESSONS]  # somebody has written that page
    return found


def _marks_of_cards(collection: Collection) -> dict[str, str]:
    """The mark of each lesson in a list, by its page."""

    def of_case(slug: str) -> bytes:
        return "\n".join(map(_mark, cards(collection, slug))).encode()

    found = {card.page: _mark(card) for slug in collection.guides for card in cards(collection, slug)}
    for slug, marks_of_case in of_each_case(collection, "marks of lessons", of_case):
        pages = [card.page for card in cards(collection, slug)]
        found.update(zip(pages, marks_of_case.decode().split("\n"), strict=False))
    return found


def _mark(*shown: object) -> str:
    return sha256(repr(shown).encode()).hexdigest()


@functools.lru_cache(maxsize=2)
def facets(collection: Collection) -> tuple[Facet, ...]:
    """Every group that readers sort by, with its values and how many lessons have each."""
    counts = counted(card.values for card in ordered(collection))
    values: dict[str, list[FacetValue]] = {group: [] for group in GROUPS}
    for group, value, label, _ in groups(collection):
        values[group].append(FacetValue(value, label, counts[f"{group}:{value}"], facet_page(group, value)))
    return tuple(
        Facet(group, name, tuple(values[group]))
        for group, (name, _) in GROUPS.items()
        if len(values[group]) <= MOST_VALUES
    )
