"""A list of the plain texts of all pages but the single lessons (llms.txt), for people who read with other programs."""

from __future__ import annotations

from dataclasses import dataclass

from macros import made_pages
from macros.collection import Collection
from macros.exports.plain import LIST, TWIN
from macros.render import render
from macros.views.links import address

_LESSONS = "lessons.md"


@dataclass(frozen=True)
class Listed:
    """A page in the list."""

    title: str
    address: str
    summary: str


@dataclass(frozen=True)
class PageList:
    """What the list is given."""

    title: str
    summary: str
    pages: tuple[Listed, ...]


def files(collection: Collection) -> dict[str, str]:
    """The list, by its path below the top of the site."""
    titles, summaries = made_pages.titles(collection), made_pages.summaries(collection)
    unwritten = set(made_pages.unwritten(collection))
    listed = (
        Listed(title, f"{address(page)}{TWIN}", summaries.get(page, ""))
        for page, title in titles.items()
        if page not in unwritten and (page == _LESSONS or not address(page).startswith(address(_LESSONS)))
    )
    home, *others = sorted(listed, key=lambda page: (page.address != TWIN, page.address))
    return {LIST: render("llms.txt.jinja", PageList(home.title, home.summary, tuple(others)))}
