"""What can be found: one short record for each case study, lesson, part of a guide page, template, word and page."""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Literal

from markdown.extensions.toc import slugify, unique

from macros.collection import FACETS, Collection
from macros.fields import Fact
from macros.folders import DOCS, EASY_READ, GUIDES, TEMPLATES
from macros.page_checks import paragraphs
from macros.records import CaseStudy, Lesson, Page
from macros.search_words import HELP, need_term, page_term
from macros.text import plain
from macros.views import links
from macros.views.links import NOT_KEPT, case_page, guide_page, lesson_page, template_page
from macros.views.words import term_page

_LISTED = (
    ("ladder", "the-7-rungs", "rungs"),
    ("power", "kinds-of-power", "powers"),
)
"""Where a macro lists values of the vocabulary: the guide page, the id of the heading, and the group."""

_LIST_OF_TEMPLATES, _LIST_OF_EASY_READ = page_term(f"{TEMPLATES}/index.md"), page_term(f"{EASY_READ}/index.md")
"""What people call the kind of a record leads to its list, and to the records themselves."""

Kind = Literal["Lesson", "Guide", "Case study", "Template", "Dictionary", "Page", "Help"]

WORDS_OF_TEXT = 20
"""Words of a record's text that are looked at: what it is about is said at its beginning, and an index is small."""

WITHOUT_PARTS = (
    *("index.md", "accessibility.md", "privacy.md", "search.md"),
    *("about.md", "contributions.md", "take-away.md", "talk-to-us.md", "two-lenses.md"),
    *("data/index.md", "data/changelog.md"),
)
"""Pages whose parts nobody looks for; the page itself is found."""

MAINTAINERS = f"{DOCS}/maintain/"
"""Pages for those who look after the hub, which have their own list. Readers who search look for something else."""


@dataclass(frozen=True)
class Found:
    """Something that can be found."""

    kind: Kind
    title: str
    page: str
    """Its page below docs/, with the place in it."""
    part_of: str
    """The title of what it is part of; empty if it stands alone."""
    text: str
    """What it says, in plain words."""
    tags: tuple[str, ...] = ()
    """The terms (`search_words.concepts`) that it is sorted by."""
    about: tuple[str, ...] = ()
    """The terms that it has something to do with."""
    other_names: tuple[str, ...] = ()
    typed: tuple[str, ...] = ()
    """Words by which people look for it, and that are not in it."""
    answers: tuple[tuple[str, int], ...] = ()
    """The terms of the needs that it answers, and its place among the answers of each, from 0 on."""

    @property
    def address(self) -> str:
        """Where it is, from the top of the site."""
        return links.address(self.page)

    @property
    def shown(self) -> tuple[str, str, str, str]:
        """What a result shows: its kind, title and address, and what it is part of.

        An address that ends in its title, as an id, leaves that out: it ends with #.
        """
        place = "#" + slugify(self.title, "-")
        address = self.address.removesuffix(place) + "#" if self.address.endswith(place) else self.address
        return (self.kind, self.title, address, self.part_of)


def records(collection: Collection) -> Iterator[Found]:
    """Everything that can be found, in the order of the site."""
    yield from of_cases(collection, collection.cases)
    yield from of_others(collection)


def of_cases(collection: Collection, slugs: Iterable[str]) -> Iterator[Found]:
    """What is found of some case studies: they themselves, then their lessons.

    Nothing changes it but their files, and those that are no case study's.
    """
    cases = {slug: collection.cases[slug] for slug in slugs}
    found = [_case(collection, slug, case) for slug, case in cases.items()]
    found += (
        _lesson(slug, case.short_title, lesson, (f"~kinds:{case.kind}",), ())
        for slug, case in cases.items()
        for lesson in case.lessons
    )
    return _with_answers(collection, found)


def of_others(collection: Collection) -> Iterator[Found]:
    """What is found of everything that is no case study. What is found of templates follows from all lessons."""
    return _with_answers(collection, _others(collection))


def _with_answers(collection: Collection, all_: Iterable[Found]) -> Iterator[Found]:
    answers = _answers(collection)
    for found in all_:
        yield replace(found, answers=tuple(answers[found.address])) if found.address in answers else found


@functools.lru_cache(maxsize=2)
def _answers(collection: Collection) -> Mapping[str, list[tuple[str, int]]]:
    """For each address the needs that it answers."""
    answers: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for need in collection.needs:
        for place, address in enumerate(need.answers):
            answers[address].append((need_term(need), place))
    return answers


def _others(collection: Collection) -> Iterator[Found]:
    for slug, guide in collection.guides.items():
        topic = (page_term(f"{GUIDES}/{slug}.md"),)
        yield from (_lesson(slug, guide.title, lesson, (), topic) for lesson in guide.lessons)
    yield from _guides(collection)
    yield from _templates(collection)
    for term in collection.dictionary:
        yield Found(
            "Dictionary", term.term, term_page(term.id), "", term.meaning, (f"~term:{term.id}",), other_names=term.also
        )
    yield from _pages(collection)
    for slug, easy in collection.easy_read.items():
        yield Found(
            "Page",
            f"Easy Read: {easy.title}",
            f"easy-read/{slug}.md",
            "",
            easy.summary,
            about=(*_facet_of(easy.twin), _LIST_OF_EASY_READ),
            typed=easy.typed,
        )


