"""The macros: those that a page may call, and those that make the pages that exist because a record does.

A macro takes the collection and the names of things, makes a view and hands it to one partial. Its type hints say what
its names point at, so that a check can refuse a call that points at nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from macros import checks, current, lasting, made_pages, tool_pages
from macros.collection import Collection
from macros.downloads.page import catalogue
from macros.fields import CaseId, EasyReadId, GuideId, PictureId, Slug
from macros.page_checks import calls_resolve
from macros.render import render
from macros.tool_pages import how_to_cite
from macros.views import (
    case_list,
    cases,
    easy_read,
    guides,
    lesson_lists,
    lessons,
    lists,
    moves,
    reference,
    words,
)
from macros.views.links import (
    ALL_CASES,
    ALL_LESSONS,
    case_page,
    facet_page,
    guide_page,
    lesson_page,
    page_at,
    part_page,
)


def home_lenses(_: Collection) -> str:
    """The picture at the top of the home page. In docs/index.md."""
    return render("home_lenses.md.jinja", None, "index.md")


def home(collection: Collection) -> str:
    """The home page: four doors, and a way to what went wrong. In docs/index.md."""
    return render("home.md.jinja", lists.home(collection), "index.md")


def case_study(collection: Collection, slug: CaseId) -> str:
    """A case study, whole. On its own page, which is there because its file is."""
    page = case_page(slug)
    return render("case_study.html.jinja", cases.page(collection, slug), page) + how_to_cite(collection, page)


def moved(collection: Collection, address: str) -> str:
    """The page at an address that is no longer used. On its own page, which is there because moved.yml names it."""
    page = page_at(address)
    record = moves.pages(collection)[page]
    return render("moved.html.jinja", moves.page(record, made_pages.own_titles(collection)[record.to]), page)


def case_studies(collection: Collection) -> str:
    """All case studies as cards, and their stages side by side. In docs/case-studies.md."""
    return render("case_studies.md.jinja", case_list.everything(collection), "case-studies.md")


def case_studies_part(collection: Collection, part: Slug) -> str:
    """A later part of the list of case studies. On its own page, which is there because the list is long."""
    number = int(part)
    return render(
        "case_studies_part.html.jinja", case_list.everything(collection, number), part_page(ALL_CASES, number)
    )


def lesson(collection: Collection, home: Slug, lesson_id: Slug) -> str:
    """One lesson, by the slug of its case study or guide topic and its id. On its own page."""
    page = lesson_page(home, lesson_id)
    return render("lesson.html.jinja", lessons.page(collection, home, lesson_id), page) + how_to_cite(collection, page)


def all_lessons(collection: Collection) -> str:
    """Every lesson, with ways to sort them. In docs/lessons.md."""
    return render("lessons.md.jinja", lesson_lists.everything(collection), ALL_LESSONS)


def lessons_with(collection: Collection, group: Slug, value: Slug, part: Slug) -> str:
    """The lessons with a value of a group ("origin", "went-wrong") or "all", "all": one part. On its own page."""
    page = ALL_LESSONS if group == lesson_lists.EVERYTHING else facet_page(group, value)
    view = lesson_lists.by_value(collection, group, value, int(part))
    return render("lessons_with.html.jinja", view, part_page(page, int(part)))


def guide_topics(collection: Collection) -> str:
    """All guide topics in order. In docs/guide/index.md."""
    return render("guide_topics.md.jinja", guides.topics(collection), "guide/index.md")


def guide_opening(collection: Collection, slug: GuideId) -> str:
    """The top of a guide page: title, summary, notes. Each guide page calls it first, with its own slug."""
    return render("guide_opening.md.jinja", guides.opening(collection, slug), guide_page(slug))


def guide_lessons(collection: Collection, slug: GuideId) -> str:
    """The end of a guide page: lessons, templates, source, next topic. Each guide page calls it last."""
    page = guide_page(slug)
    return render("guide_lessons.md.jinja", guides.close(collection, slug), page) + how_to_cite(collection, page)


def quotation(collection: Collection, slug: GuideId, quotation_id: Slug) -> str:
    """A quotation from a guide page's front matter, by the page's slug and the quotation's id."""
    record = next(record for record in collection.guides[slug].quotations if record.id == quotation_id)
    return render("quotation.md.jinja", cases.quotation(collection, record), guide_page(slug))


def picture(_: Collection, name: PictureId) -> str:
    """A picture beside the words that follow it, on an Easy Read page. Its file says what it shows."""
    return render("picture.md.jinja", name)


def easy_read_card(collection: Collection, slug: EasyReadId) -> str:
    """The way to an Easy Read page, near the top of its twin in docs/. Pages of records show it by themselves."""
    return render("easy_read_twin.md.jinja", easy_read.card(collection, slug), collection.easy_read[slug].twin)


