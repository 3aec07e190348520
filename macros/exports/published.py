"""The hub's records in the shape that is published (`macros.exports.shape`)."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from macros import fields, shared
from macros.case_parts import Reporting, RungClaim
from macros.collection import Collection
from macros.downloads.files import offered
from macros.exports import shape
from macros.exports import shape_parts as parts
from macros.fields import NOT_REPORTED, Citation
from macros.records import CaseStudy, Guide, Lesson
from macros.views import easy_read
from macros.views.documents import document
from macros.views.links import address, case_page, cited, guide_page, lesson_page, template_page

LICENCE = "CC BY 4.0"


OF_CASES = ("case-studies", "lessons")
"""The files that hold something of each case study."""


def of_case(collection: Collection, name: str, slug: str) -> Iterator[parts.Shape]:
    """What a file, by its name without ending, holds of one case study."""
    made, case = _maker(collection), collection.cases[slug]
    if name == "case-studies":
        yield made.case(slug, case)
    if name == "lessons":
        yield from (made.lesson(slug, case, lesson) for lesson in case.lessons)


def others(collection: Collection, name: str) -> Iterator[parts.Shape]:
    """What a file holds besides, after that."""
    made = _maker(collection)
    held: dict[str, Iterator[parts.Shape]] = {
        "lessons": (
            made.lesson(slug, guide, lesson) for slug, guide in collection.guides.items() for lesson in guide.lessons
        ),
        "templates": (made.template(slug) for slug in collection.templates),
        "dictionary": (made.term(term) for term in collection.dictionary),
        "vocabulary": (made.group(name, values) for name, values in collection.vocabulary),
        "sources": (made.work(source) for source in collection.sources),
    }
    yield from held.get(name, ())


def counts(collection: Collection) -> dict[str, int]:
    """How many items each file holds."""
    return {
        "case-studies": len(collection.cases),
        "lessons": collection.lessons,
        "templates": len(collection.templates),
        "dictionary": len(collection.dictionary),
        "vocabulary": len(type(collection.vocabulary).model_fields),
        "sources": len(collection.sources),
    }


def report(collection: Collection, reporting: Reporting) -> parts.Report:
    """How a case study was reported."""
    return _maker(collection).report(reporting)


@functools.lru_cache(maxsize=2)
def _maker(collection: Collection) -> _Maker:
    return _Maker(collection)


class _Maker:
    """Puts records into the published shape."""

    def __init__(self, collection: Collection) -> None:
        self.collection = collection
        self.labels = {(group, value.id): value.label for group, values in collection.vocabulary for value in values}
        self.short_titles = {source.id: source.short_title for source in collection.sources}

    def sorted(self, group: str, id_: str) -> parts.Sorted:
        return parts.Sorted(id=id_, label=self.labels[group, id_])

    def all_sorted(self, group: str, ids: Iterable[str]) -> tuple[parts.Sorted, ...]:
        return tuple(self.sorted(group, id_) for id_ in ids)

    def source(self, citation: Citation) -> parts.SourcePlace:
        place = cited(self.collection, citation)
        return parts.SourcePlace(id=citation.ref, title=place.work.text, at=place.at)

    def fact(self, fact: fields.Fact | str) -> parts.Fact | None:
        return None if isinstance(fact, str) else parts.Fact(text=fact.text, source=self.source(fact.source))

    def words(self, record: fields.Words, note: str | None = None, content_note: str | None = None) -> parts.Quotation:
        place = self.source(record.source)
        return parts.Quotation(
            words=record.words, speaker=record.speaker, source=place, note=note, content_note=content_note
        )

    def rung(self, claim: RungClaim | str) -> parts.Rung | None:
        if isinstance(claim, str):
            return None
        rung = self.sorted("rungs", claim.rung)
        return parts.Rung(rung=rung, words=claim.words, source=self.source(claim.source))

    def titled_guide(self, slug: str) -> parts.Titled:
        title = self.collection.guides[slug].title
        return parts.Titled(kind="guide", id=slug, title=title, address=address(guide_page(slug)))

    def titled_template(self, slug: str) -> parts.Titled:
        page = template_page(self.collection, slug)
        return parts.Titled(
            kind="template", id=slug, title=self.collection.templates[slug].title, address=address(page)
        )

    def lesson(self, home: str, record: CaseStudy | Guide, lesson: Lesson) -> shape.Lesson:
        if isinstance(record, CaseStudy):
            page = address(case_page(home))
            part_of = parts.Titled(kind="case study", id=home, title=record.title, address=page)
        else:
            part_of = self.titled_guide(home)
        return shape.Lesson(
            id=f"{home}/{lesson.id}",
            address=address(lesson_page(home, lesson.id)),
            lesson=lesson.lesson,
            detail=lesson.detail,
            origin=self.sorted("origins", lesson.origin),
            stages=self.all_sorted("stages", lesson.stages),
            themes=self.all_sorted("themes", lesson.themes),
            people=self.all_sorted("people", lesson.people),
            how_known=self.sorted("how_known", lesson.how_known),
            source=self.source(lesson.source),
            part_of=part_of,
            guides=tuple(map(self.titled_guide, lesson.guides)),
            templates=tuple(map(self.titled_template, lesson.templates)),
            updated=record.updated,
            licence=LICENCE,
        )

    def case(self, slug: str, case: CaseStudy) -> shape.CaseStudy:
        return shape.CaseStudy(
            id=slug,
            address=address(case_page(slug)),
            title=case.title,
            short_title=case.short_title,
            summary=case.summary,
            kind=self.sorted("kinds", case.kind),
            source=self.source(case.source),
            status=self.fact(case.status),
            when=self.fact(case.when),
            where=self.fact(case.where),
            places=case.places,
            organisations=self.fact(case.organisations),
            funder=self.fact(case.funder),
            people=tuple(
                parts.Participant(
                    group=self.sorted("people", group.group), role=group.role, source=self.source(group.source)
                )
                for group in case.people
            ),
            stages=tuple(self.stage(case, stage) for stage in self.collection.vocabulary.project_stages),
            story=tuple(
                parts.Section(heading=part.heading, text=part.text, source=self.source(part.source))
                for part in case.story
            ),
            two_lenses=tuple(
                parts.TwoLenses(
                    subject=pair.subject,
                    evidence_says=self.words(pair.evidence_says),
                    lived_experience_says=self.words(pair.lived_experience_says),
                    what_changed=self.fact(pair.what_changed),
                )
                for pair in case.two_lenses
            ),
            quotations=tuple(self.words(said, said.note, said.content_note) for said in case.quotations),
            lessons=tuple(f"{slug}/{lesson.id}" for lesson in case.lessons),
            ladder_claimed=self.rung(case.ladder.claimed),
            ladder_felt=self.rung(case.ladder.felt),
            gripp2=self.report(case.reporting),
            unknowns=case.unknowns,
            references=tuple(
                parts.Work(id=work.ref, title=self.short_titles[work.ref], note=work.note) for work in case.references
            ),
            content_note=case.content_note,
            footing=case.consent.footing,
            footing_note=case.consent.note,
            checked=easy_read.checked(case.consent) or None,
            easy_read=case.easy_read.status,
            contributors=case.contributors,
            updated=case.updated,
            licence=case.licence,
        )

    def stage(self, case: CaseStudy, stage: str) -> parts.StageAccount:
        account = case.stages[stage]
        told = None if isinstance(account, str) else parts.Fact(text=account.how, source=self.source(account.source))
        return parts.StageAccount(stage=self.sorted("stages", stage), how=told)

    def report(self, reporting: Reporting) -> parts.Report:
        return parts.Report(**{name: self.fact(getattr(reporting, name)) for name in parts.Report.model_fields})

    def template(self, slug: str) -> shape.Template:
        template = self.collection.templates[slug]
        made = document(self.collection, slug) if self.collection.written(slug) else None
        return shape.Template(
            id=slug,
            address=address(template_page(self.collection, slug)),
            title=template.title,
            summary=template.summary,
            use_when=template.use_when,
            goal=self.sorted("goals", template.goal),
            named_by_source=template.named == "named",
            source=self.source(template.source),
            time_needed=template.time_needed,
            template_version=template.version,
            answers=made.names if made else (),
            files=tuple(parts.File(format=label, address=path) for label, path in (offered(made) if made else ())),
            updated=template.updated,
            licence=LICENCE,
        )

    def term(self, term: shared.Term) -> shape.Term:
        return shape.Term(
            id=term.id,
            address=address(f"dictionary.md#{term.id}"),
            term=term.term,
            meaning=term.meaning,
            also=term.also,
            see=term.see,
            source=self.source(term.source) if term.source else None,
        )

    def group(self, name: str, values: Iterable[shared.Value]) -> parts.Group:
        return parts.Group(
            group=name,
            values=tuple(
                parts.Value(
                    id=value.id,
                    label=value.label,
                    meaning=value.meaning,
                    also=value.also,
                    source=self.source(value.source) if value.source else None,
                )
                for value in values
            ),
        )

    def work(self, source: shared.Source) -> shape.Source:
        return shape.Source(
            **source.model_dump(exclude={"title", "year"}),
            address=address(f"about.md#{source.id}"),
            title=None if source.title == NOT_REPORTED else source.title,
            year=None if source.year == NOT_REPORTED else int(source.year),
        )
