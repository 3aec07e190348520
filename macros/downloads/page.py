"""A template on its page: the document and its files."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from macros import contribution
from macros.collection import Collection
from macros.contribution import FormGroup
from macros.downloads.files import DOCX, ODT, Download, downloads, file_path
from macros.questions import LEAST, PEOPLE
from macros.views import documents, lesson_lists, links, lists, protocol
from macros.views.documents import Document, document
from macros.views.lessons import LessonCard
from macros.views.links import Link, guide_page
from macros.views.lists import TemplateGroup
from macros.views.protocol import Protocol

MOST_LESSONS = 100
"""Lessons that the page of a template lists. Nobody reads on that far, and a page may not be heavy."""


@dataclass(frozen=True)
class TemplatePage:
    """What the page shows."""

    document: Document
    downloads: tuple[Download, ...]
    guides: tuple[Link, ...]
    """The topics of the guide that call for it."""
    lessons: tuple[Link, ...]
    """Lessons that it may help with, those that went wrong first: at most `MOST_LESSONS`."""
    all_lessons: int
    """How many there are."""
    guidance: str = documents.GUIDANCE
    about_heading: str = documents.ABOUT


@dataclass(frozen=True)
class ContributionPage:
    """The form to share a story, and its files."""

    title: str
    downloads: tuple[Download, ...]
    groups: tuple[FormGroup, ...]
    word: str
    """The Word file, which the page's script fills in."""
    least: tuple[str, ...] = LEAST
    people: tuple[str, ...] = PEOPLE


@dataclass(frozen=True)
class ProtocolPage:
    """The questions of a protocol, and their files."""

    protocol: Protocol
    downloads: tuple[Download, ...]
    word: str
    """The Word file, which the page's script fills in."""
    open: str
    """The OpenDocument file, likewise."""


@dataclass(frozen=True)
class Catalogue:
    """All templates, and the files of those that are written."""

    groups: tuple[TemplateGroup, ...]
    files: Mapping[str, tuple[Download, ...]]


def catalogue(collection: Collection) -> Catalogue:
    """All templates, by what the reader is trying to do."""
    return Catalogue(
        lists.templates(collection),
        {
            slug: downloads(document(collection, slug)) if collection.written(slug) else ()
            for slug in collection.templates
        },
    )


def contribution_page(collection: Collection) -> ContributionPage:
    """The form to share a story."""
    made_of = contribution.document(collection)
    return ContributionPage(made_of.title, downloads(made_of), contribution.form(collection), file_path(made_of, DOCX))


def protocol_page(collection: Collection) -> ProtocolPage:
    """The questions of a protocol."""
    made_of = protocol.document(collection)
    return ProtocolPage(
        protocol.protocol(collection), downloads(made_of), file_path(made_of, DOCX), file_path(made_of, ODT)
    )


def template_page(collection: Collection, slug: str) -> TemplatePage:
    """A template with its files. Raises: `LookupError` if there is no such template, or it has no text yet."""
    made_of = document(collection, slug)
    naming = _naming(collection).get(links.template_page(collection, slug), [])
    return TemplatePage(
        made_of,
        downloads(made_of),
        tuple(
            Link(guide.title, guide_page(id_)) for id_, guide in collection.guides.items() if slug in guide.templates
        ),
        tuple(Link(card.lesson, card.page) for card in naming[:MOST_LESSONS]),
        len(naming),
    )


@functools.lru_cache(maxsize=2)
def _naming(collection: Collection) -> dict[str, list[LessonCard]]:
    """For each template, by its page, the lessons that name it."""
    found: dict[str, list[LessonCard]] = {}
    for card in lesson_lists.ordered(collection):
        for template in card.templates:
            found.setdefault(template.page, []).append(card)
    return found
