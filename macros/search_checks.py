"""The rules for the words that people type: each says something and leads somewhere. Each docstring is its rule."""

from __future__ import annotations

from collections.abc import Iterator

from macros.collection import Collection
from macros.folders import DOCS, EASY_READ, GUIDES, SHARED, TEMPLATES
from macros.problems import Breach, Loc
from macros.search_words import STOP_WORDS, fold


def typed_words_say_something(collection: Collection) -> Iterator[Breach]:
    """A name that feeds the search, in `also` or `typed`, is not a single word that every question has."""
    for path, loc, names in _lists(collection):
        for position, name in enumerate(names):
            words = fold(name)
            if not words or (len(words) == 1 and words[0] in STOP_WORDS and not name.isupper()):
                wrong = f'"{name}" says nothing by itself, so the search cannot use it'
                yield Breach(path, (*loc, position), wrong, "Add a word that says what is meant, or delete it.")


def typed_words_lead_somewhere(collection: Collection) -> Iterator[Breach]:
    """A value that people have words for is used: by a lesson, a case study or a template."""
    if not _all_are_read(collection):
        return
    lessons = [lesson for _, _, record in collection.with_lessons for lesson in record.lessons]
    cases = collection.cases.values()
    used = {
        "origins": {lesson.origin for lesson in lessons},
        "themes": {theme for lesson in lessons for theme in lesson.themes},
        "stages": {stage for lesson in lessons for stage in lesson.stages},
        "people": {group for lesson in lessons for group in lesson.people}
        | {group.group for case in cases for group in case.people},
        "kinds": {case.kind for case in cases},
        "goals": {template.goal for template in collection.templates.values()},
    }
    for group, ids in used.items():
        for position, value in enumerate(getattr(collection.vocabulary, group)):
            if value.typed and value.id not in ids:
                wrong = f'leads nowhere: nothing has "{value.id}" of the {group}'
                path = f"{SHARED}/vocabulary.yml"
                yield Breach(path, (group, position, "typed"), wrong, "Use the value in a record, or delete the words.")


def needs_lead_somewhere(collection: Collection) -> Iterator[Breach]:
    """What answers a need is there: a lesson, a case study, a word of the dictionary, or a page."""
    if not _all_are_read(collection):
        return
    lessons = {f"{slug}/{lesson.id}" for slug, _, record in collection.with_lessons for lesson in record.lessons}
    for position, need in enumerate(collection.needs):
        for number, answer in enumerate(need.answers):
            page, _, place = answer.partition("/#")
            folder, _, name = page.strip("/").partition("/")
            if name and folder == "lessons":
                is_there = name in lessons
            elif name and folder == "case-studies":
                is_there = name in collection.ids["cases"]
            else:
                paths = (f"{DOCS}/{page.strip('/')}.md", f"{DOCS}/{page.strip('/')}/index.md")
                is_there = any(path in collection.pages for path in paths)
            if not is_there or (page == "dictionary" and place and place not in collection.ids["terms"]):
                wrong = f'leads nowhere: "{answer}" is not there'
                advice = "Take the address of what answers it now, or delete the line."
                yield Breach(f"{SHARED}/needs.yml", (position, "answers", number), wrong, advice)


def _all_are_read(collection: Collection) -> bool:
    """Whether no record has a mistake: what one with a mistake has cannot be known."""
    read = {"cases": collection.cases, "guides": collection.guides, "templates": collection.templates}
    return all(collection.ids[kind] == records.keys() for kind, records in read.items())


def _lists(collection: Collection) -> Iterator[tuple[str, Loc, tuple[str, ...]]]:
    """Every list of words that feeds the search: its file and its place there."""
    yield from _of_things(collection)
    yield from _of_records(collection)


def _of_things(collection: Collection) -> Iterator[tuple[str, Loc, tuple[str, ...]]]:
    """Those of words, values and needs."""
    for position, term in enumerate(collection.dictionary):
        yield f"{SHARED}/dictionary.yml", (position, "also"), term.also
        yield f"{SHARED}/dictionary.yml", (position, "typed"), term.typed
    for group, values in collection.vocabulary:
        for position, value in enumerate(values):
            yield f"{SHARED}/vocabulary.yml", (group, position, "also"), value.also
            yield f"{SHARED}/vocabulary.yml", (group, position, "typed"), value.typed
    for position, need in enumerate(collection.needs):
        yield f"{SHARED}/needs.yml", (position, "typed"), need.typed


def _of_records(collection: Collection) -> Iterator[tuple[str, Loc, tuple[str, ...]]]:
    """Those of pages and lessons."""
    for slug, guide in collection.guides.items():
        yield f"{GUIDES}/{slug}.md", ("typed",), guide.typed
    for _, path, record in collection.with_lessons:
        for position, lesson in enumerate(record.lessons):
            yield path, ("lessons", position, "typed"), lesson.typed
    for slug, template in collection.templates.items():
        yield f"{TEMPLATES}/{slug}.md", ("typed",), template.typed
    for slug, easy in collection.easy_read.items():
        yield f"{EASY_READ}/{slug}.md", ("typed",), easy.typed
    for path, page in collection.pages.items():
        typed = page.front.get("typed")
        if isinstance(typed, list) and not collection.has_record(path):
            yield path, ("typed",), tuple(map(str, typed))
