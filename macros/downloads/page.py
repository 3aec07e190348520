"""A template on its page: the document and its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from macros import contribution
from macros.collection import Collection
from macros.contribution import FormGroup
from macros.downloads.files import DOCX, ODT, Download, downloads, file_path
from macros.questions import LEAST, PEOPLE
from macros.views import documents, lists, protocol
from macros.views.documents import Document, document
from macros.views.lists import TemplateGroup
from macros.views.protocol import Protocol


@dataclass(frozen=True)
class TemplatePage:
    """What the page shows."""

    document: Document
    downloads: tuple[Download, ...]
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


def template_page(document: Document) -> TemplatePage:
    """A template with its files."""
    return TemplatePage(document, downloads(document))
