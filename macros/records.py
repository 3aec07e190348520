"""What the hub knows: case studies, lessons, guide pages and templates.

This is the one definition of every field, its limits and its help. The editor schema, the blank file and the
reference are derived from it; a field's docstring is the help a contributor reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator

from macros.case_parts import (
    Consent,
    EasyRead,
    Ladder,
    Participant,
    Reference,
    ReportedStage,
    Reporting,
    Section,
    TwoLenses,
)
from macros.fields import (
    EACH_ONCE,
    Citation,
    Day,
    GoalId,
    GuideId,
    HowKnownId,
    KindId,
    Label,
    Line,
    OriginId,
    PagePath,
    PeopleId,
    ProjectStageId,
    Prose,
    Quotation,
    Record,
    ReportedFact,
    Sentence,
    Slug,
    StageId,
    Summary,
    TemplateId,
    ThemeId,
    Title,
    mistake,
)
from macros.form_parts import FormField, FormTable


class Lesson(Record):
    """One thing learned. It stands on its own: people filter, link to, print and cite it."""

    id: Slug = Field(examples=["titles-are-not-enough"])
    """Short name, part of its address for ever. Small letters, digits and hyphens."""
    lesson: Sentence = Field(examples=["A title does not help people to comment in a useful way."])
    """The lesson in one plain sentence. It names a situation, never a person to blame."""
    typed: tuple[Line, ...] = ()
    """Words that people type when they look for this lesson, and that are not in it. Only for the search."""
    detail: Prose | None = None
    """What happened, or what to do. Up to a few short paragraphs."""
    origin: OriginId
    """Where the lesson comes from: something that went wrong, worked, and so on."""
    stages: Annotated[tuple[StageId, ...], EACH_ONCE] = ()
    """When in a project it matters. Left out until somebody has sorted it."""
    themes: Annotated[tuple[ThemeId, ...], EACH_ONCE] = ()
    """What it is about. Left out until somebody has sorted it."""
    people: Annotated[tuple[PeopleId, ...], EACH_ONCE] = ()
    """Whom it is about or with, where the source says so."""
    how_known: HowKnownId
    """How the source knows it: told, written or measured."""
    source: Citation
    """Where the lesson comes from."""
    templates: Annotated[tuple[TemplateId, ...], EACH_ONCE] = ()
    """Templates that help a reader to act on it."""
    guides: Annotated[tuple[GuideId, ...], EACH_ONCE] = ()
    """Guide pages that say how."""


class CaseStudy(Record):
    """What happened when people tried: one file in case_studies/, one page on the site."""

    title: Title
    """The name of the work, as people will look for it."""
    short_title: Label
    """A short name for lists and menus."""
    summary: Summary
    """One or two plain sentences that can be read on their own."""
    source: Citation
    """The main source of this account."""
    kind: KindId
    """What kind of work it is."""
    status: ReportedFact
    """How far it has got."""
    when: ReportedFact
    """When it happened."""
    where: ReportedFact
    """Where it happened."""
    places: Annotated[tuple[Label, ...], EACH_ONCE] = ()
    """The countries or regions that `where` names, each as it stands there. Readers filter by them."""
    organisations: ReportedFact
    """Who ran it, and with whom."""
    funder: ReportedFact
    """Who paid for it."""
    people: tuple[Participant, ...] = ()
    """Who took part, and as what. Left out if that is not told."""
    stages: dict[ProjectStageId, ReportedStage]
    """For each of the six stages of a project: how lived experience came in, or `not reported`."""
    story: Annotated[tuple[Section, ...], Field(min_length=1)]
    """What happened, in short sections."""
    two_lenses: tuple[TwoLenses, ...] = ()
    """The same words seen twice: by the evidence and from lived experience."""
    quotations: tuple[Quotation, ...] = ()
    """Short exact words, where the words are the evidence."""
    lessons: Annotated[tuple[Lesson, ...], Field(min_length=1)]
    """What was learned, above all from what went wrong."""
    ladder: Ladder
    """Where people put this work on the ladder of co-production."""
    reporting: Reporting
    """How involvement was reported: the GRIPP2 short form."""
    unknowns: Annotated[tuple[Line, ...], Field(min_length=1)]
    """What a reader would ask and the source does not say."""
    references: tuple[Reference, ...] = ()
    """Works to read about it."""
    content_note: Line | None = None
    """A warning where the page may distress, shown before the text."""
    consent: Consent
    """On what footing this is published."""
    easy_read: EasyRead
    """Whether there is an Easy Read version, and who has checked it."""
    contributors: Annotated[tuple[Line, ...], Field(min_length=1)]
    """Who wrote this account, as they want to be named."""
    licence: Literal["CC BY 4.0"]
    """How others may use the words written here."""
    updated: Day
    """When this file last changed: year-month-day."""


class Guide(Record):
    """A how-to page: docs/guide/<slug>.md. These fields stand between the --- lines at its top."""

    title: Title
    """The topic, as a reader would say it."""
    summary: Summary
    """One or two plain sentences for lists."""
    part: Literal["how-to", "why"]
    """`how-to` for the steps of a project, `why` for the ideas behind them."""
    order: Annotated[int, Field(ge=1, le=999)]
    """Where it stands in its part. Follows a project's life."""
    typed: tuple[Line, ...] = ()
    """Words that people type when they look for this topic. Only for the search."""
    source: Citation
    """The main source of this page."""
    content_note: Line | None = None
    """A warning where the page may distress, shown before the text."""
    quotations: tuple[Quotation, ...] = ()
    """Short exact words that the page shows."""
    lessons: Annotated[tuple[Lesson, ...], Field(min_length=1)]
    """The lessons of this topic."""
    templates: Annotated[tuple[TemplateId, ...], EACH_ONCE] = ()
    """Templates for this topic."""
    updated: Day
    """When this page last changed: year-month-day."""


