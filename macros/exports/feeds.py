"""New and changed case studies and lessons, as Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from macros.collection import Collection
from macros.records import CaseStudy
from macros.render import fill
from macros.text import plain, to_html
from macros.views.links import HUB, address, case_page, full_address, lesson_page

ATOM, JSON = "feed.xml", "feed.json"
"""Where they are, below the top of the site."""

MOST = 200
"""Entries in a feed, the newest: programs ask for it again and again."""

_SUMMARY = "Case studies and lessons of co-production, as they are added and changed."


@dataclass(frozen=True)
class Entry:
    """A case study or a lesson in a feed."""

    id: str
    title: str
    address: str
    updated: str
    """As RFC 3339 has it."""
    text: str
    """In plain words."""
    html: str


@dataclass(frozen=True)
class Feed:
    """What a feed is given."""

    id: str
    title: str
    summary: str
    home: str
    here: str
    updated: str
    entries: tuple[Entry, ...]


def files(collection: Collection) -> dict[str, str]:
    """Both feeds, by their paths below the top of the site."""
    told = sorted(_told(collection), key=lambda item: item[0], reverse=True)[:MOST]
    entries = tuple(_entry(*item) for item in told)
    newest = entries[0].updated if entries else _moment("1970-01-01")
    feed = Feed(_id("index.md"), HUB, _SUMMARY, _to("index.md"), _to(ATOM), newest, entries)
    return {ATOM: fill("documents/feed.xml.jinja", feed), JSON: _json(feed)}


def _told(collection: Collection) -> Iterator[tuple[str, str, str, str]]:
    """Everything that could stand in a feed: when it last changed, its page, its title and its words."""
    for slug, _, record in collection.with_lessons:
        moment = _moment(record.updated.isoformat())
        if isinstance(record, CaseStudy):
            yield moment, case_page(slug), record.title, record.summary
        for lesson in record.lessons:
            yield moment, lesson_page(slug, lesson.id), lesson.lesson, lesson.detail or lesson.lesson


def _entry(moment: str, page: str, title: str, words: str) -> Entry:
    return Entry(_id(page), title, _to(page), moment, plain(words), to_html(words))


def _json(feed: Feed) -> str:
    """See https://www.jsonfeed.org/version/1.1/."""
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.summary,
        "home_page_url": feed.home,
        "feed_url": _to(JSON),
        "language": "en-GB",
        "authors": [{"name": feed.title}],
        "items": [
            {
                "id": entry.id,
                "url": entry.address,
                "title": entry.title,
                "content_html": entry.html,
                "content_text": entry.text,
                "date_modified": entry.updated,
            }
            for entry in feed.entries
        ],
    }
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"


def _id(page: str) -> str:
    """A name that never changes, wherever the hub stands."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"co-production-knowledge-hub/{address(page)}").urn


def _to(page: str) -> str:
    """An address as a feed has it: below the feed, while the hub has none on the web."""
    return full_address(page) or address(page) or "./"
