"""What lasts: every address that was ever published, and the names of answers in files that people have saved."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from macros import made_pages
from macros.collection import Collection
from macros.downloads import files as downloads
from macros.downloads import take_away
from macros.exports import data, feeds, plain
from macros.folders import SHARED, TEMPLATES
from macros.problems import Breach
from macros.schema import COMMAND
from macros.shared import TemplateNames
from macros.text import nearest
from macros.views.documents import Document
from macros.views.links import address

MOVED, RELEASED, ANSWERS = (f"{SHARED}/{name}.yml" for name in ("moved", "released", "answers"))


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
    known = addresses(collection) | {record.address for record in collection.moved}
    for position, old in enumerate(collection.released):
        if old not in known:
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


def answers_kept(collection: Collection) -> Iterator[Breach]:
    """A form keeps the names of its answers, which are in people's files, until its version goes up."""
    for form, kept in _forms(collection):
        if lost := _lost(form, kept):
            wrong = f'has lost "{lost[0]}", which people have in files of version {form.version}'
            if form.slug in collection.templates:
                advice = f"Put it back, or write version: {form.version + 1}."
                yield Breach(f"{TEMPLATES}/{form.slug}.md", ("version",), wrong, advice)
            else:
                advice = "Put it back, or let an engineer raise the version of that form in macros/."
                yield Breach(ANSWERS, (), f"tells that the form {form.slug} {wrong}", advice, line=1)


def answers_listed(collection: Collection) -> Iterator[Breach]:
    """The list of the names of answers has each template and other form as it is."""
    for form, kept in _forms(collection):
        is_listed = kept and (kept.version, kept.names) == (form.version, form.names)
        if not is_listed and not _lost(form, kept):
            yield Breach(ANSWERS, (), f"does not have the answers of {form.slug} as they are", f"Run {COMMAND}", line=1)


def _forms(collection: Collection) -> Iterator[tuple[Document, TemplateNames | None]]:
    """Each form that people fill in, and what is known of its answers."""
    known = {one.template: one for one in collection.answers}
    return ((form, known.get(form.slug)) for form in downloads.documents(collection))


def _lost(form: Document, kept: TemplateNames | None) -> list[str]:
    """The names that were in a form and no longer are, though its version has not gone up."""
    if kept is None or kept.version < form.version:
        return []
    return [name for name in kept.names if name not in form.names]


RULES = (addresses_last, moves_lead_somewhere, answers_kept, answers_listed)
"""The rules that need to know every page or form."""
