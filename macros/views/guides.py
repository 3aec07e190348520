"""Guide topics: their opening and close, and the list of all."""

from __future__ import annotations

from dataclasses import dataclass

from macros.collection import Collection
from macros.folders import GUIDES
from macros.views import easy_read, words
from macros.views.easy_read import EasyReadCard
from macros.views.lessons import LessonCard, cards
from macros.views.links import Cited, Link, cited, guide_page, template_links
from macros.views.words import WordMeaning


@dataclass(frozen=True)
class GuideOpening:
    """The top of a guide page."""

    title: str
    summary: str
    easy_read: EasyReadCard | None
    content_note: str | None
    words: tuple[WordMeaning, ...]


@dataclass(frozen=True)
class GuideClose:
    """What follows a guide page's text."""

    lessons: tuple[LessonCard, ...]
    templates: tuple[Link, ...]
    source: Cited
    updated: str
    previous: Link | None
    following: Link | None
    file: str


@dataclass(frozen=True)
class GuideCard:
    """A guide topic in a list."""

    link: Link
    summary: str


@dataclass(frozen=True)
class GuideList:
    """All guide topics: the steps of a project, and the ideas behind them."""

    how_to: tuple[GuideCard, ...]
    why: tuple[GuideCard, ...]


def opening(collection: Collection, slug: str) -> GuideOpening:
    """The top of a guide page."""
    guide = collection.guides[slug]
    text = collection.pages[f"{GUIDES}/{slug}.md"].body
    spoken = "\n".join([guide.summary, text, *(lesson.lesson for lesson in guide.lessons)])
    twin = easy_read.card_for(collection, guide_page(slug))
    return GuideOpening(guide.title, guide.summary, twin, guide.content_note, words.used_in(collection, spoken))


def close(collection: Collection, slug: str) -> GuideClose:
    """What follows a guide page's text."""
    guide = collection.guides[slug]
    order = list(collection.guides)
    at = order.index(slug)
    return GuideClose(
        lessons=cards(collection, slug),
        templates=template_links(collection, guide.templates),
        source=cited(collection, guide.source),
        updated=guide.updated.isoformat(),
        previous=_link(collection, order[at - 1]) if at else None,
        following=_link(collection, order[at + 1]) if at + 1 < len(order) else None,
        file=f"{GUIDES}/{slug}.md",
    )


def topics(collection: Collection) -> GuideList:
    """All guide topics in their order."""
    made = [
        (guide.part, GuideCard(_link(collection, slug), guide.summary)) for slug, guide in collection.guides.items()
    ]
    return GuideList(
        tuple(card for part, card in made if part == "how-to"), tuple(card for part, card in made if part == "why")
    )


def _link(collection: Collection, slug: str) -> Link:
    return Link(collection.guides[slug].title, guide_page(slug))
