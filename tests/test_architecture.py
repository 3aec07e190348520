"""The shape of the code: imports go one way, no markup in Python, every list in the docs is the list in the code."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.config import load_config

from macros import checks, made_pages, pages
from macros.collection import Collection
from macros.page_checks import MARKDOWN_EXTENSIONS
from tests.conftest import ROOT

# The flow, from left to right: a module may import from those before it.
FLOW = (
    "folders",
    "tables",
    "text",
    "fields",
    "hints",
    "problems",
    "case_parts",
    "form_parts",
    "form_text",
    "plan_parts",
    "records",
    "shared",
    "reading",
    "kept",
    "reader",
    "collection",
    "schema",
    "page_checks",
    "easy_read_checks",
    "search_words",
    "search_checks",
    "template_checks",
    "checks",
    "plain_words",
    "views.links",
    "views.easy_read",
    "views.words",
    "views.facets",
    "views.lessons",
    "views.lesson_lists",
    "views.stages",
    "views.documents",
    "views.gripp2",
    "views.cases",
    "views.case_list",
    "views.guides",
    "views.lists",
    "views.protocol",
    "questions",
    "contribution",
    "views.blank",
    "views.counts",
    "views.reference",
    "render",
    "downloads.packed",
    "downloads.sheet",
    "downloads.docx",
    "downloads.odt",
    "downloads.markdown",
    "downloads.pdf_fields",
    "downloads.pdf",
    "downloads.files",
    "downloads.page",
    "exports.shape_parts",
    "exports.shape",
    "exports.published",
    "exports.tables",
    "exports.data",
    "exports.works",
    "exports.citing",
    "exports.feeds",
    "exports.plain",
    "exports.reports",
    "exports.offers",
    "downloads.pack",
    "downloads.booklet",
    "downloads.take_away",
    "intake",
    "views.moves",
    "made_pages",
    "exports.linked",
    "exports.sitemap",
    "exports.page_list",
    "downloads.preview",
    "lasting",
    "current",
    "tool_pages",
    "pages",
    "audit",
    "search",
    "search_names",
    "search_postings",
    "search_weights",
    "search_index",
    "search_segments",
    "search_files",
    "list_sets",
    "offline_list",
    "data_files",
)
MODULES = {
    ".".join(path.relative_to(ROOT / "macros").with_suffix("").parts): path
    for path in sorted((ROOT / "macros").rglob("*.py"))
    if path.name != "__init__.py"
}
MARKUP = re.compile(r"</?[a-z][a-z0-9]*(\s[^<>]*)?>|\|\s*-{3}")
PARTIALS = sorted((ROOT / "macros" / "partials").glob("*.jinja"))


def imported(path: Path) -> Iterator[str]:
    """The full names of the modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield str(node.module)
            yield from (f"{node.module}.{name.name}" for name in node.names)


def test_the_flow_names_every_module() -> None:
    assert set(FLOW) == set(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_imports_go_one_way(name: str) -> None:
    before = FLOW[: FLOW.index(name)]
    ours = {found.removeprefix("macros.") for found in imported(MODULES[name]) if found.startswith("macros.")}
    assert {found for found in ours if found in FLOW} <= set(before)


def test_the_package_itself_imports_only_pages() -> None:
    path = ROOT / "macros" / "__init__.py"
    assert [found for found in imported(path) if found.startswith("macros")] == ["macros", "macros.pages"]


def test_nothing_in_macros_imports_the_site_generator() -> None:
    for path in (*MODULES.values(), ROOT / "macros" / "__init__.py"):
        assert not [found for found in imported(path) if found.split(".")[0] == "mkdocs"], path


def test_modules_are_short() -> None:
    for path in (*MODULES.values(), *(ROOT / "scripts").glob("*.py")):
        length = len(path.read_text(encoding="utf-8").splitlines())
        assert length <= 300, f"{path.name} has {length} lines: does it hold two ideas?"


def test_no_markup_in_python() -> None:
    """No tag and no row of a Markdown table in any text of the code; docstrings and patterns may name them."""
    for path in (*MODULES.values(), *(ROOT / "scripts").glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
                assert not MARKUP.search(node.value), f"{path.name}:{node.lineno}"


@pytest.mark.parametrize("text", ["<p class=x>", "a</b>", "| a |\n| --- |"])
def test_markup_is_known_when_seen(text: str) -> None:
    assert MARKUP.search(text)


@pytest.mark.parametrize("path", PARTIALS, ids=lambda path: path.name)
def test_a_partial_opens_with_what_it_is_given_and_lets_nothing_through(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.match(r"\{# [^#]*Given (`\w+`: [^#]*|nothing)\. #\}\n", text)
    assert "|safe" not in text.replace(" ", "")


def test_every_partial_is_used() -> None:
    code = "".join(
        path.read_text(encoding="utf-8") for path in (*MODULES.values(), *PARTIALS, *(ROOT / "scripts").glob("*.py"))
    )
    for path in PARTIALS:
        assert f'"{path.name}"' in code, f"{path.name} is used by nothing"


def test_every_macro_and_rule_says_what_it_is() -> None:
    for thing in (*pages.MACROS.values(), *checks.CHECKS):
        assert inspect.getdoc(thing), thing.__name__


def test_every_command_is_documented() -> None:
    told = (ROOT / "docs" / "maintain" / "index.md").read_text(encoding="utf-8")
    programs = {path.name for path in (ROOT / "scripts").iterdir() if path.is_file() and not path.suffix}
    commands = set(re.findall(r'add\("(\w+)"', (ROOT / "scripts" / "hub.py").read_text(encoding="utf-8")))
    assert commands == {
        *("check", "new", "schema", "words", "build", "pages", "downloads", "read", "release", "serve"),
        *("hosting", "stats"),
    }
    for name in programs:
        assert f"./scripts/{name}" in told, name
    for name in commands - programs:
        assert f"./scripts/hub {name}" in told, name


def test_the_check_reads_markdown_as_the_site_does() -> None:
    config = load_config(str(ROOT / "mkdocs.yml"))
    assert set(config.markdown_extensions) - {"macros.tables"} == set(MARKDOWN_EXTENSIONS)


def test_every_macro_is_called_by_a_page(real: Collection, small: Collection) -> None:
    long = '{{ case_studies_part("2") }}'  # only a hub with many has such a page; test_filter.py builds one
    made = (*made_pages.generated(real).values(), *made_pages.generated(small).values(), long)
    text = "".join((*(page.body for page in real.pages.values()), *made))
    for name in pages.MACROS:
        assert f"{{{{ {name}(" in text, f"{name} is called by no page"
