"""A case study, whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markdown.extensions.toc import slugify, unique

from macros.case_parts import RungClaim, StageAccount
from macros.collection import Collection
from macros.fields import Citation, Fact, Quotation, Words
from macros.records import CaseStudy
from macros.shared import Value
from macros.views import easy_read, gripp2, words
from macros.views.easy_read import EasyReadCard
from macros.views.gripp2 import Report
from macros.views.lessons import LessonCard, cards
from macros.views.links import Cited, Link, case_page, cited, facet_page
from macros.views.stages import StageStrip, strip
from macros.views.words import WordMeaning


@dataclass(frozen=True)
class FactRow:
    """A labelled fact; no text means that it is not reported."""

    label: str
    text: str | None
    source: Cited | None


@dataclass(frozen=True)
class WordsView:
    """Exact words with who said them."""

    id: str
    words: str
    speaker: str
    note: str | None
    content_note: str | None
    source: Cited


@dataclass(frozen=True)
class LensPair:
    """The same words seen twice."""

    id: str
    """Its place on the page."""
    subject: str
    evidence: WordsView
    lived: WordsView
    changed: FactRow


@dataclass(frozen=True)
class StorySection:
    """A part of the story."""

    id: str
    """Its place on the page."""
    heading: str
    text: str
    source: Cited


@dataclass(frozen=True)
class Group:
    """People who took part."""

    link: Link
    role: str
    source: Cited


@dataclass(frozen=True)
class ReferenceView:
    """A work to read."""

    work: Link
    note: str | None


HEADINGS = {
    "at-a-glance": "At a glance",
    "stages": "Where lived experience came in",
    "the-story": "The story",
    "two-lenses": "Two lenses",
    "in-peoples-words": "In people's words",
    "lessons": "What was learned",
    "ladder": "On the ladder of co-production",
    "reporting": "How involvement was reported",
    "unknowns": "What the source does not say",
    "sources-and-use": "Sources and use",
    "cite": "How to cite this page",
}
"""The parts of a case study's page: the place of each on the page, and its heading."""


@dataclass(frozen=True)
class CasePage:
    """A case study's page, from the top."""

    title: str
    headings: Mapping[str, str]
    """Of `HEADINGS`, the parts that this page has."""
    summary: str
    content_note: str | None
    kind: str
    source: Cited
    facts: tuple[FactRow, ...]
    people: tuple[Group, ...]
    stages: tuple[FactRow, ...]
    strip: StageStrip
    story: tuple[StorySection, ...]
    two_lenses: tuple[LensPair, ...]
    quotations: tuple[WordsView, ...]
    lessons: tuple[LessonCard, ...]
    ladder: tuple[FactRow, ...]
    reporting: Report
    unknowns: tuple[str, ...]
    references: tuple[ReferenceView, ...]
    words: tuple[WordMeaning, ...]
    footing: str
    checked: str
    """Who checked the wording and when; empty if it was taken from published material."""
    footing_note: str | None
    easy_read: EasyReadCard | None
    easy_read_status: str
    contributors: str
    licence: str
    updated: str
    file: str


def quotation(collection: Collection, record: Quotation) -> WordsView:
    """A quotation as it is shown."""
    return _words(collection, record, record.id, record.note, record.content_note)


def page(collection: Collection, slug: str) -> CasePage:
    """The whole page of a case study."""
    case = collection.cases[slug]
    vocabulary = collection.vocabulary
    without = {
        part for part, told in (("two-lenses", case.two_lenses), ("in-peoples-words", case.quotations)) if not told
    }
    taken = {*HEADINGS, *(f"quotation-{quoted.id}" for quoted in case.quotations)}
    stages = tuple(
        _row(collection, value.label, case.stages[value.id]) for value in vocabulary.stages if value.of_project
    )
    return CasePage(
        title=case.title,
        headings={part: heading for part, heading in HEADINGS.items() if part not in without},
        summary=case.summary,
        content_note=case.content_note,
        kind=label_of(vocabulary.kinds, case.kind),
        source=cited(collection, case.source),
        facts=tuple(
            _row(collection, label, fact)
            for label, fact in (
                ("Where", case.where),
                ("When", case.when),
                ("How far it has got", case.status),
                ("Who ran it", case.organisations),
                ("Who paid for it", case.funder),
            )
        ),
        people=tuple(
            Group(
                Link(label_of(vocabulary.people, group.group), facet_page("people", group.group)),
                group.role,
                cited(collection, group.source),
            )
            for group in case.people
        ),
        stages=stages,
        strip=strip(collection, case),
        story=tuple(
            StorySection(
                unique(slugify(section.heading, "-"), taken),
                section.heading,
                section.text,
                cited(collection, section.source),
            )
            for section in case.story
        ),
        two_lenses=tuple(
            LensPair(
                unique(slugify(pair.subject, "-"), taken),
                pair.subject,
                _words(collection, pair.evidence_says),
                _words(collection, pair.lived_experience_says),
                _row(collection, "What changed", pair.what_changed),
            )
            for pair in case.two_lenses
        ),
        quotations=tuple(quotation(collection, record) for record in case.quotations),
        lessons=_by_origin(collection, cards(collection, slug)),
        ladder=tuple(
            FactRow(label, *_claim(collection, claim))
            for label, claim in (("The team says", case.ladder.claimed), ("People felt", case.ladder.felt))
        ),
        reporting=gripp2.report(collection, slug),
        unknowns=case.unknowns,
        references=tuple(
            ReferenceView(cited(collection, Citation(ref=reference.ref, at="whole work")).work, reference.note)
            for reference in case.references
        ),
        words=words.used_in(collection, _texts(case)),
        footing=case.consent.footing,
        checked=easy_read.checked(case.consent),
        footing_note=case.consent.note,
        easy_read=easy_read.card_for(collection, case_page(slug)),
        easy_read_status=easy_read.status(case.easy_read),
        contributors="; ".join(case.contributors),
        licence=case.licence,
        updated=case.updated.isoformat(),
        file=f"case_studies/{slug}.yml",
    )


def label_of(values: tuple[Value, ...], id_: str) -> str:
    """What a reader sees of a value of the vocabulary."""
    return next(value.label for value in values if value.id == id_)


def _row(collection: Collection, label: str, fact: Fact | StageAccount | str) -> FactRow:
    if isinstance(fact, str):
        return FactRow(label, None, None)
    return FactRow(label, fact.text if isinstance(fact, Fact) else fact.how, cited(collection, fact.source))


def _claim(collection: Collection, claim: RungClaim | str) -> tuple[str | None, Cited | None]:
    if isinstance(claim, str):
        return None, None
    rung = label_of(collection.vocabulary.rungs, claim.rung)
    return f"{rung}: {claim.words}", cited(collection, claim.source)


def _words(
    collection: Collection, record: Words, id_: str = "", note: str | None = None, content_note: str | None = None
) -> WordsView:
    return WordsView(id_, record.words, record.speaker, note, content_note, cited(collection, record.source))


def _by_origin(collection: Collection, lessons: tuple[LessonCard, ...]) -> tuple[LessonCard, ...]:
    order = [value.id for value in collection.vocabulary.origins]
    return tuple(sorted(lessons, key=lambda lesson: order.index(lesson.origin)))


def _texts(case: CaseStudy) -> str:
    """All running text of a case study, to find the dictionary's words in."""
    parts = [case.summary, *(section.text for section in case.story), *case.unknowns]
    parts += [lesson.lesson + " " + (lesson.detail or "") for lesson in case.lessons]
    parts += [account.how for account in case.stages.values() if isinstance(account, StageAccount)]
    return "\n".join(parts)
