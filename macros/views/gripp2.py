"""How involvement was reported: the items of the GRIPP2 short form, in a case study and as a document of its own."""

from __future__ import annotations

from dataclasses import dataclass

from macros.case_parts import Reporting
from macros.collection import Collection
from macros.fields import NOT_REPORTED, Fact
from macros.form_text import Run
from macros.views.documents import Cell, Document, Part, Table, TableRow
from macros.views.links import Cited, case_page, cited

SLUG, TITLE = "gripp2-short-form", "How we involved people: the GRIPP2 short form"

ITEMS = {
    "aim": (1, "The aim of involving people"),
    "methods": (2, "How people were involved"),
    "positive_results": (3, "Results of involving people: what was good"),
    "negative_results": (3, "Results of involving people: what was not good"),
    "influence": (4, "How far involving people influenced the work"),
    "reflections": (5, "What went well and what did not"),
}
"""The items by their names in a record: number and label, from facts V of Staniszewska and others, 2017. The third has
two halves, and counts as reported when either is."""

FILES = (("Word", "docx"), ("Markdown", "md.txt"), ("JSON", "json"))
"""A report to take away: what each file is called, and its ending."""


@dataclass(frozen=True)
class ReportRow:
    """An item; no text means that it is not reported."""

    label: str
    text: str | None
    source: Cited | None


@dataclass(frozen=True)
class ReportFile:
    """A report to take away."""

    format: str
    path: str
    """Below the top of the site."""


@dataclass(frozen=True)
class Report:
    """All items of a case study, and how many are reported."""

    rows: tuple[ReportRow, ...]
    reported: int
    items: int
    missing: str
    """The labels of what is not reported, in a row; empty if nothing is missing."""
    files: tuple[ReportFile, ...]


def label(name: str) -> str:
    """An item with its number."""
    number, words = ITEMS[name]
    return f"{number}. {words}"


def path(slug: str, ending: str) -> str:
    """A case study's report as a file, below the top of the site."""
    return f"{case_page(slug).removesuffix('.md')}/gripp2-{slug}.{ending}"


def report(collection: Collection, slug: str) -> Report:
    """How a case study was reported."""
    told = _told(collection, collection.cases[slug].reporting)
    reported = {number for name, (number, _) in ITEMS.items() if told[name].text is not None}
    return Report(
        rows=tuple(told.values()),
        reported=len(reported),
        items=len({number for number, _ in ITEMS.values()}),
        missing="; ".join(words.lower() for name, (_, words) in ITEMS.items() if told[name].text is None),
        files=tuple(ReportFile(format_, path(slug, ending)) for format_, ending in FILES),
    )


def document(collection: Collection, slug: str) -> Document:
    """The report of a case study as a document."""
    case = collection.cases[slug]
    table = Table(
        id="gripp2",
        caption="The items of the GRIPP2 short form",
        heads=("Item", "What the source reports", "Where it stands"),
        widths=(28, 44, 28),
        labelled=True,
        rows=tuple(
            TableRow(
                row.label,
                (
                    Cell(f"gripp2.{name}.words", "", row.label, row.text or NOT_REPORTED.capitalize()),
                    Cell(f"gripp2.{name}.at", "", row.label, _place(row.source)),
                ),
            )
            for name, row in _told(collection, case.reporting).items()
        ),
    )
    return Document(
        slug=slug,
        title=f"GRIPP2 short form: {case.title}",
        summary=case.summary,
        facts=(("Source", _place(cited(collection, case.source))),),
        parts=(Part("table", table=table),),
        about=(
            f"From the Co-production Knowledge Hub, {case.updated.day} {case.updated:%B %Y}. The words are ours.",
            "The source does not use this form. The sorting is ours.",
            "You may copy, change and share it under the licence CC BY 4.0. Say where it is from.",
        ),
        updated=case.updated.isoformat(),
        version=1,
    )


def blank() -> Document:
    """The items as a form, for the reader's own project."""
    rows = tuple(
        TableRow(
            label(name),
            (
                Cell(f"gripp2.{name.replace('_', '-')}.words", "What we report", f"{label(name)}: what we report"),
                Cell(f"gripp2.{name.replace('_', '-')}.page", "On page", f"{label(name)}: on which page"),
            ),
        )
        for name in ITEMS
    )
    table = Table(
        id="gripp2",
        caption="The items of the GRIPP2 short form",
        heads=("Item", "What we report", "On page"),
        widths=(30, 54, 16),
        labelled=True,
        rows=rows,
    )
    asks = "For a report or a paper. Write what was not good as well: items 3 and 5 ask for it."
    return Document(
        slug=SLUG,
        title=TITLE,
        summary="Five items to report how people were involved in research. Write not reported where you do not know.",
        facts=(("Use it", "When you write up research."), ("Time", "About an hour, together.")),
        parts=(Part("paragraph", ((Run(asks),),)), Part("table", table=table)),
        about=(
            "Form of the Co-production Knowledge Hub, after the GRIPP2 short form (Staniszewska and others, 2017).",
            "Our wording of the items is not theirs. Their paper has the form in their own words.",
            "You may copy, change and share it under the licence CC BY 4.0. Say where it is from.",
        ),
        updated="2026-11-23",
        version=1,
    )


def _told(collection: Collection, reporting: Reporting) -> dict[str, ReportRow]:
    def row(name: str) -> ReportRow:
        fact = getattr(reporting, name)
        if not isinstance(fact, Fact):
            return ReportRow(label(name), None, None)
        return ReportRow(label(name), fact.text, cited(collection, fact.source))

    return {name: row(name) for name in ITEMS}


def _place(source: Cited | None) -> str:
    return f"{source.work.text}, {source.at}" if source else ""
