"""The macros of pages that are used rather than read: forms, tools, files to take away, data, and what stands behind.

Like those in `macros.pages`, each takes the collection, makes a view and hands it to one partial.
"""

from __future__ import annotations

from macros.collection import Collection
from macros.downloads import take_away as taken
from macros.downloads.files import BLANK, downloads
from macros.downloads.page import contribution_page, protocol_page, template_page
from macros.exports import citing, offers, tables
from macros.fields import TemplateId
from macros.render import render
from macros.views import gripp2, lists


def template(collection: Collection, slug: TemplateId) -> str:
    """A template: what it is for, its files, and itself as a form. On its own page, in place of its text."""
    page = f"templates/{slug}.md"
    return render("template.md.jinja", template_page(collection, slug), page) + how_to_cite(collection, page)


def contribution_form(collection: Collection) -> str:
    """The form to share a story, to fill in here or to take away. In docs/contribute.md."""
    return render("contribution.md.jinja", contribution_page(collection), "contribute.md")


def take_away(collection: Collection) -> str:
    """The files that are made of the whole hub. In docs/take-away.md."""
    return render("take_away.md.jinja", taken.offers(collection), "take-away.md")


def protocol(collection: Collection) -> str:
    """The questions of "Our co-production protocol", to answer here or to take away. In docs/plan.md."""
    return render("protocol.md.jinja", protocol_page(collection), "plan.md")


def template_form(collection: Collection, slug: TemplateId) -> str:
    """A template as a form, on a page that says more about it: docs/two-lenses.md."""
    return render("template_form.md.jinja", template_page(collection, slug), f"{slug}.md")


def ladder_form(collection: Collection) -> str:
    """A rating on the ladder, stage by stage, for two to compare. In docs/ladder.md."""
    return render("ladder_form.md.jinja", lists.ladder_form(collection), "ladder.md")


def kept(_: Collection) -> str:
    """Where the pages that somebody keeps are shown. In docs/my-pack.md."""
    return render("kept.md.jinja", BLANK, "my-pack.md")


def data_files(collection: Collection) -> str:
    """Every file of the open data. In docs/data/index.md."""
    return render("data_files.md.jinja", offers.files(collection), "data/index.md")


def codebook(_: Collection) -> str:
    """Every column of the tables, and what it holds. In docs/data/index.md."""
    return render("codebook.md.jinja", tables.codebook(), "data/index.md")


def report_form(_: Collection) -> str:
    """The GRIPP2 short form to fill in, as files. In docs/data/index.md."""
    return render("report_form.md.jinja", downloads(gripp2.blank()), "data/index.md")


def sources(collection: Collection) -> str:
    """Every work that the hub cites. In docs/about.md."""
    return render("sources.md.jinja", offers.sources(collection), "about.md")


def tested(collection: Collection) -> str:
    """What the tests look at in a real browser, and what they found. In docs/accessibility.md."""
    return render("tested.md.jinja", collection.tested, "accessibility.md")


def contributions(collection: Collection) -> str:
    """Everything that people sent, and what became of it. In docs/contributions.md."""
    return render("contributions.md.jinja", collection.contributions, "contributions.md")


def how_to_cite(collection: Collection, page: str) -> str:
    """How to cite a page, at its end."""
    return render("cite_page.html.jinja", citing.of_page(collection, page), page)
