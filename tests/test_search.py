"""The search, through its page, in a real browser: what it finds and says, and what it does with anything typed."""

from __future__ import annotations

import json
import math
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from mkdocs.config.defaults import MkDocsConfig
from playwright.sync_api import Browser, Page

from macros import search, search_files, search_index, search_words
from macros.collection import Collection
from scripts import mkdocs_adapter
from tests.conftest import ROOT, serving
from tests.survey import AXE, RULES, RUN_AXE

QUESTIONS = yaml.safe_load((ROOT / "tests" / "questions.yml").read_text(encoding="utf-8"))
UNSEEN = yaml.safe_load((ROOT / "tests" / "unseen.yml").read_text(encoding="utf-8"))
SOME = (
    "how do I pay people",
    "sharing your stories",
    "train times to leeds",
    "kids",
    "safegaurding",
    "WHO",
    "evaluat",
    "two-eyed seeing",
    "stuff that went badly",
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own."""
    page = browser.new_page()
    yield page
    page.close()


def ask(page: Page, address: str, typed: str) -> list[str]:
    """Ask the search page something. Returns the addresses of the results it shows, from the top of the site."""
    page.goto(f"{address}search/?q={quote(typed)}")
    page.wait_for_selector("#search-results section")
    return results(page, address)


def results(page: Page, address: str, most: int = 10) -> list[str]:
    """The addresses of the results that a page shows, once all are there: those below the window come later."""
    page.wait_for_function(
        """(most) => {
          const count = Number(document.querySelector("#search-heading [data-count]")?.textContent ?? 0);
          return document.querySelectorAll(".search__result").length >= Math.min(most, count);
        }""",
        arg=most,
    )
    shown = page.eval_on_selector_all(".search__results a", "links => links.map((link) => link.href)")
    return [str(link).removeprefix(address) for link in shown]


def gain(grades: list[int]) -> float:
    """How good the first five results are: each grade counts less further down (DCG, 2^grade - 1)."""
    return sum((2.0**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:5]))


def graded(page: Page, address: str, question: dict[str, Any]) -> tuple[list[str], float, bool]:
    """What a question that has answers finds.

    Returns: the addresses; their gain, beside that of the best order; whether a good answer is among the first three.
    """
    found, answers = ask(page, address, question["typed"]), question["answers"]
    grades = [answers.get(result, 0) for result in found]
    best = gain(sorted(answers.values(), reverse=True))
    return found, gain(grades) / best, any(grade >= 2 for grade in grades[:3])


def test_what_people_type_finds_what_they_mean(page: Page, address: str) -> None:
    """Measured as in research: normalised gain of the first five, and a good answer among the first three."""
    gains: dict[str, float] = {}
    missed = []
    for question in QUESTIONS:
        if not question["answers"]:
            assert ask(page, address, question["typed"]) == [], question["typed"]
            continue
        found, gains[question["typed"]], is_near = graded(page, address, question)
        assert found, f"nothing found for: {question['typed']}"
        missed += [] if is_near else [question["typed"]]
    assert len(gains) >= 60
    assert sum(gains.values()) / len(gains) >= 0.85, sorted(gains.items(), key=lambda item: item[1])[:9]
    assert len(missed) <= 0.03 * len(gains), missed


def test_questions_that_no_word_was_chosen_for_are_answered_too(page: Page, address: str) -> None:
    """Less well than those that the words were chosen for: how much less is how much the words still lack."""
    gains, near, empty = [], [], []
    for question in UNSEEN:
        if not question["answers"]:
            assert ask(page, address, question["typed"]) == [], question["typed"]
        else:
            found, gained, is_near = graded(page, address, question)
            gains.append(gained)
            near.append(is_near)
            empty += [] if found else [question["typed"]]
    assert sum(gains) / len(gains) >= 0.79
    assert sum(near) / len(near) >= 0.96
    assert empty == []


@pytest.mark.parametrize(
    "typed",
    [
        "train times to leeds",  # no record has both: training, and time
        "weather in paris",
        "best pizza near me",
        "power station jobs",
        "bus times to norwich",
        "ladder for cleaning gutters",
        "iphone charger",
        "black",  # is not a slip of back
        "laptops for sale",  # nor sale of scale
        "how to train a dog",  # to train is a name here, and a word for many other things
        "mortgage rates",
        "how to lose weight fast",
    ],
)
def test_what_the_hub_knows_nothing_of_is_not_found_for_a_word_that_it_knows(
    page: Page, address: str, typed: str
) -> None:
    assert ask(page, address, typed) == []
    assert page.inner_text("#search-heading").startswith("Nothing found for")
    assert "Also looked for" not in page.inner_text("#search-results section")


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("jargon xyzzy", "lessons/entering-the-room/avoid-jargon/"),
        ("permission from parents xyzzy", "templates/family-collaboration-protocol/"),
        ("overdose xyzzy plugh", "support/"),  # who needs help now is never told that there is nothing
        ("suicidal after discharge xyzzy", "support/"),
    ],
)
def test_a_word_that_nobody_knows_does_not_hide_what_the_others_find(
    page: Page, address: str, typed: str, first: str
) -> None:
    assert ask(page, address, typed)[0] == first


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("share my story", "sharing your stories"),
        ("ticking boxes", "tick a box"),
        ("how long does it take", "how long will it take"),
        ("words I do not understand", "the words that I can't understand"),
        ("nobody listens", "they never listened"),
        ("nobody turned up", "no one turned up"),
    ],
)
def test_a_name_of_several_words_is_known_in_other_forms(page: Page, address: str, typed: str, named: str) -> None:
    assert ask(page, address, typed)[:3] == ask(page, address, named)[:3]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("what if someone gets upset in the meeting", "lessons/boundaries/agree-what-to-do-about-distress/"),
        ("boundaries with patients friends on facebook", "templates/boundaries-statement/"),
        ("coproduction is slow", "guide/slow-down/"),
    ],
)
def test_what_is_named_in_passing_does_not_outweigh_what_is_meant(
    page: Page, address: str, typed: str, first: str
) -> None:
    assert first in ask(page, address, typed)[:2]


def test_a_word_is_not_taken_for_a_name_that_only_looks_alike(page: Page, address: str) -> None:
    ask(page, address, "remove my story")
    assert not page.is_visible("[data-corrected]")


def test_a_need_finds_its_answers_in_their_order(real: Collection) -> None:
    """They are chosen by people, so that nothing else in a text moves them."""
    need = real.needs[0]
    found = list(search.records(real))
    index = search_index.build(found, search_words.concepts(real))
    levels = {found[number].address: level for number, level in index.terms[search_words.need_term(need)]}
    assert list(levels) != list(need.answers)
    in_order = [levels[answer] for answer in need.answers]
    assert in_order == sorted(in_order, reverse=True)
    assert in_order[0] > in_order[-1]


def test_every_answer_to_a_need_can_be_found(real: Collection) -> None:
    there = {record.address for record in search.records(real)}
    assert {answer for need in real.needs for answer in need.answers} <= there


def test_what_a_need_is_called_leads_to_no_theme_beside_it(real: Collection) -> None:
    """A theme has twenty lessons, and would bury the few that people chose."""
    names = search_files._names(search_index.build(search.records(real), search_words.concepts(real)))
    called = {term: set(name.split("|")) for term, _, name in zip(*names, strict=True)}
    assert "deadline" in called["~need:time"]
    assert any("deadlines" in theme.also for theme in real.vocabulary.themes)
    assert all("deadline" not in words for term, words in called.items() if term != "~need:time")


def test_a_word_that_most_texts_have_is_left_out_of_them() -> None:
    def record(number: int) -> search.Found:
        title = "Presenters" if number == 0 else "Title"
        return search.Found("Guide", title, f"guide/{number}.md", "", f"The presenters say w{number}")

    assert len(search_index.build([record(number) for number in range(40)], ()).terms["present"]) == 1
    assert len(search_index.build([record(number) for number in range(30)], ()).terms["present"]) == 30


def test_a_template_is_about_what_the_lessons_are_about_that_call_for_it(real: Collection) -> None:
    found = {record.address: record for record in search.records(real)}
    assert "~themes:power" in found["templates/power-conversation-guide/"].about
    assert "~themes:power" not in found["templates/project-plan/"].about


def test_every_answer_that_a_question_names_can_be_found(real: Collection) -> None:
    there = {record.address for record in search.records(real)}
    assert {answer for question in (*QUESTIONS, *UNSEEN) for answer in question["answers"]} <= there


def test_a_name_in_capitals_is_not_the_word(real: Collection) -> None:
    """Every third text has the word who, and few name the WHO."""
    found = list(search.records(real))
    index = search_index.build(found, search_words.concepts(real))
    about = {found[number] for number, _ in index.terms["~term:world-health-organization"]}
    naming = {record for record in found if "WHO" in record.text or "World Health Organization" in record.text}
    assert naming <= about
    assert len(about) <= len(naming) + 1  # and the word in the dictionary itself


def test_every_record_leads_to_its_place(real: Collection, site: Path) -> None:
    found = list(search.records(real))
    assert len({record.address for record in found}) == len(found)
    for record in found:
        folder, _, place = record.address.partition("#")
        html = (site / folder / "index.html").read_text(encoding="utf-8")
        assert not place or f'id="{place}"' in html, record.address


@pytest.fixture(scope="module")
def modules() -> Iterator[str]:
    """Where the modules are served one by one; the site has them joined."""
    with serving(ROOT / "docs" / "assets" / "javascripts") as url:
        yield url


def test_the_page_writes_addresses_as_the_records_have_them(
    page: Page, real: Collection, site: Path, modules: str
) -> None:
    """Addresses that end in a title's id are shortened in the index."""
    page.goto(modules)
    written = page.evaluate(
        """async ([modules, first]) => {
          const { Index } = await import(`${modules}search/index.js`);
          return (await new Index(first).records([...first.records[0].keys()])).map((record) => record.address);
        }""",
        [modules, json.loads((site / "search" / "index.json").read_text(encoding="utf-8"))],
    )
    assert written == [record.address for record in search.records(real)]


@pytest.mark.parametrize(
    "text",
    [
        "Co-production, coproduction & co\u2011production",
        "caf\u00e9 na\u00efve Gwynedd\u2019s people's don't \u2018quoted\u2019 o'clock",
        "ICD-11 65+ 2022/23 a_b x\u00b2 \ufb01ne \u0130stanbul",
        "\u0645\u0631\u062d\u0628\u0627 \u0928\u092e\u0938\u094d\u0924\u0947 \U0001f642 <b>bold</b> {{ 7*7 }}",
    ],
)
def test_the_page_and_the_build_split_text_alike(page: Page, modules: str, text: str) -> None:
    page.goto(modules)
    split = page.evaluate(
        """async ([modules, text]) => {
          const { split } = await import(`${modules}text.js`);
          return split(text).map((word) => word.toLowerCase());
        }""",
        [modules, text],
    )
    assert split == search_words.fold(text)


def test_an_index_in_pieces_finds_the_same(page: Page, real: Collection, site: Path, tmp_path: Path) -> None:
    cut = search_files.cut(search_index.build(search.records(real), search_words.concepts(real)), whole=0)
    assert len(cut) > 20
    for name, text in cut.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    whole = Path(shutil.copytree(site, tmp_path / "whole"))
    pieces = Path(shutil.copytree(site, tmp_path / "pieces"))
    shutil.copytree(tmp_path / search_files.FOLDER, pieces / search_files.FOLDER, dirs_exist_ok=True)
    starts = search_files.starts((pieces / "search" / "index.json").read_text(encoding="utf-8"))
    settings = MkDocsConfig()
    settings.load_dict(
        {"site_dir": str(pieces), "extra": {"components": {"search/": {"asks_for": "search/index.json"}}}}
    )
    mkdocs_adapter._name_pieces(settings)
    assert settings.extra["components"]["search/"]["pieces"] == starts
    shown = pieces / "search" / "index.html"
    meta = 'name="asks-for" content="index.json"'
    told = shown.read_text(encoding="utf-8").replace(meta, f'{meta} data-pieces="{starts}"')
    assert starts in told
    shown.write_text(told, encoding="utf-8")
    with serving(whole) as one, serving(pieces) as other:
        for typed in SOME:
            assert ask(page, one, typed) == ask(page, other, typed), typed
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
        missing: list[str] = []
        page.on("response", lambda response: missing.append(response.url) if response.status == 404 else None)
        words = ["2022", "safegaurding", "jargon"]
        ask(page, other, " ".join(words))
        page.wait_for_load_state("networkidle")
        assert len(asked) == len(set(asked)), "nothing is loaded twice"
        assert missing == []
        early = page.locator("link[rel=preload]").evaluate_all("(all) => all.map(({ href }) => href.split('/').pop())")
        wanted = [f"words-{search_files.piece_of(word, starts.split(' '))}.json" for word in words]
        assert early == ["index.json", *dict.fromkeys(wanted)]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("safegaurding", "Showing results for safeguarding. You typed safegaurding."),
        ("ambulance", "Also looked for: EMS."),
        ("jargon xyzzy", "Found nowhere in the hub: xyzzy."),
        ("word " * 30 + "jargon", "We looked at the first 24 words."),
    ],
)
def test_what_was_understood_is_said(page: Page, address: str, typed: str, said: str) -> None:
    ask(page, address, typed)
    shown = [line for line in page.inner_text("#search-results section").split("\n") if line]
    assert said in shown


