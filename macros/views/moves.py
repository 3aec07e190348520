"""Addresses that have changed: what a reader sees there."""

from __future__ import annotations

from dataclasses import dataclass

from macros.collection import Collection
from macros.shared import Moved
from macros.views.links import Link, page_at


@dataclass(frozen=True)
class MovedPage:
    """What stands at an address that is no longer used."""

    title: str
    retired: str | None
    """Why it was taken down; nothing if it has only moved."""
    on: str
    to: Link


def pages(collection: Collection) -> dict[str, Moved]:
    """Every moved or retired page, by the path that it has below docs/. Files are not pages."""
    return {page_at(moved.address): moved for moved in collection.moved if moved.address.endswith("/")}


def title(moved: Moved) -> str:
    """What the page is called. The old address tells it from others."""
    said = "was taken down" if moved.retired else "has moved"
    return f"This page {said}: {moved.address}"


def page(moved: Moved, title_there: str) -> MovedPage:
    """The page at an old address."""
    return MovedPage(title(moved), moved.retired, moved.on.isoformat(), Link(title_there, moved.to))
