"""What each page is, for machines: JSON-LD in the words of schema.org and Dublin Core.

No context is fetched: the page names the two vocabularies itself. Addresses are relative to the page while the hub has
none on the web.
"""

from __future__ import annotations

import json
import mimetypes
import posixpath
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from macros import made_pages
from macros.collection import Collection
from macros.downloads.files import offered
from macros.exports.published import LICENCE
from macros.exports.shape import FILES, FOLDER, TABLES
from macros.fields import Citation, Words
from macros.records import CaseStudy, Guide, Lesson
from macros.views.documents import document
from macros.views.links import HUB, address, case_page, cited, facet_page, full_address, guide_page, lesson_page

_CONTEXT = {"@vocab": "https://schema.org/", "dcterms": "http://purl.org/dc/terms/"}
_LICENCE_PAGE = "https://creativecommons.org/licenses/by/4.0/"
_LISTS = ("case-studies.md", "lessons.md", "guide/index.md", "templates/index.md", "easy-read/index.md")

Node = dict[str, Any]


def of_page(collection: Collection, page: str) -> str:
    """What a page is, as JSON that can stand in HTML."""
    made = _Here(collection, page)
    node = {"@context": _CONTEXT, "@id": made.to(page), **made.page(), **_makers(collection).get(page, _plain)(made)}
    return json.dumps(node, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


class _Here:
    """A page that something is told of, and how addresses are written there."""

    def __init__(self, collection: Collection, page: str) -> None:
        self.collection = collection
        self.at = page

    def to(self, page: str) -> str:
        """The address of a page, as it is written here."""
        if whole := full_address(page):
            return whole
        path, mark, anchor = address(page).partition("#")
        folder = "/" if not path or path.endswith("/") else ""
        return posixpath.relpath(path or ".", address(self.at) or ".") + folder + mark + anchor

    def page(self) -> Node:
        """What is told of every page."""
        title = made_pages.titles(self.collection)[self.at]
        summary = made_pages.summaries(self.collection).get(self.at)
        return {
            "@type": "CollectionPage" if self.at in _LISTS or self.at.startswith("lessons/") else "WebPage",
            "name": title,
            **({"description": summary} if summary else {}),
            "inLanguage": "en-GB",
            "license": {"@id": _LICENCE_PAGE},
            "isPartOf": {"@type": "WebSite", "@id": self.to("index.md"), "name": HUB},
        }

    def source(self, citation: Citation) -> Node:
        """A work, and the place in it."""
        place = cited(self.collection, citation)
        return {
            "@type": "CreativeWork",
            "@id": self.to(place.work.page),
            "name": place.work.text,
            "dcterms:bibliographicCitation": f"{place.work.text}, {place.at}",
        }

    def value(self, group: str, facet: str, id_: str) -> Node:
        """A value of the vocabulary."""
        label = next(value.label for value in getattr(self.collection.vocabulary, group) if value.id == id_)
        return {"@type": "DefinedTerm", "@id": self.to(facet_page(facet, id_)), "name": label}

    def words(self, said: Words) -> Node:
        """A quotation."""
        return {
            "@type": "Quotation",
            "text": said.words,
            "creditText": said.speaker,
            "isBasedOn": self.source(said.source),
        }


@lru_cache(maxsize=2)
def _makers(collection: Collection) -> dict[str, Callable[[_Here], Node]]:
    """What tells more of a page, by its path below docs/."""
    made: dict[str, Callable[[_Here], Node]] = {
        "index.md": _site,
        "dictionary.md": _dictionary,
        "about.md": _sources,
        "data/index.md": _dataset,
    }
    for slug, _, record in collection.with_lessons:
        if isinstance(record, CaseStudy):
            made[case_page(slug)] = partial(_case, slug, record)
        else:
            made[guide_page(slug)] = partial(_guide, slug, record)
        for lesson in record.lessons:
            made[lesson_page(slug, lesson.id)] = partial(_lesson, slug, record, lesson)
    for slug in collection.templates:
        if collection.written(slug):
            made[f"templates/{slug}.md"] = partial(_template, slug)
    for slug, easy in collection.easy_read.items():
        made[f"easy-read/{slug}.md"] = partial(_easy_read, easy.twin)
    return made


def _plain(_: _Here) -> Node:
    return {}


def _site(here: _Here) -> Node:
    return {"@type": "WebSite", "isPartOf": {"@type": "DataCatalog", "@id": here.to("data/index.md")}}


def _case(slug: str, case: CaseStudy, here: _Here) -> Node:
    works = [Citation(ref=work.ref, at="whole work") for work in case.references]
    pairs = [words for pair in case.two_lenses for words in (pair.evidence_says, pair.lived_experience_says)]
    return {
        "@type": ["Article", "LearningResource"],
        "learningResourceType": "case study",
        "headline": case.title,
        "dateModified": case.updated.isoformat(),
        "creditText": "; ".join(case.contributors),
        "isBasedOn": here.source(case.source),
        "citation": [here.source(work) for work in works],
        "hasPart": [
            *({"@id": here.to(lesson_page(slug, lesson.id)), "name": lesson.lesson} for lesson in case.lessons),
            *map(here.words, (*case.quotations, *pairs)),
        ],
        "dcterms:identifier": slug,
        "dcterms:type": "case study",
    }


def _guide(slug: str, guide: Guide, here: _Here) -> Node:
    return {
        "@type": ["Article", "LearningResource"],
        "learningResourceType": "guide",
        "headline": guide.title,
        "dateModified": guide.updated.isoformat(),
        "isBasedOn": here.source(guide.source),
        "hasPart": [
            *({"@id": here.to(lesson_page(slug, lesson.id)), "name": lesson.lesson} for lesson in guide.lessons),
            *map(here.words, guide.quotations),
        ],
        "dcterms:identifier": slug,
        "dcterms:type": "guide",
    }


def _lesson(slug: str, record: CaseStudy | Guide, lesson: Lesson, here: _Here) -> Node:
    home = case_page(slug) if isinstance(record, CaseStudy) else guide_page(slug)
    about = [here.value("themes", "theme", theme) for theme in lesson.themes]
    return {
        "@type": "LearningResource",
        "learningResourceType": "lesson learned",
        **({"text": lesson.detail} if lesson.detail else {}),
        "about": [here.value("origins", "origin", lesson.origin), *about],
        "dateModified": record.updated.isoformat(),
        "isPartOf": {"@type": "Article", "@id": here.to(home), "name": record.title},
        "isBasedOn": here.source(lesson.source),
        "dcterms:identifier": f"{slug}/{lesson.id}",
        "dcterms:type": "lesson learned",
    }


def _template(slug: str, here: _Here) -> Node:
    template = here.collection.templates[slug]
    files = offered(document(here.collection, slug))
    return {
        "@type": ["DigitalDocument", "LearningResource"],
        "learningResourceType": "template",
        "dateModified": template.updated.isoformat(),
        "version": str(template.version),
        "isBasedOn": here.source(template.source),
        "encoding": [_file(here, "MediaObject", label, path) for label, path in files],
        "dcterms:identifier": slug,
        "dcterms:type": "template",
    }


def _easy_read(twin: str, here: _Here) -> Node:
    return {"dcterms:isVersionOf": {"@id": here.to(twin)}}


def _file(here: _Here, kind: str, name: str, path: str) -> Node:
    format_ = mimetypes.guess_type(path)[0]
    told = {"encodingFormat": format_} if format_ else {}
    return {"@type": kind, "name": name, "contentUrl": {"@id": here.to(path).removesuffix("/")}, **told}


def _dictionary(here: _Here) -> Node:
    return {
        "@type": "DefinedTermSet",
        "hasDefinedTerm": [
            {"@type": "DefinedTerm", "@id": here.to(f"dictionary.md#{term.id}"), "name": term.term}
            for term in here.collection.dictionary
        ],
    }


def _sources(here: _Here) -> Node:
    return {
        "mentions": [
            {"@type": "CreativeWork", "@id": here.to(f"about.md#{source.id}"), "name": source.short_title}
            for source in here.collection.sources
        ]
    }


def _dataset(here: _Here) -> Node:
    names = [*(f"{name}.json" for name in FILES), *(f"{name}.csv" for name in TABLES)]
    return {
        "@type": "Dataset",
        "creator": {"@type": "Organization", "name": HUB},
        "distribution": [_file(here, "DataDownload", name, f"{FOLDER}/{name}") for name in names],
        "dcterms:license": LICENCE,
    }
