"""All case studies: as cards, and their stages side by side."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from hashlib import sha256

from markdown.extensions.toc import slugify

from macros.collection import Collection
from macros.fields import NOT_REPORTED, Fact
from macros.records import CaseStudy
from macros.views.cases import label_of
from macros.views.facets import Facet, FacetValue, counted
from macros.views.lesson_lists import MOST_VALUES
from macros.views.links import ALL_CASES, Link, case_page, facet_page, part_page
from macros.views.stages import StageStrip, strip

_NOWHERE = "not-reported"

WHOLE, PART = 60, 30
"""Case studies that the list has on one page, and in each part of a list that is longer."""


@dataclass(frozen=True)
class CaseCard:
    """A case study in a list."""

    id: str
    values: str
    """What it is sorted by, for the filter: group:value, with spaces between them."""
    link: Link
    name: str
    summary: str
    kind: str
    people: str
    where: str
    lessons: int
    went_wrong: int
    lessons_page: str
    strip: StageStrip


@dataclass(frozen=True)
class StageRow:
    """A case study's row in the table of stages."""

    name: str
    strip: StageStrip


@dataclass(frozen=True)
class CaseList:
    """One part of all case studies, and a table of the stages that their sources tell of."""

    total: int
    """How many there are in all parts."""
    part: int
    first: int
    """The number of the first of this part, from 1."""
    cards: tuple[CaseCard, ...]
    before: Link | None
    """The part before this one."""
    after: Link | None
    facets: tuple[Facet, ...]
    stages: tuple[str, ...]
    rows: tuple[StageRow, ...]


def _facets(collection: Collection) -> dict[str, tuple[str, dict[str, str]]]:
    """Each way to sort case studies: what it is called, and the labels of its values by their ids."""
    vocabulary = collection.vocabulary
    places = sorted({place for case in collection.cases.values() for place in case.places}, key=str.casefold)
    return {
        "kind": ("Kind of work", {value.id: value.label for value in vocabulary.kinds}),
        "people": ("With whom", {value.id: value.label for value in vocabulary.people}),
        "place": ("Where", {slugify(place, "-"): place for place in places} | {_NOWHERE: "Not reported"}),
    }


def _values(case: CaseStudy) -> str:
    """What a case study is sorted by."""
    groups = dict.fromkeys(group.group for group in case.people)
    places = [slugify(place, "-") for place in case.places] or [_NOWHERE]
    return " ".join(
        [f"kind:{case.kind}", *(f"people:{group}" for group in groups), *(f"place:{place}" for place in places)]
    )


@functools.lru_cache(maxsize=2)
def ordered(collection: Collection) -> tuple[CaseCard, ...]:
    """All case studies, by title."""
    cases = sorted(collection.cases.items(), key=lambda item: item[1].title.casefold())
    return tuple(
        CaseCard(
            id=slug,
            values=_values(case),
            link=Link(case.title, case_page(slug)),
            name=case.short_title,
            summary=case.summary,
            kind=label_of(collection.vocabulary.kinds, case.kind),
            people=", ".join(
                dict.fromkeys(label_of(collection.vocabulary.people, group.group) for group in case.people)
            ),
            where=case.where.text if isinstance(case.where, Fact) else NOT_REPORTED,
            lessons=len(case.lessons),
            went_wrong=sum(lesson.origin == "went-wrong" for lesson in case.lessons),
            lessons_page=facet_page("case", slug),
            strip=strip(collection, case),
        )
        for slug, case in cases
    )


def parts(collection: Collection) -> int:
    """In how many parts the list stands."""
    count = len(collection.cases)
    return 1 if count <= WHOLE else -(-count // PART)


def later_parts(collection: Collection) -> dict[str, int]:
    """The pages of all parts but the first, and their numbers."""
    return {part_page(ALL_CASES, part): part for part in range(2, parts(collection) + 1)}


def everything(collection: Collection, part: int = 1) -> CaseList:
    """One part of all case studies, in the order of their titles."""
    whole, last = ordered(collection), parts(collection)
    size = PART if last > 1 else max(len(whole), 1)
    start = (part - 1) * size
    cards = whole[start : start + size]

    def to(number: int) -> Link | None:
        if not 1 <= number <= last:
            return None
        begin = (number - 1) * size
        return Link(f"Case studies {begin + 1} to {min(begin + size, len(whole))}", part_page(ALL_CASES, number))

    return CaseList(
        total=len(whole),
        part=part,
        first=start + 1,
        cards=cards,
        before=to(part - 1),
        after=to(part + 1),
        facets=facets(collection),
        stages=tuple(value.label for value in collection.vocabulary.stages if value.of_project),
        rows=tuple(StageRow(card.name, card.strip) for card in cards),
    )


def marks(collection: Collection) -> dict[str, str]:
    """For each page of a later part a mark, which is another one whenever the page shows other things."""
    return {
        page: sha256(repr(everything(collection, part)).encode()).hexdigest()
        for page, part in later_parts(collection).items()
    }


@functools.lru_cache(maxsize=2)
def facets(collection: Collection) -> tuple[Facet, ...]:
    """Every way to sort case studies, with its values and how many have each. One with too many values is left out."""
    counts = counted(card.values for card in ordered(collection))
    found = (
        Facet(
            group,
            name,
            tuple(
                FacetValue(id_, label, count) for id_, label in labels.items() if (count := counts[f"{group}:{id_}"])
            ),
        )
        for group, (name, labels) in _facets(collection).items()
    )
    return tuple(facet for facet in found if len(facet.values) <= MOST_VALUES)
