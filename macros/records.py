"""What the hub knows: case studies, lessons, guide pages and templates.

This is the one definition of every field, its limits and its help. The editor schema, the blank file and the
reference are derived from it; a field's docstring is the help a contributor reads.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, Tag, model_validator

from macros.fields import (
    TAG_MARK,
    Citation,
    Day,
    GoalId,
    GuideId,
    HowKnownId,
    KindId,
    Line,
    NotReported,
    OriginId,
    OrNotReported,
    PeopleId,
    ProjectStageId,
    Prose,
    Quotation,
    Record,
    ReportedFact,
    RungId,
    Sentence,
    Slug,
    SourceId,
    StageId,
    Summary,
    TemplateId,
    ThemeId,
    Title,
    Words,
    line,
    mistake,
)

# --- Lessons ----------------------------------------------------------------------------------------------------------


class Lesson(Record):
    """One thing learned. It stands on its own: people filter, link to, print and cite it."""

    id: Slug = Field(examples=["titles-are-not-enough"])
    """Short name, part of its address for ever. Small letters, digits and hyphens."""
    lesson: Sentence = Field(examples=["A title does not help people to comment in a useful way."])
    """The lesson in one plain sentence. It names a situation, never a person to blame."""
    detail: Prose | None = None
    """What happened, or what to do. Up to a few short paragraphs."""
    origin: OriginId
    """Where the lesson comes from: something that went wrong, worked, and so on."""
    stages: Annotated[tuple[StageId, ...], Field(min_length=1)]
    """When in a project it matters."""
    themes: Annotated[tuple[ThemeId, ...], Field(min_length=1)]
    """What it is about."""
    people: tuple[PeopleId, ...] = ()
    """Whom it is about or with, where the source says so."""
    how_known: HowKnownId
    """How the source knows it: told, written or measured."""
    source: Citation
    """Where the lesson comes from."""
    templates: tuple[TemplateId, ...] = ()
    """Templates that help a reader to act on it."""
    guides: tuple[GuideId, ...] = ()
    """Guide pages that say how."""


# --- Case studies -----------------------------------------------------------------------------------------------------


class Participant(Record):
    """A group of people who took part."""

    group: PeopleId
    """Which group, from the vocabulary."""
    role: Line
    """What they did in this work."""
    source: Citation
    """Where that is said."""


class StageAccount(Record):
    """How lived experience came in at one stage."""

    how: Line
    """What people with lived experience did at this stage."""
    source: Citation
    """Where that is said."""


class Section(Record):
    """A part of the story."""

    heading: Title
    """A short heading in plain words."""
    text: Prose
    """Short paragraphs. You can use lists, **bold**, *italic* and links."""
    source: Citation
    """Where these facts come from."""


class TwoLenses(Record):
    """The same words seen twice."""

    subject: Title
    """What the words are about."""
    evidence_says: Words
    """The words of the evidence, the policy or the guideline."""
    lived_experience_says: Words
    """How they read from lived experience."""
    what_changed: ReportedFact
    """What was changed because of it, or `not reported`."""


class RungClaim(Record):
    """Where somebody puts this work on the ladder of co-production. People say it; nobody computes it."""

    rung: RungId
    """The rung."""
    words: Line
    """How they said it."""
    source: Citation
    """Where they said it."""


ReportedStage = Annotated[
    Annotated[StageAccount, Tag(f"{TAG_MARK}value")] | Annotated[NotReported, Tag(f"{TAG_MARK}words")], OrNotReported
]
ReportedRung = Annotated[
    Annotated[RungClaim, Tag(f"{TAG_MARK}value")] | Annotated[NotReported, Tag(f"{TAG_MARK}words")], OrNotReported
]


class Ladder(Record):
    """The rung the team claims, and the rung people felt."""

    claimed: ReportedRung
    """What the team says of its own work."""
    felt: ReportedRung
    """What people with lived experience say."""


class Reporting(Record):
    """The five items of the GRIPP2 short form (Staniszewska and others, 2017); item 3 has two halves."""

    aim: ReportedFact
    """1. The aim of involving people in the study."""
    methods: ReportedFact
    """2. How people were involved."""
    positive_results: ReportedFact
    """3. Results of involving people: what was good."""
    negative_results: ReportedFact
    """3. Results of involving people: what was not good."""
    influence: ReportedFact
    """4. How far involving people influenced the study."""
    reflections: ReportedFact
    """5. What went well and what did not, so that others can learn."""


class Reference(Record):
    """A work to read about this case study."""

    ref: SourceId
    """The id of a source in `_shared/sources.yml`."""
    note: Line | None = None
    """What the reader finds there."""


class Consent(Record):
    """On what footing this is published."""

    footing: Literal["published material", "agreed with the people in it"]
    """Taken from published material, or agreed with the people it is about."""
    note: Line | None = None
    """Anything a reader should know about that."""
    checked_by: Line | None = None
    """Who checked the wording. Needed when it was agreed with people."""
    checked_on: Day | None = None
    """When they checked it: year-month-day."""

    @model_validator(mode="after")
    def _agreement_is_checked(self) -> Consent:
        if self.footing == "agreed with the people in it" and not (self.checked_by and self.checked_on):
            raise mistake(
                "says that people agreed, but not who checked it and when", "Fill in checked_by and checked_on"
            )
        return self


class EasyRead(Record):
    """Whether there is an Easy Read version, and who has checked it."""

    status: Literal["none", "not checked", "checked"]
    """`checked` means that people with learning disabilities have read it and said it works."""
    checked_by: Line | None = None
    """Who checked it. Needed for `checked`."""
    checked_on: Day | None = None
    """When: year-month-day. Needed for `checked`."""

    @model_validator(mode="after")
    def _checked_says_who_and_when(self) -> EasyRead:
        if self.status == "checked" and not (self.checked_by and self.checked_on):
            raise mistake(
                "is `checked`, but not who checked it and when",
                "Fill in checked_by and checked_on, or write `not checked`",
            )
        return self


class CaseStudy(Record):
    """What happened when people tried: one file in case_studies/, one page on the site."""

    title: Title
    """The name of the work, as people will look for it."""
    short_title: line(40)  # type: ignore[valid-type]
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
    organisations: ReportedFact
    """Who ran it, and with whom."""
    funder: ReportedFact
    """Who paid for it."""
    people: Annotated[tuple[Participant, ...], Field(min_length=1)]
    """Who took part, and as what."""
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


# --- Pages with records in their front matter -------------------------------------------------------------------------


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
    source: Citation
    """The main source of this page."""
    content_note: Line | None = None
    """A warning where the page may distress, shown before the text."""
    quotations: tuple[Quotation, ...] = ()
    """Short exact words that the page shows."""
    lessons: Annotated[tuple[Lesson, ...], Field(min_length=1)]
    """The lessons of this topic."""
    templates: tuple[TemplateId, ...] = ()
    """Templates for this topic."""
    updated: Day
    """When this page last changed: year-month-day."""


class Template(Record):
    """A document people can take away: docs/templates/<slug>.md. One without a text is listed as not written yet."""

    title: Title
    """What the document is called."""
    summary: Summary
    """What it is for, in one or two plain sentences."""
    use_when: Line
    """When a group would use it."""
    goal: GoalId
    """What the reader is trying to do."""
    named: Literal["named", "implied"]
    """`named` if the source names the document or the activity, `implied` if it only follows from what it says."""
    source: Citation
    """Where the source calls for it."""
    updated: Day
    """When this file last changed: year-month-day."""