@pytest.mark.parametrize(
    "typed",
    [
        "the of and",
        "!!! ??? ...",
        "+jargon -power ~1 ^10 title:x *",
        "(a|b)[c]{2}\\d+$",
        "<img src=x onerror=\"document.title='pwned'\">",
        "\u0645\u0631\u062d\u0628\u0627 \u0628\u0643",
        "\U0001f642\U0001f642",
        "constructor __proto__ hasOwnProperty",
        "a" * 10_000,
        "power " * 2_000,
    ],
)
def test_anything_typed_is_answered_or_honestly_not_found(page: Page, address: str, typed: str) -> None:
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    found = ask(page, address, typed)
    heading = page.inner_text("#search-heading")
    assert heading.startswith("Nothing found for") != bool(found)
    assert typed.strip()[:40] in heading
    assert page.locator("#search-results section img").count() == 0
    page.wait_for_function("(heading) => document.title.startsWith(heading)", arg=heading)
    assert wrong == []
    if not found:
        assert page.get_by_role("link", name="All lessons, sorted in several ways").is_visible()


def test_an_index_that_does_not_load_is_said_and_another_way_offered(page: Page, address: str) -> None:
    page.route("**/search/index.json", lambda route: route.abort())
    ask(page, address, "jargon")
    assert page.inner_text("#search-results section").startswith("The search could not load.")
    page.unroute("**/search/index.json")
    page.get_by_label("Search").fill("jargon")
    page.keyboard.press("Enter")
    page.wait_for_selector(".search__result")


