"""The shape of the open data: what each file under data/v1/ holds. Others build on it, so it is not the records' own.

A field's docstring is its line in the codebook. A change that could break what somebody built needs a new version: the
tests hold this shape to the one that was published (tests/published/), and docs/data/changelog.md tells of each.
"""

from __future__ import annotations

import datetime

from macros.exports.shape_parts import (
    Address,
    Fact,
    File,
    Group,
    Participant,
    Quotation,
    Report,
    Rung,
    Section,
    Shape,
    Sorted,
    SourcePlace,
    StageAccount,
    Titled,
    TwoLenses,
    Work,
)

VERSION = "1.0"
"""Counts up in its second part when something is added, in its first when something is changed or taken away."""

FOLDER = "data/v" + VERSION.partition(".")[0]
"""Where the files are, below the top of the site."""


class Lesson(Shape):
    """One thing learned."""

    id: str
    """What it is part of and its own name, with a slash between."""
    address: Address
    """Its page."""
    lesson: str
    """The lesson, in one sentence."""
    detail: str | None
    """What happened, or what to do, in Markdown; null if there is no more."""
    origin: Sorted
    """Where it comes from: something that went wrong, worked, and so on. Our sorting."""
    stages: tuple[Sorted, ...]
    """When in a project it matters. Our sorting."""
    themes: tuple[Sorted, ...]
    """What it is about. Our sorting."""
    people: tuple[Sorted, ...]
    """Whom it is about or with, where the source says so."""
    how_known: Sorted
    """How the source knows it."""
    source: SourcePlace
    """Where it comes from."""
    part_of: Titled
    """The case study or guide page that it is part of."""
    guides: tuple[Titled, ...]
    """Guide pages that say how."""
    templates: tuple[Titled, ...]
    """Templates that may help."""
    updated: datetime.date
    """When what it is part of last changed."""
    licence: str
    """How its words may be used."""


class CaseStudy(Shape):
    """What happened when people tried. A fact that is null is not reported by the source."""

    id: str
    """Its short name."""
    address: Address
    """Its page."""
    title: str
    """The name of the work."""
    short_title: str
    """A short name for lists."""
    summary: str
    """One or two sentences."""
    kind: Sorted
    """What kind of work it is. Our sorting."""
    source: SourcePlace
    """The main source."""
    status: Fact | None
    """How far it has got."""
    when: Fact | None
    """When it happened."""
    where: Fact | None
    """Where it happened."""
    places: tuple[str, ...]
    """The countries or regions that `where` names."""
    organisations: Fact | None
    """Who ran it, and with whom."""
    funder: Fact | None
    """Who paid for it."""
    people: tuple[Participant, ...]
    """Who took part."""
    stages: tuple[StageAccount, ...]
    """The six stages of a project, in order."""
    story: tuple[Section, ...]
    """What happened."""
    two_lenses: tuple[TwoLenses, ...]
    """The same words seen twice."""
    quotations: tuple[Quotation, ...]
    """Exact words."""
    lessons: tuple[str, ...]
    """The ids of its lessons in lessons.json."""
    ladder_claimed: Rung | None
    """Where the team puts it on the ladder; null if not reported."""
    ladder_felt: Rung | None
    """Where people with lived experience put it; null if not reported."""
    gripp2: Report
    """How involvement was reported."""
    unknowns: tuple[str, ...]
    """What the source does not say."""
    references: tuple[Work, ...]
    """Works to read about it."""
    content_note: str | None
    """A warning where the page may distress."""
    footing: str
    """On what footing it is published."""
    footing_note: str | None
    """What a reader should know about that."""
    checked: str | None
    """Who checked the wording, and when; null if nobody did."""
    easy_read: str
    """Whether there is an Easy Read version: `none`, `not checked` or `checked`."""
    contributors: tuple[str, ...]
    """Who wrote this account."""
    updated: datetime.date
    """When it last changed."""
    licence: str
    """How the words may be used."""


class Template(Shape):
    """A document to take away."""

    id: str
    """Its short name."""
    address: Address
    """Its page, or its place in the list while it is not written."""
    title: str
    """What it is called."""
    summary: str
    """What it is for."""
    use_when: str
    """When a group would use it."""
    goal: Sorted
    """What the reader is trying to do."""
    named_by_source: bool
    """Whether the source names it, or it only follows from what the source says."""
    source: SourcePlace
    """Where the source calls for it."""
    time_needed: str
    """About how long a group needs."""
    template_version: int
    """Counts up when a name of an answer is dropped."""
    answers: tuple[str, ...]
    """The names of its answers, as they stand in people's files."""
    files: tuple[File, ...]
    """Its files; none while it is not written."""
    updated: datetime.date
    """When it last changed."""
    licence: str
    """How it may be used."""


class Term(Shape):
    """A word and what it means."""

    id: str
    """Its short name."""
    address: Address
    """Its place in the dictionary."""
    term: str
    """The word or words."""
    meaning: str
    """What it means here."""
    also: tuple[str, ...]
    """Other words for it."""
    see: tuple[str, ...]
    """The ids of related words."""
    source: SourcePlace | None
    """Where the meaning comes from; null if it is ours."""


class Source(Shape):
    """A work that the hub cites. What is null is not reported."""

    id: str
    """Its short name."""
    address: Address
    """Its place in the list of sources."""
    kind: str
    """What it is."""
    title: str | None
    """Its title."""
    short_title: str
    """How it is named where it is cited."""
    authors: tuple[str, ...]
    """Its authors: family name, initials."""
    year: int | None
    """The year it came out."""
    container: str | None
    """The journal, site or event it is part of."""
    volume: str | None
    """The volume of the journal."""
    issue: str | None
    """The issue of the journal."""
    pages: str | None
    """The pages, or the number of the article."""
    publisher: str | None
    """Who published it."""
    doi: str | None
    """Its DOI."""
    url: str | None
    """Its own address."""
    known: str
    """`read`: we read it. `second-hand`: we read a good account of it. `as cited`: another source names it."""
    note: str | None
    """What a reader must know about it."""


class DataFile(Shape):
    """What every file of the data has, besides its `items`."""

    version: str
    """The version of this shape."""
    updated: datetime.date
    """When the newest record of the hub changed."""
    licence: str
    """How the words may be used."""


class CaseStudies(DataFile):
    """case-studies.json."""

    items: tuple[CaseStudy, ...]
    """Every case study."""


class Lessons(DataFile):
    """lessons.json."""

    items: tuple[Lesson, ...]
    """Every lesson, once."""


class Templates(DataFile):
    """templates.json."""

    items: tuple[Template, ...]
    """Every template."""


class Dictionary(DataFile):
    """dictionary.json."""

    items: tuple[Term, ...]
    """Every word."""


class Vocabulary(DataFile):
    """vocabulary.json."""

    items: tuple[Group, ...]
    """Every group of values."""


class Sources(DataFile):
    """sources.json."""

    items: tuple[Source, ...]
    """Every work that the hub cites."""


FILES: dict[str, type[DataFile]] = {
    "case-studies": CaseStudies,
    "lessons": Lessons,
    "templates": Templates,
    "dictionary": Dictionary,
    "vocabulary": Vocabulary,
    "sources": Sources,
}
"""What each file is, by its name without ending."""

TABLES: dict[str, type[Shape]] = {"case-studies": CaseStudy, "lessons": Lesson}
"""The files that there are as tables too, and what a line of each is."""