def easy_read_opening(collection: Collection, slug: EasyReadId) -> str:
    """The top of an Easy Read page: title and status. Each Easy Read page calls it first, with its own slug."""
    return render("easy_read_opening.md.jinja", easy_read.opening(collection, slug), f"easy-read/{slug}.md")


def easy_read_close(collection: Collection, slug: EasyReadId) -> str:
    """The end of an Easy Read page: where it comes from, and more. Each Easy Read page calls it last."""
    return render("easy_read_close.md.jinja", easy_read.close(collection, slug), f"easy-read/{slug}.md")


def easy_read_pages(collection: Collection) -> str:
    """All pages in Easy Read. In docs/easy-read/index.md."""
    return render("easy_read_pages.md.jinja", easy_read.everything(collection), "easy-read/index.md")


def rungs(collection: Collection) -> str:
    """The rungs of the ladder of co-production, from the top down. For docs/guide/ladder.md."""
    return render("rungs.md.jinja", lists.values(collection, "rungs")[::-1], guide_page("ladder"))


def powers(collection: Collection) -> str:
    """The kinds of power. For docs/guide/power.md."""
    return render("values.md.jinja", lists.values(collection, "powers"), guide_page("power"))


def project_stages(collection: Collection) -> str:
    """The six stages of a project. For docs/guide/every-stage.md."""
    return render("values.md.jinja", lists.project_stages(collection), guide_page("every-stage"))


def templates(collection: Collection) -> str:
    """All templates by what the reader is trying to do. In docs/templates/index.md."""
    return render("templates.md.jinja", catalogue(collection), "templates/index.md")


def dictionary(collection: Collection) -> str:
    """Every word and what it means. In docs/dictionary.md."""
    return render("dictionary.md.jinja", words.dictionary(collection), "dictionary.md")


def search(_: Collection) -> str:
    """Where the search page shows what it found. In docs/search.md."""
    return render("search.md.jinja", None, "search.md")


def a_to_z(collection: Collection) -> str:
    """All pages from A to Z. In docs/search.md."""
    return render("a_to_z.md.jinja", lists.a_to_z(collection), "search.md")


def record_fields(_: Collection) -> str:
    """Every field of every record, from the model. In docs/maintain/records.md."""
    return render("record_tables.md.jinja", reference.record_tables(), "maintain/records.md")


def rule_list(_: Collection) -> str:
    """Every rule that needs more than one record, from the checks. In docs/maintain/records.md."""
    rules: tuple[Callable[..., object], ...] = (*checks.CHECKS, calls_resolve, *lasting.RULES)
    return render("described.md.jinja", reference.described(rules), "maintain/records.md")


def macro_list(_: Collection) -> str:
    """Every macro that a page may call. In docs/maintain/macros.md."""
    return render("described.md.jinja", reference.described(_FOR_WRITTEN), "maintain/macros.md")


_FOR_WRITTEN: tuple[Callable[..., str], ...] = (
    home_lenses,
    home,
    case_studies,
    all_lessons,
    tool_pages.contribution_form,
    tool_pages.take_away,
    guide_topics,
    guide_opening,
    guide_lessons,
    quotation,
    picture,
    easy_read_card,
    easy_read_opening,
    easy_read_close,
    easy_read_pages,
    rungs,
    powers,
    project_stages,
    templates,
    dictionary,
    tool_pages.sources,
    tool_pages.tested,
    tool_pages.contributions,
    tool_pages.data_files,
    tool_pages.codebook,
    tool_pages.report_form,
    tool_pages.protocol,
    tool_pages.template_form,
    tool_pages.ladder_form,
    tool_pages.kept,
    search,
    a_to_z,
    record_fields,
    rule_list,
    macro_list,
)
_FOR_MADE: tuple[Callable[..., str], ...] = (
    case_study,
    moved,
    case_studies_part,
    lesson,
    lessons_with,
    tool_pages.template,
)
MACROS = {macro.__name__: macro for macro in (*_FOR_WRITTEN, *_FOR_MADE)}
"""Every macro, by name."""

CALLABLE = {macro.__name__: macro for macro in _FOR_WRITTEN}
"""What a page that somebody wrote may call, by name. The others make pages that are there because a record is."""


def for_pages() -> dict[str, Callable[..., str]]:
    """The macros as a page calls them, without the collection: that is read when it is first needed.

    Raises (when called): `RuntimeError` naming the command to run, if the collection has problems.
    """

    def bound(macro: Callable[..., str]) -> Callable[..., str]:
        @wraps(macro)
        def call(*names: str) -> str:
            return macro(current.sound_collection(), *names)

        return call

    return {name: bound(macro) for name, macro in MACROS.items()}