def test_results_are_told_once(page: Page, address: str) -> None:
    """By the status when a page loads or comes back, by the focus when somebody asks on the page itself."""
    ask(page, address, "jargon")
    assert page.inner_text("#search-status") == page.inner_text("#search-heading")
    assert page.get_by_label("Search").input_value() == "jargon"
    page.get_by_label("Search").fill("kids")
    page.keyboard.press("Enter")
    page.locator("#search-heading:focus", has_text="kids").wait_for()
    assert page.url == f"{address}search/?q=kids"
    assert page.inner_text("#search-status") == ""
    assert page.locator("#search-heading").inner_text().endswith("results for \u201ckids\u201d")
    page.go_back()
    page.locator("#search-status", has_text="jargon").wait_for(state="attached")
    assert results(page, address) == ask(page, address, "jargon")


def test_more_results_come_where_the_first_end(page: Page, address: str) -> None:
    assert len(ask(page, address, "power")) == 10
    page.get_by_role("button", name="Show more results").click()
    page.locator(".search__result").nth(10).wait_for()
    assert page.evaluate("[...document.querySelectorAll('.search__result a')].indexOf(document.activeElement)") == 10
    assert len(set(results(page, address, 20))) == page.locator(".search__result").count()


def test_a_word_that_stands_in_most_texts_is_known(page: Page, address: str) -> None:
    """The index leaves it out of them, and it must not be taken for a word that nobody knows."""
    assert "dictionary/#tokenism" in ask(page, address, "tokenism presenter")[:3]
    assert not page.is_visible("[data-unknown]")
    assert not page.is_visible("[data-corrected]")


