"""What a case study is made of, besides lessons."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Tag, model_validator

from macros.fields import (
    TAG_MARK,
    Citation,
    Day,
    Line,
    NotReported,
    OrNotReported,
    PeopleId,
    Prose,
    Record,
    ReportedFact,
    RungId,
    SourceId,
    Title,
    Words,
    mistake,
)


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

    footing: Literal["published material", "agreed with the people in it", "told by somebody who was there"]
    """Taken from published material, agreed with the people it is about, or told to the hub by one of them."""
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
                "says that people agreed, but not who checked it and when", "Fill in checked_by and checked_on."
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
                "Fill in checked_by and checked_on, or write `not checked`.",
            )
        return self