def _guides(collection: Collection) -> Iterator[Found]:
    for slug, guide in collection.guides.items():
        page = collection.pages[f"{GUIDES}/{slug}.md"]
        about = (page_term(page.path), *_themes(guide.lessons))
        listed = {place: _values(collection, group) for of, place, group in _LISTED if of == slug}
        terms = tuple(term for _, of_list in listed.values() for term in of_list)
        yield Found("Guide", guide.title, guide_page(slug), "", guide.summary, about, terms)
        yield from _sections(page, "Guide", guide.title, listed, about)


def _templates(collection: Collection) -> Iterator[Found]:
    used = defaultdict[str, list[Lesson]](list)
    for _, _, record in collection.with_lessons:
        for lesson in record.lessons:
            for slug in lesson.templates:
                used[slug].append(lesson)
    for slug, template in collection.templates.items():
        text = f"{template.summary} {template.use_when}"
        tags = (f"~goals:{template.goal}",)
        page = template_page(collection, slug)
        about = (_LIST_OF_TEMPLATES, *_themes(used[slug]))
        yield Found("Template", template.title, page, "", text, tags, about, typed=template.typed)


def _pages(collection: Collection) -> Iterator[Found]:
    for path, page in collection.pages.items():
        here = path.removeprefix(f"{DOCS}/")
        if not collection.has_record(path) and not path.startswith(MAINTAINERS) and here != NOT_KEPT:
            title, summary = str(page.front["title"]), str(page.front["summary"])
            tags = (page_term(path),) if "typed" in page.front else ()
            yield Found("Help" if path == HELP else "Page", title, here, "", summary, tags)
            if here not in WITHOUT_PARTS:
                yield from _sections(page, "Page", title, {}, tags)


def _case(collection: Collection, slug: str, case: CaseStudy) -> Found:
    facts = (case.status, case.when, case.where, case.organisations, case.funder)
    people = {value.id: value.label for value in collection.vocabulary.people}
    said = [
        case.summary,
        *(fact.text for fact in facts if isinstance(fact, Fact)),
        *(f"{people[group.group]}: {group.role}" for group in case.people),
        *(plain(section.text) for section in case.story),
    ]
    tags = (f"~kinds:{case.kind}", *(f"~people:{group.group}" for group in case.people))
    return Found("Case study", case.title, case_page(slug), "", " ".join(said), tags, other_names=(case.short_title,))


def _lesson(slug: str, part_of: str, lesson: Lesson, kind: tuple[str, ...], about: tuple[str, ...]) -> Found:
    tags = [f"~origins:{lesson.origin}", *kind]
    for group, values in (("themes", lesson.themes), ("stages", lesson.stages), ("people", lesson.people)):
        tags += [f"~{group}:{value}" for value in values]
    page = lesson_page(slug, lesson.id)
    text = plain(lesson.detail or "")
    return Found("Lesson", lesson.lesson, page, part_of, text, tuple(tags), about, typed=lesson.typed)


def _themes(lessons: Sequence[Lesson]) -> tuple[str, ...]:
    """The themes and people that at least half of some lessons are about."""
    themes = Counter(chain.from_iterable(lesson.themes for lesson in lessons))
    people = Counter(chain.from_iterable(lesson.people for lesson in lessons))
    return tuple(
        f"~{group}:{value}"
        for group, counts in (("themes", themes), ("people", people))
        for value, count in counts.items()
        if 2 * count >= len(lessons)
    )


def _facet_of(page: str) -> tuple[str, ...]:
    """The term of a list of lessons with one value, if a page is one."""
    match page.removesuffix(".md").split("/"):
        case ["lessons", group, value] if FACETS.get(group):
            return (f"~{FACETS[group]}:{value}",)
    return ()


def _values(collection: Collection, group: str) -> tuple[str, tuple[str, ...]]:
    """The values of a vocabulary group as text, and their terms."""
    values = getattr(collection.vocabulary, group)
    text = " ".join(f"{value.label}: {value.meaning}" for value in values)
    return text, tuple(f"~{group}:{value.id}" for value in values)


def _sections(
    page: Page,
    kind: Kind,
    part_of: str,
    listed: Mapping[str, tuple[str, tuple[str, ...]]],
    about: tuple[str, ...],
) -> Iterator[Found]:
    """The parts of a page under its headings of level 2, with the ids that the site gives these.

    Args: `listed`, for the id of a heading what a macro adds there: its text, and terms; `about`, the
    terms that all parts have something to do with.
    """
    path = page.path.removeprefix(f"{DOCS}/")
    ids: set[str] = set()
    parts: list[tuple[str, list[str]]] = [("", [])]
    headings = {line for line, text in enumerate(page.body.split("\n"), page.body_line) if text.startswith("## ")}
    for line, text in paragraphs(page):
        if line in headings:
            parts.append((plain(text), []))
        else:
            parts[-1][1].append(plain(text))
    for heading, said in parts[1:]:
        place = unique(slugify(heading, "-"), ids)
        text, tags = listed.get(place, ("", ()))
        if said or text:
            yield Found(kind, heading, f"{path}#{place}", part_of, " ".join([*said, text]).strip(), tags, about)
