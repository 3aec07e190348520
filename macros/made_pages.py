"""The pages that exist because a record does, and what every page is called."""

from __future__ import annotations

import json
from functools import lru_cache

from macros.collection import Collection
from macros.folders import DOCS
from macros.views import case_list, lesson_lists, lessons, moves
from macros.views.links import case_page, facet_page, lesson_page


@lru_cache(maxsize=2)
def calls(collection: Collection) -> dict[str, tuple[str, ...]]:
    """The pages that are there because a record is, and that are HTML: path below docs/, and the macro call of each."""
    made: dict[str, tuple[str, ...]] = {case_page(slug): ("case_study", slug) for slug in collection.cases}
    for slug, _, record in collection.with_lessons:
        for item in record.lessons:
            made[lesson_page(slug, item.id)] = ("lesson", slug, item.id)
    for group, value, _, _ in lessons.groups(collection):
        made[facet_page(group, value)] = ("lessons_with", group, value, "1")
    for page, (group, value, part) in lesson_lists.later_parts(collection).items():
        made[page] = ("lessons_with", group, value, str(part))
    made |= {page: ("case_studies_part", str(part)) for page, part in case_list.later_parts(collection).items()}
    return made | {page: ("moved", moved.address) for page, moved in moves.pages(collection).items()}


@lru_cache(maxsize=2)
def marks_of_lists(collection: Collection) -> dict[str, str]:
    """For each of them that is a list a mark, which is another one whenever the page shows other things."""
    return lesson_lists.marks(collection) | case_list.marks(collection)


def templates(collection: Collection) -> dict[str, str]:
    """The pages of templates: path below docs/ and text. The text is one macro call."""
    written = (slug for slug in collection.templates if collection.written(slug))
    return {f"templates/{slug}.md": _call("template", slug) for slug in written}


def generated(collection: Collection) -> dict[str, str]:
    """Every page that is there because a record is, as Markdown, for a generator that writes all pages itself.

    The text is one macro call with names that are safe in any template engine; no record's words are in it.
    """
    return {page: _call(*call) for page, call in calls(collection).items()} | templates(collection)


def _call(macro: str, *names: str) -> str:
    return f"{{{{ {macro}({', '.join(json.dumps(name) for name in names)}) }}}}\n"


@lru_cache(maxsize=2)
def titles(collection: Collection) -> dict[str, str]:
    """The title of every page below docs/, in plain words, by its path; those at old addresses too."""
    old = {page: moves.title(moved) for page, moved in moves.pages(collection).items()}
    return own_titles(collection) | old


@lru_cache(maxsize=2)
def own_titles(collection: Collection) -> dict[str, str]:
    """The title of every page that is in use, in plain words, by its path below docs/."""
    found = {case_page(slug): case.title for slug, case in collection.cases.items()}
    found |= {
        lesson_page(slug, item.id): item.lesson
        for slug, _, record in collection.with_lessons
        for item in record.lessons
    }
    for group, value, _, _ in lessons.groups(collection):
        found[facet_page(group, value)] = lesson_lists.heading(collection, group, value)
    for page, (group, value, part) in lesson_lists.later_parts(collection).items():
        found[page] = f"{lesson_lists.heading(collection, group, value)}, part {part}"
    found |= {page: f"Case studies, part {part}" for page, part in case_list.later_parts(collection).items()}
    found |= {path.removeprefix(f"{DOCS}/"): str(page.front["title"]) for path, page in collection.pages.items()}
    return found | {f"easy-read/{slug}.md": f"Easy Read: {page.title}" for slug, page in collection.easy_read.items()}


@lru_cache(maxsize=2)
def summaries(collection: Collection) -> dict[str, str]:
    """The summary of each page that has one, in plain words, by its path below docs/."""
    found = {case_page(slug): case.summary for slug, case in collection.cases.items()}
    return found | {
        path.removeprefix(f"{DOCS}/"): str(page.front["summary"]) for path, page in collection.pages.items()
    }


def unwritten(collection: Collection) -> list[str]:
    """The pages below docs/ that are not shown: records of templates that have no text yet."""
    return [f"templates/{slug}.md" for slug in collection.templates if not collection.written(slug)]
