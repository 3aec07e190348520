"""Addresses that last: every one that was ever published keeps working."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from macros import made_pages
from macros.collection import Collection
from macros.downloads import files as downloads
from macros.downloads import take_away
from macros.exports import data, feeds, plain
from macros.folders import SHARED
from macros.problems import Breach
from macros.text import nearest
from macros.views.links import address

MOVED, RELEASED = f"{SHARED}/moved.yml", f"{SHARED}/released.yml"


@lru_cache(maxsize=2)
def addresses(collection: Collection) -> frozenset[str]:
    """Every address that others may keep: pages, data, feeds, and files to take away.

    What only our own scripts load is left out, and so are the citations, which stand beside their pages.
    """
    pages = set(map(address, made_pages.own_titles(collection)))
    files = {*data.paths(), feeds.ATOM, feeds.JSON, plain.LIST, *downloads.paths(collection)}
    return frozenset(pages | files | {offer.path for offer in take_away.OFFERS}) - {""}


def addresses_last(collection: Collection) -> Iterator[Breach]:
    """An address that was published is still there, or moved.yml says where it leads."""
    here = addresses(collection)
    moved = {record.address for record in collection.moved}
    for position, old in enumerate(collection.released):
        if old not in here | moved:
            advice = f"Put it back, or add it to {MOVED} with the page that is in its place."
            yield Breach(RELEASED, (position,), f'"{old}" was published and is no longer there', advice)


def moves_lead_somewhere(collection: Collection) -> Iterator[Breach]:
    """A moved address leads to a page that is there, and is not itself one that is there. It moves once."""
    here = made_pages.own_titles(collection)
    seen: set[str] = set()
    for position, record in enumerate(collection.moved):
        if record.to not in here:
            yield Breach(MOVED, (position, "to"), f'"{record.to}" is not a page', nearest(record.to, here))
        if record.address in addresses(collection):
            yield Breach(MOVED, (position, "address"), f'"{record.address}" is still there', "Take this entry out.")
        if record.address in seen:
            yield Breach(MOVED, (position, "address"), f'"{record.address}" moves twice', "Keep the newer entry.")
        seen.add(record.address)


RULES = (addresses_last, moves_lead_somewhere)
"""The rules that need to know every page."""
