"""What search engines read: robots.txt, and a list of all pages. The list needs the hub's own address on the web."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from macros import made_pages
from macros.collection import Collection
from macros.records import CaseStudy
from macros.render import fill, render
from macros.views.links import case_page, full_address, guide_page, lesson_page

PATH, ROBOTS = "sitemap.xml", "robots.txt"
MOST = 50_000
"""Pages in one list. See https://www.sitemaps.org/protocol.html."""


@dataclass(frozen=True)
class Listed:
    """A page, or a list of pages."""

    address: str
    changed: str | None
    """The day on which it last changed, where the hub knows it."""


def files(collection: Collection) -> dict[str, str]:
    """The files, by their paths below the top of the site."""
    address = full_address(PATH)
    made = {ROBOTS: render("robots.txt.jinja", address)}
    if address:
        pages = tuple(_pages(collection))
        parts = [pages[start : start + MOST] for start in range(0, len(pages), MOST)]
        if len(parts) == 1:
            return made | {PATH: fill("documents/sitemap.xml.jinja", pages)}
        named = {f"sitemap-{number}.xml": part for number, part in enumerate(parts, 1)}
        lists = tuple(Listed(address.removesuffix(PATH) + name, None) for name in named)
        made |= {PATH: fill("documents/sitemaps.xml.jinja", lists)}
        made |= {name: fill("documents/sitemap.xml.jinja", part) for name, part in named.items()}
    return made


def _pages(collection: Collection) -> Iterator[Listed]:
    changed: dict[str, str] = {}
    for slug, _, record in collection.with_lessons:
        day = record.updated.isoformat()
        changed[case_page(slug) if isinstance(record, CaseStudy) else guide_page(slug)] = day
        changed |= {lesson_page(slug, lesson.id): day for lesson in record.lessons}
    for page in made_pages.own_titles(collection):
        yield Listed(str(full_address(page)), changed.get(page))
