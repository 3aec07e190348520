"""The pages that gather: home, templates, sources, short lists for a page's text, and all pages from A to Z."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from macros.collection import Collection
from macros.fields import NOT_REPORTED
from macros.folders import DOCS
from macros.shared import Source, Stage, Value
from macros.views.lessons import groups
from macros.views.links import NOT_KEPT, Cited, Link, case_page, cited, facet_page, guide_page


@dataclass(frozen=True)
class Home:
    """How much there is, and where the doors lead."""

    cases: int
    lessons: int
    topics: int
    templates: int
    words: int
    went_wrong: int
    went_wrong_page: str


@dataclass(frozen=True)
class TemplateRow:
    """A template in the list."""

    id: str
    title: str
    page: str | None
    """Its page; none while it is not written."""
    summary: str
    use_when: str
    named: str
    source: Cited
    lessons: int
    """How many lessons name it as a help. Its page has them, once there is one."""


@dataclass(frozen=True)
class TemplateGroup:
    """Templates with one goal."""

    id: str
    goal: str
    meaning: str
    templates: tuple[TemplateRow, ...]


@dataclass(frozen=True)
class SourceRow:
    """A work, as it stands in the list of sources."""

    id: str
    short_title: str
    citation: str
    address: str | None
    known: str
    note: str | None


@dataclass(frozen=True)
class ValueRow:
    """A value of the vocabulary in a list."""

    label: str
    meaning: str
    source: Cited | None


@dataclass(frozen=True)
class PageGroup:
    """Pages that start with one letter."""

    letter: str
    pages: tuple[Link, ...]


_KNOWN = {
    "read": "We read it.",
    "second-hand": "We read a good account of it.",
    "as cited": "Another source names it. We have not read it.",
}


def home(collection: Collection) -> Home:
    """The home page's figures."""
    return Home(
        cases=len(collection.cases),
        lessons=collection.lessons,
        topics=len(collection.guides),
        templates=len(collection.templates),
        words=len(collection.dictionary),
        went_wrong=sum(
            lesson.origin == "went-wrong" for _, _, record in collection.with_lessons for lesson in record.lessons
        ),
        went_wrong_page=facet_page("origin", "went-wrong"),
    )


def templates(collection: Collection) -> tuple[TemplateGroup, ...]:
    """All templates, by what the reader is trying to do."""
    records = [record for _, _, record in collection.with_lessons]
    calling = Counter(slug for record in records for lesson in record.lessons for slug in lesson.templates)
    return tuple(
        TemplateGroup(
            goal.id,
            goal.label,
            goal.meaning,
            tuple(
                TemplateRow(
                    id=slug,
                    title=template.title,
                    page=f"templates/{slug}.md" if collection.written(slug) else None,
                    summary=template.summary,
                    use_when=template.use_when,
                    named="The source names it." if template.named == "named" else "It follows from the source.",
                    source=cited(collection, template.source),
                    lessons=calling[slug],
                )
                for slug, template in collection.templates.items()
                if template.goal == goal.id
            ),
        )
        for goal in collection.vocabulary.goals
    )


def sources(collection: Collection) -> tuple[SourceRow, ...]:
    """All works cited, in the order of their list."""
    return tuple(
        SourceRow(
            id=source.id,
            short_title=source.short_title,
            citation=_citation(source),
            address=source.url or (f"https://doi.org/{source.doi}" if source.doi else None),
            known=_KNOWN[source.known],
            note=source.note,
        )
        for source in collection.sources
    )


def values(collection: Collection, group: str) -> tuple[ValueRow, ...]:
    """The values of a vocabulary group, in their order."""
    return tuple(
        ValueRow(value.label, value.meaning, cited(collection, value.source) if value.source else None)
        for value in getattr(collection.vocabulary, group)
    )


def project_stages(collection: Collection) -> tuple[ValueRow, ...]:
    """The six stages of a project."""
    return tuple(
        row
        for row, stage in zip(values(collection, "stages"), collection.vocabulary.stages, strict=True)
        if stage.of_project
    )


@dataclass(frozen=True)
class AToZ:
    """Pages by first letter."""

    groups: tuple[PageGroup, ...]
    with_cases: bool
    """Whether case studies are among them."""


MOST_CASES = 300
"""Case studies up to which they are among all pages: with more, the page that answers a search would be heavy."""


def a_to_z(collection: Collection) -> AToZ:
    """Every page by first letter, but what lists hold: single lessons, and many case studies with their lessons."""
    with_cases = len(collection.cases) <= MOST_CASES
    pages = [Link(guide.title, guide_page(slug)) for slug, guide in collection.guides.items()]
    pages += [Link(case.title, case_page(slug)) for slug, case in collection.cases.items() if with_cases]
    pages += [
        Link(f"Lessons: {label}", facet_page(group, value))
        for group, value, label, _ in groups(collection)
        if group != "case" or with_cases
    ]
    pages += [
        Link(f"Easy Read: {record.title}", f"easy-read/{slug}.md") for slug, record in collection.easy_read.items()
    ]
    pages += [
        Link(str(page.front["title"]), path.removeprefix(f"{DOCS}/"))
        for path, page in collection.pages.items()
        if "title" in page.front and not collection.has_record(path) and path != f"{DOCS}/{NOT_KEPT}"
    ]
    letters: dict[str, list[Link]] = {}
    for page in sorted(pages, key=lambda page: page.text.casefold()):
        letters.setdefault(page.text[0].upper(), []).append(page)
    return AToZ(tuple(PageGroup(letter, tuple(found)) for letter, found in letters.items()), with_cases)


def _citation(source: Source) -> str:
    """A work in one line: authors, year, title, where it came out, who published it."""
    year = "no year given" if source.year == NOT_REPORTED else source.year
    title = "Title not reported" if source.title == NOT_REPORTED else source.title
    parts = [f"{', '.join(source.authors)} ({year})" if source.authors else f"({year})", title]
    parts += [part for part in (_container(source), source.publisher) if part]
    return ". ".join(part.rstrip(".") for part in parts) + "."


def _container(source: Source) -> str:
    """What a work is part of, such as: Journal, 6(9), 778-785. Empty if nothing is told."""
    issue = f"{source.volume or ''}({source.issue})" if source.issue else source.volume
    return ", ".join(part for part in (source.container, issue, source.pages) if part)


@dataclass(frozen=True)
class LadderForm:
    """What a rating asks: for each stage of a project, which rung."""

    stages: tuple[Stage, ...]
    rungs: tuple[Value, ...]


def ladder_form(collection: Collection) -> LadderForm:
    """A rating, with the highest rung first."""
    vocabulary = collection.vocabulary
    return LadderForm(tuple(stage for stage in vocabulary.stages if stage.of_project), vocabulary.rungs[::-1])
