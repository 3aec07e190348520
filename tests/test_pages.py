"""What the macros write: each against a golden file, made from the miniature collection."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from macros import made_pages, pages, tool_pages
from macros.collection import Collection
from macros.downloads import page
from macros.render import escape
from macros.text import to_html
from macros.views import lists, words

CALLS: dict[str, tuple[str, ...]] = {
    "home_lenses": (),
    "home": (),
    "case_study": ("garden",),
    "case_studies": (),
    "case_studies_part": ("1",),
    "moved": ("lessons/garden/knock-first/",),
    "data_files": (),
    "report_form": (),
    "lesson": ("garden", "meet-early"),
    "all_lessons": (),
    "lessons_with": ("origin", "went-wrong", "1"),
    "template": ("agenda",),
    "take_away": (),
    "contribution_form": (),
    "contributions": (),
    "protocol": (),
    "kept": (),
    "ladder_form": (),
    "template_form": ("agenda",),
    "guide_topics": (),
    "guide_opening": ("meet",),
    "guide_lessons": ("meet",),
    "quotation": ("meet", "too-late"),
    "picture": ("reading",),
    "easy_read_card": ("home",),
    "easy_read_opening": ("garden",),
    "easy_read_close": ("garden",),
    "easy_read_pages": (),
    "tested": (),
    "rungs": (),
    "powers": (),
    "project_stages": (),
    "templates": (),
    "dictionary": (),
    "sources": (),
    "search": (),
    "a_to_z": (),
}
MADE_FROM_CODE = {
    "codebook",
    "record_fields",
    "rule_list",
    "macro_list",
}  # a golden file of these would be the list twice


def test_every_macro_has_a_golden_file() -> None:
    assert CALLS.keys() | MADE_FROM_CODE == pages.MACROS.keys()


@pytest.mark.parametrize("name", CALLS)
def test_what_a_macro_writes(name: str, small: Collection, golden: Callable[[str, str], None]) -> None:
    golden(f"{name}.md", pages.MACROS[name](small, *CALLS[name]))


@pytest.mark.parametrize("name", sorted(MADE_FROM_CODE))
def test_lists_made_from_the_code_are_whole(name: str, small: Collection) -> None:
    text = pages.MACROS[name](small)
    wanted = {
        "codebook": "how_known_label",
        "record_fields": "two_lenses",
        "rule_list": "stages_complete",
        "macro_list": "guide_opening",
    }
    assert str(escape(wanted[name])) in text


def test_generated_pages_hold_no_word_of_a_record(small: Collection) -> None:
    made = made_pages.generated(small)
    assert made["case-studies/garden.md"] == '{{ case_study("garden") }}\n'
    assert made["lessons/garden/meet-early.md"] == '{{ lesson("garden", "meet-early") }}\n'
    assert made["lessons/origin/went-wrong.md"] == '{{ lessons_with("origin", "went-wrong", "1") }}\n'
    assert not [text for text in made.values() if "garden group" in text]


def test_a_template_that_many_lessons_name_lists_some_and_says_so(
    real: Collection, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = "take-stock-session"
    naming = {
        f"lessons/{home}/{lesson.id}": lesson.origin
        for home, _, record in real.with_lessons
        for lesson in record.lessons
        if slug in lesson.templates
    }
    assert "Here are" not in tool_pages.template(real, slug)
    monkeypatch.setattr(page, "MOST_LESSONS", list(naming.values()).count("went-wrong"))
    said = tool_pages.template(real, slug)
    assert f"Here are {page.MOST_LESSONS} of {len(naming)}." in said
    assert {origin for lesson, origin in naming.items() if lesson in said} == {"went-wrong"}


def test_a_template_without_a_text_has_no_page(small: Collection) -> None:
    assert made_pages.unwritten(small) == ["templates/invitation.md"]


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("{{ 7*7 }}", "&#123;&#123; 7&#42;7 &#125;&#125;"),
        ("<b>", "&#60;b&#62;"),
        ("- not a list", "&#45; not a list"),
        ("1. not a list", "&#49;. not a list"),
        ("# not a heading", "&#35; not a heading"),
        ("two\nlines", "two lines"),
        ("[x](y)", "&#91;x&#93;(y)"),
        ("AT&T", "AT&#38;T"),
        ("plain - words: 1.5!", "plain - words: 1.5!"),
    ],
)
def test_plain_text_stays_plain(typed: str, escaped: str) -> None:
    assert str(escape(typed)) == escaped


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("*a* and **b**", "<p><em>a</em> and <strong>b</strong></p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("{{ 7*7 }} {% raw %}", "<p>&#123;&#123; 7*7 &#125;&#125; &#123;% raw %&#125;</p>\n"),
        ("# a", "<p># a</p>\n"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>\n"),
        ("![x](http://o.example/p.png)", '<p>!<a href="http://o.example/p.png">x</a></p>\n'),
        ("`a` | b | ~~c~~", "<p>`a` | b | ~~c~~</p>\n"),
    ],
)
def test_prose_becomes_html_from_the_allow_list(typed: str, html: str) -> None:
    assert to_html(typed) == html


def test_a_text_may_use_each_word_of_the_dictionary_in_any_spelling(real: Collection) -> None:
    """Short forms are found as they are written, with a plural s too; in small letters they are other words."""
    for term in real.dictionary:
        for word in (term.term, f"{term.term}s"):
            found = [meaning.link.text for meaning in words.used_in(real, f"All about {word}.")]
            assert term.term in found, word
        words.used_in(real, f"All about {term.term.lower()} and {term.term.title()} and {term.term.upper()}s.")


@pytest.mark.parametrize("more", [0, 1])
def test_of_many_case_studies_the_list_of_all_pages_names_their_list(real: Collection, more: int) -> None:
    case = next(iter(real.cases.values()))
    many = replace(real, cases={f"case-{number}": case for number in range(lists.MOST_CASES + more)})
    text = pages.MACROS["a_to_z"](many)
    assert ("case-studies/case-7/" in text) == (not more)
    assert ("lessons/case/case-7/" in text) == (not more)
    assert ("since there are many" in text) == bool(more)
    assert "lessons/origin/went-wrong/" in text