@pytest.mark.parametrize("typed", ["crisis", "self harm", "I want to die", "upset", "suicide", "help me"])
def test_who_needs_help_now_finds_it_first(page: Page, address: str, typed: str) -> None:
    assert ask(page, address, typed)[0] == "support/"


def test_results_stay_in_order_however_soon_somebody_asks_for_more(page: Page, address: str) -> None:
    ask(page, address, "power")
    page.get_by_role("button", name="Show more results").click()
    wanted = results(page, address, 20)
    page.goto(f"{address}search/?q=power")
    page.evaluate(
        """() => new Promise((done) => {
          const press = () => {
            const button = document.querySelector("[data-more]:not([hidden])");
            button?.click();
            if (document.querySelectorAll(".search__result").length >= 20) done();
            else setTimeout(press);
          };
          press();
        })"""
    )
    assert results(page, address, 20)[:20] == wanted[:20]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("typed", ["safegaurding xyzzy", "xyzzy"])
def test_the_results_are_accessible(browser: Browser, address: str, scheme: str, typed: str) -> None:
    page = browser.new_page(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": 320, "height": 640}
    )
    ask(page, address, typed)
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE, RULES["all"]) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()


def test_without_script_there_is_a_hint_and_every_page(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}search/?q=kids")
    assert page.get_by_text("Your browser does not run scripts").is_visible()
    assert page.get_by_role("link", name="Values of co-production").is_visible()
    context.close()
