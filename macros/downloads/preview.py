"""Pictures that stand for a page where somebody shares its address: the mark of the hub, and the page's title.

They are made only for a hub that has an address on the web, since such a picture is named by its whole address.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Iterator
from dataclasses import dataclass

import typst

from macros import made_pages
from macros.collection import Collection
from macros.downloads.pdf import fonts, literal
from macros.kept import kept
from macros.render import fill_typst
from macros.views.links import ALL_LESSONS, HUB, address, case_page, full_address, guide_page

FOLDER = "previews"
WIDTH, HEIGHT = 1200, 630
"""Pixels, as those who show such pictures ask for: https://ogp.me/."""
_LONG = 70
"""Letters from which a title is written smaller."""


@dataclass(frozen=True)
class Preview:
    """A picture, before it is drawn."""

    title: str
    hub: str
    size: int
    """Of the letters, in pixels."""
    width: int = WIDTH
    height: int = HEIGHT


def of_page(collection: Collection, page: str) -> str:
    """Where the picture for a page is, below the top of the site. A lesson has that of what it is part of."""
    folder, _, home = page.rpartition("/")[0].partition("/")
    if folder == "lessons":
        page = case_page(home) if home in collection.cases else guide_page(home)
        page = page if home in collection.cases or home in collection.guides else ALL_LESSONS
    name = page.removesuffix(".md") if page in made_pages.own_titles(collection) else "index"
    return f"{FOLDER}/{name}.png"


def files(collection: Collection) -> Iterator[tuple[str, bytes]]:
    """Every picture: path below the top of the site, and a PNG. None while the hub has no address on the web."""
    if not full_address("index.md"):
        return
    for page, title in made_pages.own_titles(collection).items():
        if (path := of_page(collection, page)) == f"{FOLDER}/{page.removesuffix('.md')}.png":
            shown = HUB if not address(page) else title
            yield path, _png(Preview(shown, HUB, 52 if len(shown) > _LONG else 68))


def _png(preview: Preview) -> bytes:
    source = fill_typst("documents/preview.typ.jinja", preview, literal)

    def draw() -> bytes:
        made = typst.compile(source.encode(), format="png", ppi=72, font_paths=fonts())
        if not isinstance(made, bytes):
            raise TypeError(f"The picture for “{preview.title}” has more than one page.")
        return made

    return kept(f"preview {importlib.metadata.version('typst')} {source}", draw)
