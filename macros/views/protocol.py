"""The questions of "Our co-production protocol": on the page, and as a document to fill in on paper or in Word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from macros.collection import Collection
from macros.form_parts import FormField
from macros.form_text import Run
from macros.views import gripp2
from macros.views.documents import Document, Part
from macros.views.links import Link, guide_page, lesson_page

SLUG, TITLE = "our-co-production-protocol", "Our co-production protocol"


@dataclass(frozen=True)
class ProtocolField:
    """A question on the page."""

    field: FormField
    gripp2: str
    """The point of a report that its answer is a start for; empty if none."""


@dataclass(frozen=True)
class ProtocolSection:
    """Questions about one thing."""

    id: str
    title: str
    point: str
    guide: Link
    lessons: tuple[Link, ...]
    fields: tuple[ProtocolField, ...]


@dataclass(frozen=True)
class Protocol:
    """What the page is given."""

    title: str
    sections: tuple[ProtocolSection, ...]
    report: tuple[tuple[str, str], ...]
    """The points of a report: id and words."""


@lru_cache(maxsize=8)
def protocol(collection: Collection) -> Protocol:
    """All questions, with what the guide says of each and what happened to others."""
    said = {
        f"{home}/{item.id}": Link(item.lesson, lesson_page(home, item.id))
        for home, _, record in collection.with_lessons
        for item in record.lessons
    }
    return Protocol(
        TITLE,
        tuple(
            ProtocolSection(
                section.id,
                section.title,
                section.point,
                Link(collection.guides[section.guide].title, guide_page(section.guide)),
                tuple(said[lesson] for lesson in section.lessons),
                (*(ProtocolField(one, one.gripp2 or "") for one in section.questions), *_with_all(section.id)),
            )
            for section in collection.plan
        ),
        tuple((name, gripp2.label(name)) for name in gripp2.ITEMS),
    )


def _with_all(section: str) -> Iterator[ProtocolField]:
    """What every section asks in the end."""
    together = FormField(id=f"{section}-answered", label="Who answered this, together with whom?", kind="line")
    yield ProtocolField(together, "")
    yield ProtocolField(FormField(id=f"{section}-disagree", label="Where do we not agree yet?"), "")


@lru_cache(maxsize=8)
def document(collection: Collection) -> Document:
    """The questions as a document, for the machinery that makes the templates."""
    return Document(
        slug=SLUG,
        title=TITLE,
        summary="How we work together: written by us, for us. Answer what you can, in any order, and come back to it.",
        facts=(("Use it", "When you plan work together, and again from time to time."), ("Time", "A few meetings.")),
        parts=tuple(_parts(collection)),
        about=(
            "Form of the Co-production Knowledge Hub. All wording is ours.",
            "People with lived experience have not checked it yet.",
            "You may copy, change and share it under the licence CC BY 4.0. Say where it is from.",
        ),
        updated="2026-11-23",
        version=1,
    )


def _parts(collection: Collection) -> Iterator[Part]:
    for section in protocol(collection).sections:
        yield Part("heading", ((Run(section.title),),), level=2)
        yield Part("guidance", ((Run(section.point),),))
        for asked in section.fields:
            # In a document, labels stand without what is around them; so they say which section they are of.
            field = asked.field
            shared = field.id in (f"{section.id}-answered", f"{section.id}-disagree")
            label = f"{section.title}: {field.label[0].lower()}{field.label[1:]}" if shared else field.label
            yield Part("field", field=field.model_copy(update={"label": label}))
    yield Part("heading", ((Run("For a report (GRIPP2 short form)"),),), level=2)
    yield Part(
        "paragraph", ((Run("These are the points of the GRIPP2 short form. Start from what you wrote above."),),)
    )
    for point in gripp2.ITEMS:
        yield Part("field", field=FormField(id=f"gripp2-{point.replace('_', '-')}", label=gripp2.label(point)))
