"""What can be cited: the hub's own pages, and the works that it cites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from macros.collection import Collection
from macros.fields import NOT_REPORTED
from macros.records import CaseStudy, Guide
from macros.shared import Source
from macros.views.links import HUB, address, case_page, full_address, guide_page, lesson_page

Kind = Literal["article", "book", "web page", "picture", "talk", "other"]

_KINDS: dict[str, Kind] = {
    "article": "article",
    "book": "book",
    "web page": "web page",
    "picture": "picture",
    "talk": "talk",
    "webinar": "talk",
}


@dataclass(frozen=True)
class Author:
    """A person, or a group that has no given name."""

    family: str
    given: str = ""


@dataclass(frozen=True)
class Work:
    """A page or a publication, with all that its citation needs. What is empty is not reported."""

    key: str
    """Short name: small letters, digits and hyphens."""
    kind: Kind
    title: str
    authors: tuple[Author, ...] = ()
    year: str = ""
    month: str = ""
    day: str = ""
    container: str = ""
    """What it is part of: a journal, an event, the hub."""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    doi: str = ""
    url: str = ""


_OURS = (Author(HUB),)


def of_page(collection: Collection, page: str) -> Work | None:
    """A page by its path below docs/: case studies, lessons, guide pages and templates; None if it cannot be cited."""
    _, _, below = page.partition("/")
    home = below.partition("/")[0].removesuffix(".md")  # no other page is in a folder with the name of a case study
    return (_of_case(collection, home) if home in collection.cases else _others(collection)).get(page)


@lru_cache(maxsize=16)
def _of_case(collection: Collection, slug: str) -> dict[str, Work]:
    return dict(of_case(collection, slug))


@lru_cache(maxsize=2)
def _others(collection: Collection) -> dict[str, Work]:
    return dict(others(collection))


def of_case(collection: Collection, slug: str) -> Iterator[tuple[str, Work]]:
    """The pages of a case study: their paths below docs/, and what their citations need."""
    case = collection.cases[slug]
    yield from _with_lessons(case_page(slug), slug, case, tuple(map(Author, case.contributors)))


def others(collection: Collection) -> Iterator[tuple[str, Work]]:
    """The same of all other pages that can be cited."""
    for slug, guide in collection.guides.items():
        yield from _with_lessons(guide_page(slug), slug, guide, _OURS)
    for slug, template in collection.templates.items():
        if collection.written(slug):
            page = f"templates/{slug}.md"
            yield page, _page(page, slug, template.title, _OURS, template.updated.isoformat())


def _with_lessons(
    page: str, slug: str, record: CaseStudy | Guide, authors: tuple[Author, ...]
) -> Iterator[tuple[str, Work]]:
    day = record.updated.isoformat()
    yield page, _page(page, slug, record.title, authors, day)
    for lesson in record.lessons:
        page = lesson_page(slug, lesson.id)
        yield page, _page(page, f"{slug}-{lesson.id}", lesson.lesson.rstrip("."), authors, day)


def _page(page: str, key: str, title: str, authors: tuple[Author, ...], day: str) -> Work:
    return Work(
        key=key,
        kind="web page",
        title=title,
        authors=authors,
        year=day[:4],
        month=day[5:7],
        day=day[8:],
        container=HUB,
        url=full_address(page) or "",
    )


@lru_cache(maxsize=2)
def sources(collection: Collection) -> dict[str, Work]:
    """Every work that the hub cites, by its id."""
    return {source.id: _source(source) for source in collection.sources}


def _source(source: Source) -> Work:
    return Work(
        key=source.id,
        kind=_KINDS.get(source.kind, "other"),
        title="" if source.title == NOT_REPORTED else source.title,
        authors=tuple(map(_author, source.authors)),
        year="" if source.year == NOT_REPORTED else source.year,
        container=source.container or "",
        volume=source.volume or "",
        issue=source.issue or "",
        pages=source.pages or "",
        publisher=source.publisher or "",
        doi=source.doi or "",
        url=source.url or (f"https://doi.org/{source.doi}" if source.doi else ""),
    )


def _author(name: str) -> Author:
    """A name as records have it: family name, comma, initials; a name without a comma is a group's."""
    family, comma, given = name.partition(", ")
    return Author(family, given) if comma else Author(name)


def page_file(page: str) -> str:
    """The citation of a page as a file, without its ending: beside the page, and named as it is."""
    folder = address(page).rstrip("/")
    return f"{folder}/{folder.rpartition('/')[2]}"


def source_file(source: str) -> str:
    """The citation of a work as a file, without its ending."""
    return f"about/sources/{source}"
