"""The macros that a page may call, and the pages that exist because a record does.

A macro takes the collection and the names of things, makes a view and hands it to one partial. Its type hints say what
its names point at, so that a check can refuse a call that points at nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path

from macros import checks
from macros import collection as files
from macros.collection import Collection
from macros.downloads import take_away as offers
from macros.downloads.files import BLANK
from macros.downloads.page import catalogue, contribution_page, protocol_page, template_page
from macros.fields import CaseId, EasyReadId, GuideId, PictureId, Slug, TemplateId
from macros.page_checks import calls_resolve
from macros.render import render
from macros.views import case_list, cases, easy_read, guides, lesson_lists, lessons, lists, reference, words
from macros.views.documents import document
from macros.views.links import ALL_LESSONS, case_page, facet_page, guide_page, lesson_page, part_page

ROOT_VARIABLE = "HUB_ROOT"
"""Names another folder to read the collection from; the tests use it."""


def home_lenses(_: Collection) -> str:
    """The picture at the top of the home page. In docs/index.md."""
    return render("home_lenses.md.jinja", None, "index.md")


def home(collection: Collection) -> str:
    """The home page: four doors, and a way to what went wrong. In docs/index.md."""
    return render("home.md.jinja", lists.home(collection), "index.md")


def case_study(collection: Collection, slug: CaseId) -> str:
    """A case study, whole. On its own page, which is there because its file is."""
    return render("case_study.md.jinja", cases.page(collection, slug), case_page(slug))


def case_studies(collection: Collection) -> str:
    """All case studies as cards, and their stages side by side. In docs/case-studies.md."""
    return render("case_studies.md.jinja", case_list.everything(collection), "case-studies.md")


def lesson(collection: Collection, home: Slug, lesson_id: Slug) -> str:
    """One lesson, by the slug of its case study or guide topic and its id. On its own page."""
    return render("lesson.md.jinja", lessons.page(collection, home, lesson_id), lesson_page(home, lesson_id))


def all_lessons(collection: Collection) -> str:
    """Every lesson, with ways to sort them. In docs/lessons.md."""
    return render("lessons.md.jinja", lesson_lists.everything(collection), ALL_LESSONS)


def lessons_with(collection: Collection, group: Slug, value: Slug, part: Slug) -> str:
    """The lessons with a value of a group ("origin", "went-wrong") or "all", "all": one part. On its own page."""
    page = ALL_LESSONS if group == lesson_lists.EVERYTHING else facet_page(group, value)
    view = lesson_lists.by_value(collection, group, value, int(part))
    return render("lessons_with.md.jinja", view, part_page(page, int(part)))


def template(collection: Collection, slug: TemplateId) -> str:
    """A template: what it is for, its files, and itself as a form. On its own page, in place of its text."""
    return render("template.md.jinja", template_page(document(collection, slug)), f"templates/{slug}.md")


def contribution_form(collection: Collection) -> str:
    """The form to share a story, to fill in here or to take away. In docs/contribute.md."""
    return render("contribution.md.jinja", contribution_page(collection), "contribute.md")


def take_away(_: Collection) -> str:
    """The files that are made of the whole hub. In docs/take-away.md."""
    return render("take_away.md.jinja", offers.OFFERS, "take-away.md")


def guide_topics(collection: Collection) -> str:
    """All guide topics in order. In docs/guide/index.md."""
    return render("guide_topics.md.jinja", guides.topics(collection), "guide/index.md")


def guide_opening(collection: Collection, slug: GuideId) -> str:
    """The top of a guide page: title, summary, notes. Each guide page calls it first, with its own slug."""
    return render("guide_opening.md.jinja", guides.opening(collection, slug), guide_page(slug))


def guide_lessons(collection: Collection, slug: GuideId) -> str:
    """The end of a guide page: lessons, templates, source, next topic. Each guide page calls it last."""
    return render("guide_lessons.md.jinja", guides.close(collection, slug), guide_page(slug))


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


def sources(collection: Collection) -> str:
    """Every work that the hub cites. In docs/about.md."""
    return render("sources.md.jinja", lists.sources(collection), "about.md")


def protocol(collection: Collection) -> str:
    """The questions of "Our co-production protocol", to answer here or to take away. In docs/plan.md."""
    return render("protocol.md.jinja", protocol_page(collection), "plan.md")


def template_form(collection: Collection, slug: TemplateId) -> str:
    """A template as a form, on a page that says more about it: docs/two-lenses.md."""
    return render("template_form.md.jinja", template_page(document(collection, slug)), f"{slug}.md")


def ladder_form(collection: Collection) -> str:
    """A rating on the ladder, stage by stage, for two to compare. In docs/ladder.md."""
    return render("ladder_form.md.jinja", lists.ladder_form(collection), "ladder.md")


def kept(_: Collection) -> str:
    """Where the pages that somebody keeps are shown. In docs/my-pack.md."""
    return render("kept.md.jinja", BLANK, "my-pack.md")


def contributions(collection: Collection) -> str:
    """Everything that people sent, and what became of it. In docs/contributions.md."""
    return render("contributions.md.jinja", collection.contributions, "contributions.md")


def tested(collection: Collection) -> str:
    """What the tests look at in a real browser, and what they found. In docs/accessibility.md."""
    return render("tested.md.jinja", collection.tested, "accessibility.md")


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
    rules: tuple[Callable[..., object], ...] = (*checks.CHECKS, calls_resolve)
    return render("described.md.jinja", reference.described(rules), "maintain/records.md")


def macro_list(_: Collection) -> str:
    """Every macro. In docs/maintain/macros.md."""
    return render("described.md.jinja", reference.described(_MACROS), "maintain/macros.md")


_MACROS: tuple[Callable[..., str], ...] = (
    home_lenses,
    home,
    case_study,
    case_studies,
    lesson,
    all_lessons,
    lessons_with,
    template,
    contribution_form,
    take_away,
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
    sources,
    tested,
    contributions,
    protocol,
    template_form,
    ladder_form,
    kept,
    search,
    a_to_z,
    record_fields,
    rule_list,
    macro_list,
)
MACROS = {macro.__name__: macro for macro in _MACROS}
"""What a page may call, by name."""


def for_pages() -> dict[str, Callable[..., str]]:
    """The macros as a page calls them, without the collection: that is read when it is first needed.

    Raises (when called): `RuntimeError` naming the command to run, if the collection has problems.
    """

    def bound(macro: Callable[..., str]) -> Callable[..., str]:
        @wraps(macro)
        def call(*names: str) -> str:
            return macro(sound_collection(), *names)

        return call

    return {name: bound(macro) for name, macro in MACROS.items()}


def root() -> Path:
    """The project's folder."""
    return Path(os.environ.get(ROOT_VARIABLE) or Path(__file__).parent.parent)


def sound_collection() -> Collection:
    """The collection, if its files can be read. `hub check` tells of everything else before a build."""
    collection, problems = files.current(root())
    if collection is None or problems:
        raise RuntimeError(f"The collection has {len(problems)} problems. Run ./scripts/check to see them.")
    return collection
