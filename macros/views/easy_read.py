"""Easy Read pages: their card on the page they put in easier words, their opening and close, the list of all."""

from __future__ import annotations

from dataclasses import dataclass

from macros.case_parts import Consent, EasyRead
from macros.collection import Collection
from macros.views.links import Cited, Link, cited


@dataclass(frozen=True)
class EasyReadCard:
    """An Easy Read page, as another page points to it."""

    link: Link
    summary: str
    status: str
    """Who has checked it, in words."""


@dataclass(frozen=True)
class EasyReadOpening:
    """The top of an Easy Read page."""

    title: str
    status: str
    twin: str
    """The page that says the same in more words."""


@dataclass(frozen=True)
class EasyReadClose:
    """The end of an Easy Read page."""

    source: Cited | None
    updated: str
    others: tuple[EasyReadCard, ...]


_STATUS = {
    "none": "There is no Easy Read version yet.",
    "not checked": "It has easier words. It is not checked yet by people with learning disabilities.",
    "checked": "It is checked by people with learning disabilities.",
}


def status(record: EasyRead) -> str:
    """Whether there is an Easy Read version and who has checked it, in words."""
    return " ".join(filter(None, (_STATUS[record.status], checked(record))))


def checked(record: Consent | EasyRead) -> str:
    """Who checked something and when; empty if nobody did."""
    if not (record.checked_by and record.checked_on):
        return ""
    return f"Checked by {record.checked_by} on {record.checked_on.isoformat()}."


def card(collection: Collection, slug: str) -> EasyReadCard:
    """One Easy Read page, as another page points to it."""
    record = collection.easy_read[slug]
    return EasyReadCard(Link(record.title, f"easy-read/{slug}.md"), record.summary, status(record.easy_read))


def card_for(collection: Collection, page: str) -> EasyReadCard | None:
    """The Easy Read twin of a page below docs/, if it has one."""
    slug = next((slug for slug, record in collection.easy_read.items() if record.twin == page), None)
    return card(collection, slug) if slug else None


def opening(collection: Collection, slug: str) -> EasyReadOpening:
    """The top of an Easy Read page."""
    record = collection.easy_read[slug]
    return EasyReadOpening(record.title, status(record.easy_read), record.twin)


def close(collection: Collection, slug: str) -> EasyReadClose:
    """The end of an Easy Read page: its source, and the other pages in Easy Read."""
    record = collection.easy_read[slug]
    return EasyReadClose(
        cited(collection, record.source) if record.source else None,
        record.updated.isoformat(),
        tuple(card(collection, other) for other in collection.easy_read if other != slug),
    )


def everything(collection: Collection) -> tuple[EasyReadCard, ...]:
    """All Easy Read pages."""
    return tuple(card(collection, slug) for slug in collection.easy_read)
