"""Where things are: the page of each record, and links to it.

A page is named by its Markdown file below docs/, whether a person wrote that file or `made_pages.generated` did.
"""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass

from macros.collection import Collection
from macros.fields import Citation


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a page."""

    text: str
    page: str


@dataclass(frozen=True, slots=True)
class Cited:
    """Where a statement comes from: the work, and the place in it."""

    work: Link
    at: str


def address(page: str) -> str:
    """Where a page is, below the address of the hub: `about.md#use` is at `about/#use`, `index.md` at the top."""
    path, mark, anchor = page.partition("#")
    folder = path.removesuffix(".md").removesuffix("index").rstrip("/")
    return (folder and folder + "/") + mark + anchor


FROM_FILES_VARIABLE = "HUB_LINKS_FROM_FILES"
"""Set for a generator that takes an address in HTML to start from the page's file below docs/, as Zensical does."""


def relative(page: str, here: str) -> str:
    """The address of a page, or of a file with its ending, from the page `here`.

    It goes by way of the top of the site, so that it is quickly made. A place on `here` itself is `#place`.
    """
    path, mark, anchor = page.partition("#")
    if path == here:
        return mark + anchor
    start = here if os.environ.get(FROM_FILES_VARIABLE) else address(here)
    up = "../" * start.count("/")
    return (up + (address(path) if path.endswith(".md") else path) or "./") + mark + anchor


def page_at(address: str) -> str:
    """The page at an address: the other way round from `address`, for pages in folders."""
    return f"{address.rstrip('/')}.md"


def case_page(slug: str) -> str:
    """The page of a case study."""
    return f"case-studies/{slug}.md"


def guide_page(slug: str) -> str:
    """The page of a guide topic."""
    return f"guide/{slug}.md"


def lesson_page(home: str, lesson: str) -> str:
    """The page of a lesson. `home` is the slug of the case study or guide topic that holds it."""
    return f"lessons/{home}/{lesson}.md"


def facet_page(group: str, value: str) -> str:
    """The page of all lessons with one value of one group."""
    return f"lessons/{group}/{value}.md"


ALL_LESSONS, ALL_CASES = "lessons.md", "case-studies.md"
"""The pages of all lessons, and of all case studies."""


def part_page(page: str, part: int) -> str:
    """The page of one part of a long list, counted from 1, by the page of the list."""
    if part == 1:
        return page
    folder = page.removesuffix(".md")
    return f"{f'{folder}/all' if page in (ALL_LESSONS, ALL_CASES) else folder}/part-{part}.md"


def template_page(collection: Collection, slug: str) -> str:
    """The page of a template, or its place in the list while it is not written."""
    return f"templates/{slug}.md" if collection.written(slug) else f"templates/index.md#{slug}"


def template_links(collection: Collection, slugs: tuple[str, ...]) -> tuple[Link, ...]:
    """Links to templates. One that is not written yet says so."""
    return tuple(
        Link(
            collection.templates[slug].title + ("" if collection.written(slug) else " (not written yet)"),
            template_page(collection, slug),
        )
        for slug in slugs
    )


def guide_links(collection: Collection, slugs: tuple[str, ...]) -> tuple[Link, ...]:
    """Links to guide topics."""
    return tuple(Link(collection.guides[slug].title, guide_page(slug)) for slug in slugs)


def cited(collection: Collection, citation: Citation) -> Cited:
    """A citation with the work's short name."""
    return Cited(_works(collection)[citation.ref], citation.at)


@functools.lru_cache(maxsize=2)
def _works(collection: Collection) -> dict[str, Link]:
    return {source.id: Link(source.short_title, f"about.md#{source.id}") for source in collection.sources}


NOT_KEPT = "not-kept.md"
"""What is shown without a network in place of a page that the device did not keep. No list names it."""

HUB = "Co-production Knowledge Hub"
"""The name of the site, as in mkdocs.yml."""

ADDRESS_VARIABLE = "HUB_ADDRESS"
"""Holds the address of the hub on the web, with a slash at its end; not set or empty while it has none."""


def full_address(page: str) -> str | None:
    """Where a page, or a file with its ending, is on the web; None while the hub has no address."""
    top = os.environ.get(ADDRESS_VARIABLE)
    path = address(page) if ".md" in page or "." not in page else page
    return f"{top.rstrip('/')}/{path}" if top else None