class Template(Record):
    """A document people can take away: docs/templates/<slug>.md. One without a text is listed as not written yet.

    The text below these fields is headings, paragraphs, lists, guidance (lines that start with >), fields and tables.
    """

    title: Title
    """What the document is called."""
    summary: Summary
    """What it is for, in one or two plain sentences."""
    use_when: Line
    """When a group would use it."""
    typed: tuple[Line, ...] = ()
    """Words that people type when they look for this template, and that are not in it. Only for the search."""
    goal: GoalId
    """What the reader is trying to do."""
    named: Literal["named", "implied"]
    """`named` if the source names the document or the activity, `implied` if it only follows from what it says."""
    source: Citation
    """Where the source calls for it."""
    time_needed: Line
    """About how long a group needs to fill it in together."""
    version: Annotated[int, Field(ge=1, le=99)]
    """Counts up when an id below is renamed or dropped, since people have files with these ids."""
    fields: tuple[FormField, ...] = ()
    """What it asks. Each stands in the text below as [field: id], on a line of its own."""
    tables: tuple[FormTable, ...] = ()
    """Tables to fill in. Each stands in the text below as [table: id], on a line of its own."""
    updated: Day
    """When this file last changed: year-month-day."""


class EasyReadPage(Record):
    """A page in Easy Read: docs/easy-read/<slug>.md, the twin of another page in easier words, with pictures."""

    title: Title
    """The title, in easy words."""
    summary: Summary
    """What the page says, in one or two short sentences."""
    twin: PagePath = Field(examples=["case-studies/lets-talk-literacy.md"])
    """The page that this one puts in easier words: its place below docs/."""
    typed: tuple[Line, ...] = ()
    """Words that people type when they look for this page, and that are not in it. Only for the search."""
    easy_read: EasyRead
    """Who has checked it. `checked` means: by people with learning disabilities, with who and when."""
    source: Citation | None = None
    """Where the facts come from, if the page tells any."""
    updated: Day
    """When this page last changed: year-month-day."""

    @field_validator("easy_read")
    @classmethod
    def _there_is_one(cls, easy_read: EasyRead) -> EasyRead:
        if easy_read.status == "none":
            raise mistake(
                "is of an Easy Read page, but says that there is none",
                "Write status: not checked, until it is checked.",
            )
        return easy_read


@dataclass(frozen=True)
class Page:
    """A Markdown page of the site: its front matter as plain data, and the text below it."""

    path: str
    front: Mapping[str, Any]
    body: str
    body_line: int
    """The line of the file on which the body starts, from 1."""
