"""All case studies: as cards, and their stages side by side."""

from __future__ import annotations

from dataclasses import dataclass

from markdown.extensions.toc import slugify

from macros.collection import Collection
from macros.fields import NOT_REPORTED, Fact
from macros.records import CaseStudy
from macros.views.cases import label_of
from macros.views.facets import Facet, FacetValue, counted
from macros.views.links import Link, case_page, facet_page
from macros.views.stages import StageStrip, strip

_NOWHERE = "not-reported"


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
    """All case studies, and a table of the stages that their sources tell of."""

    cards: tuple[CaseCard, ...]
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


def everything(collection: Collection) -> CaseList:
    """All case studies, by title."""
    cases = sorted(collection.cases.items(), key=lambda item: item[1].title.casefold())
    rows = tuple(StageRow(case.short_title, strip(collection, case)) for _, case in cases)
    cards = tuple(
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
    stages = tuple(value.label for value in collection.vocabulary.stages if value.of_project)
    counts = counted(card.values for card in cards)
    facets = tuple(
        Facet(
            group,
            name,
            tuple(
                FacetValue(id_, label, count) for id_, label in labels.items() if (count := counts[f"{group}:{id_}"])
            ),
        )
        for group, (name, labels) in _facets(collection).items()
    )
    return CaseList(cards, facets, stages, rows)
