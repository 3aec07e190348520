"""Lessons: one on its own page, and as a card in a list."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from macros.collection import FACETS, Collection
from macros.records import CaseStudy, Lesson
from macros.views.links import (
    Cited,
    Link,
    case_page,
    cited,
    facet_page,
    guide_links,
    guide_page,
    lesson_page,
    template_links,
)


@dataclass(frozen=True, eq=False, slots=True)  # compared as itself, so that what was made of it can be kept
class LessonCard:
    """A lesson as it stands in a list."""

    id: str
    """Its id in a list of lessons from several places."""
    values: str
    """What it is sorted by, for the filter: group:value, with spaces between them."""
    lesson: str
    detail: str | None
    page: str
    origin: str
    """The origin's id, for its look."""
    origin_link: Link
    home: Link
    """The case study or guide topic it is part of."""
    stages: tuple[Link, ...]
    themes: tuple[Link, ...]
    people: tuple[Link, ...]
    how_known: str
    source: Cited
    guides: tuple[Link, ...]
    templates: tuple[Link, ...]


@dataclass(frozen=True)
class LessonPage:
    """A lesson on its own page."""

    card: LessonCard
    home_kind: str
    """`Case study` or `Guide`."""
    others: tuple[Link, ...]
    """The other lessons of the same case study or topic."""


@dataclass(frozen=True)
class Home:
    """What holds lessons: a case study or a guide topic."""

    slug: str
    link: Link
    is_case: bool
    lessons: tuple[Lesson, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A lesson with its home and its card."""

    home: Home
    lesson: Lesson
    card: LessonCard


def _homes(collection: Collection) -> Iterator[Home]:
    """What holds lessons, case studies first."""
    for slug, _, record in collection.with_lessons:
        if isinstance(record, CaseStudy):
            yield Home(slug, Link(record.short_title, case_page(slug)), is_case=True, lessons=record.lessons)
        else:
            yield Home(slug, Link(record.title, guide_page(slug)), is_case=False, lessons=record.lessons)


GROUPS: dict[str, tuple[str, Callable[[Home, Lesson], tuple[str, ...]]]] = {
    "origin": ("What happened", lambda _, lesson: (lesson.origin,)),
    "theme": ("What it is about", lambda _, lesson: lesson.themes),
    "stage": ("When in a project", lambda _, lesson: lesson.stages),
    "people": ("With whom", lambda _, lesson: lesson.people),
    "case": ("Case study", lambda home, _: (home.slug,) if home.is_case else ()),
}
"""For each group in collection.FACETS: what readers see, and what a lesson has of it."""


def groups(collection: Collection) -> Iterator[tuple[str, str, str, str]]:
    """Every value that lessons can have: the group, the value's id, its label and its meaning."""
    for group, of_vocabulary in FACETS.items():
        if of_vocabulary:
            for value in getattr(collection.vocabulary, of_vocabulary):
                yield group, value.id, value.label, value.meaning
        else:
            for slug, case in collection.cases.items():
                yield group, slug, case.short_title, case.summary


@functools.lru_cache(maxsize=2)
def entries(collection: Collection) -> tuple[Entry, ...]:
    """Every lesson with its home and its card, in the order of their homes. Made once for a collection."""
    links = {(group, value): Link(label, facet_page(group, value)) for group, value, label, _ in groups(collection)}
    guides = dict(zip(collection.guides, guide_links(collection, tuple(collection.guides)), strict=True))
    templates = dict(zip(collection.templates, template_links(collection, tuple(collection.templates)), strict=True))
    how_known = {value.id: value.label for value in collection.vocabulary.how_known}

    def facet_links(group: str, values: tuple[str, ...]) -> tuple[Link, ...]:
        return tuple(links[group, value] for value in values)

    def card(home: Home, lesson: Lesson) -> LessonCard:
        return LessonCard(
            id=f"{home.slug}-{lesson.id}",
            values=" ".join(f"{group}:{value}" for group, (_, has) in GROUPS.items() for value in has(home, lesson)),
            lesson=lesson.lesson,
            detail=lesson.detail,
            page=lesson_page(home.slug, lesson.id),
            origin=lesson.origin,
            origin_link=facet_links("origin", (lesson.origin,))[0],
            home=home.link,
            stages=facet_links("stage", lesson.stages),
            themes=facet_links("theme", lesson.themes),
            people=facet_links("people", lesson.people),
            how_known=how_known[lesson.how_known],
            source=cited(collection, lesson.source),
            guides=tuple(map(guides.__getitem__, lesson.guides)),
            templates=tuple(map(templates.__getitem__, lesson.templates)),
        )

    return tuple(Entry(home, lesson, card(home, lesson)) for home in _homes(collection) for lesson in home.lessons)


@functools.lru_cache(maxsize=2)
def _by_home(collection: Collection) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in entries(collection):
        found.setdefault(entry.home.slug, []).append(entry)
    return found


def cards(collection: Collection, slug: str) -> tuple[LessonCard, ...]:
    """The lessons of one case study or guide topic."""
    return tuple(entry.card for entry in _by_home(collection).get(slug, ()))


def page(collection: Collection, slug: str, lesson_id: str) -> LessonPage:
    """One lesson on its own page. `slug` is its case study's or guide topic's.

    Raises: `LookupError` if there is no such lesson.
    """
    here = _by_home(collection).get(slug, [])
    this = next((entry for entry in here if entry.lesson.id == lesson_id), None)
    if this is None:
        raise LookupError(f'There is no lesson "{lesson_id}" in "{slug}".')
    others = tuple(Link(entry.card.lesson, entry.card.page) for entry in here if entry is not this)
    return LessonPage(this.card, "Case study" if this.home.is_case else "Guide", others)
