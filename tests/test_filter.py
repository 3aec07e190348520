"""The filter of the lessons, in a real browser: what the pattern in docs/maintain/search.md promises."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from macros.collection import Collection
from macros.downloads import pack
from macros.views import lesson_lists
from tests.conftest import copy_of_project, hub, serving
from tests.survey import AXE, NARROW, RULES, RUN_AXE, WIDE

SHOWN = "items => items.filter((item) => item.checkVisibility()).map((item) => item.id)"
LIVE = """
globalThis.told = [];
new MutationObserver(() => {
  const status = document.querySelector("#filter-status").textContent;
  if (status) told.push(status);
}).observe(document.body, { subtree: true, childList: true, characterData: true });
"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own."""
    page = browser.new_page(viewport=WIDE)
    yield page
    page.close()


def shown(page: Page) -> list[str]:
    """The ids of the lessons that a page shows, once no more of them come: those below the window come later."""
    page.wait_for_selector("#active > *, html:not(.with-script)", state="attached")  # the filter has done its work
    found, before = page.eval_on_selector_all(".results > li", SHOWN), None
    while found != before:
        page.wait_for_timeout(100)
        found, before = page.eval_on_selector_all(".results > li", SHOWN), found
    return [str(name) for name in found]


def having(real: Collection, *groups: set[str]) -> list[str]:
    """The ids of the lessons that have a value of each group, read from the records."""
    cards = lesson_lists.ordered(real)
    return [card.id for card in cards if all(group & set(card.values.split()) for group in groups)]


def choose(page: Page, *values: str) -> None:
    """Tick values and apply."""
    for value in values:
        page.check("#filter [name={}][value={}]".format(*value.split(":")))
    page.click("#filter button")


def focused(page: Page) -> str:
    """The id of what has the focus."""
    return str(page.evaluate("document.activeElement.id"))


def test_without_script_all_lessons_and_a_link_for_each_value(browser: Browser, address: str, real: Collection) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}lessons/")
    assert shown(page) == having(real)
    assert page.locator("#filter :is(input, button)").count() == 0
    links = {
        str(link.get_attribute("href")): str(link.text_content()) for link in page.locator("#filter .facets a").all()
    }
    for href, text in links.items():
        page.goto(f"{address}lessons/{href}")
        assert f"({len(shown(page))} lesson" in text
    page.close()


def test_a_blocked_script_is_as_no_script(page: Page, address: str, real: Collection) -> None:
    page.route("**/filter.*.js", lambda route: route.abort())
    page.goto(f"{address}lessons/")
    expect(page.locator("html")).not_to_have_class("with-script")
    assert page.locator("#filter .facets").is_visible()
    assert shown(page) == having(real)


def test_any_value_of_a_group_and_all_groups_and_only_when_asked(page: Page, address: str, real: Collection) -> None:
    page.goto(f"{address}lessons/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for value in ("went-wrong", "outcome"):
        page.check(f"#filter [value={value}]")
    assert shown(page) == having(real)
    choose(page, "theme:power")
    assert shown(page) == having(real, {"origin:went-wrong", "origin:outcome"}, {"theme:power"})
    assert parse_qsl(urlsplit(page.url).query) == [("origin", "went-wrong"), ("origin", "outcome"), ("theme", "power")]
    assert not [url for url in asked if "/assets/icon." not in url]


def test_words_combine_with_values(page: Page, address: str) -> None:
    page.goto(f"{address}lessons/?q=experien")
    with_word = shown(page)
    assert with_word
    assert all("experien" in str(page.text_content(f"[id='{found}']")).lower() for found in with_word)
    page.check("#filter [value=advice]")
    page.press("#filter [name=q]", "Enter")
    assert set(shown(page)) == {found for found in with_word if "origin:advice" in lesson_values(page, found)}


def lesson_values(page: Page, found: str) -> list[str]:
    """What a lesson is sorted by, as its page says."""
    return str(page.get_attribute(f"[id='{found}']", "data-f")).split()


def test_each_number_is_what_choosing_that_value_gives(page: Page, address: str, real: Collection) -> None:
    page.goto(f"{address}lessons/?theme=power&origin=advice")
    for box in page.locator("#filter [type=checkbox]").all():
        group, value = str(box.get_attribute("name")), str(box.get_attribute("value"))
        others = [{other} for other in ("theme:power", "origin:advice") if not other.startswith(f"{group}:")]
        label = str(box.evaluate("box => box.parentElement.textContent"))
        assert label.endswith(f"({len(having(real, *others, {f'{group}:{value}'}))})"), label


def test_the_heading_has_the_focus_and_says_it_once(page: Page, address: str, real: Collection) -> None:
    page.goto(f"{address}lessons/")
    page.evaluate(LIVE)
    choose(page, "origin:went-wrong")
    count = len(having(real, {"origin:went-wrong"}))
    assert focused(page) == "results-h"
    assert page.text_content("#results-h") == f"{count} of {len(having(real))} lessons"
    assert page.title().startswith(f"{count} of ")
    assert page.evaluate("told") == []


def test_a_filter_in_use_can_be_removed_and_all_cleared(page: Page, address: str, real: Collection) -> None:
    page.goto(f"{address}lessons/?origin=went-wrong&theme=power&q=title")
    page.click("text=Remove filter: Power")
    assert focused(page) == "results-h"
    assert parse_qsl(urlsplit(page.url).query) == [("origin", "went-wrong"), ("q", "title")]
    page.click("text=Clear all filters")
    assert page.url == f"{address}lessons/"
    assert shown(page) == having(real)
    assert page.locator("#filter :checked").count() == 0


def test_back_and_forward_restore_it_and_tell_it_politely(page: Page, address: str, real: Collection) -> None:
    page.goto(f"{address}lessons/")
    choose(page, "origin:went-wrong")
    page.evaluate(LIVE)
    page.go_back()
    assert shown(page) == having(real)
    assert not page.is_checked("#filter [value=went-wrong]")
    page.go_forward()
    assert shown(page) == having(real, {"origin:went-wrong"})
    assert page.evaluate("new Set(told).size") == 2
    assert "What happened: What went wrong." in str(page.text_content("#filter-status"))


def test_a_hostile_or_stale_address_is_ignored_in_words(page: Page, address: str, real: Collection) -> None:
    ran: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    page.goto(f"{address}lessons/?theme=gone&__proto__=x&origin=<img src=x onerror=alert(1)>&stage=before")
    assert shown(page) == having(real, {"stage:before"})
    said = str(page.text_content("#active [data-ignored]"))
    assert "theme=gone" in said
    assert "<img src=x onerror=alert(1)>" in said
    assert not ran
    page.goto(f"{address}lessons/?q=<script>alert(1)</script>")
    assert "<script>alert(1)</script>" in str(page.text_content("#active .chips"))
    assert not ran


def test_nothing_found_has_a_way_out(page: Page, address: str) -> None:
    page.goto(f"{address}lessons/?q=zzzzqqq")
    assert shown(page) == []
    assert page.is_visible("text=No lessons match all of these filters.")
    assert page.locator("#filter :disabled").count() == 0
    page.goto(f"{address}lessons/?q={'longest ' * 1200}")
    assert shown(page) == []


def test_on_a_phone_the_filter_is_closed_and_near_the_results(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    for asked in ("", "?origin=went-wrong"):
        page.goto(f"{address}lessons/{asked}")
        page.locator("#filter form").wait_for()
        assert not page.is_visible("#filter [type=checkbox] >> nth=0")
        assert page.evaluate("document.getElementById('results-h').getBoundingClientRect().top / innerHeight") < 2


def test_print_has_the_lessons_found_and_how(page: Page, address: str, real: Collection) -> None:
    page.goto(f"{address}lessons/?origin=went-wrong")
    page.emulate_media(media="print")
    assert not page.is_visible("#filter form")
    assert not page.is_visible("#active .chips")
    assert page.is_visible("text=Filtered by What happened: What went wrong")
    assert shown(page) == having(real, {"origin:went-wrong"})


@pytest.mark.parametrize("query", ["", "?origin=went-wrong&theme=power", "?q=zzzzqqq", "?theme=gone"])
def test_no_state_of_it_breaks_a_rule(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}lessons/{query}")
    page.evaluate(AXE)
    for size, scheme in chain.from_iterable([(size, "light"), (size, "dark")] for size in (WIDE, NARROW)):
        page.set_viewport_size(size)
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.eval_on_selector("#filter details", "details => { details.open = true; }")
        assert page.evaluate(RUN_AXE, RULES["all"]) == [], (size, scheme)


def test_case_studies_are_filtered_alike(browser: Browser, address: str, real: Collection) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}case-studies/")
    assert sorted(shown(page)) == sorted(real.cases)
    assert not page.is_visible("#filter")
    page.close()
    page = browser.new_page()
    page.goto(f"{address}case-studies/")
    choose(page, "place:uk", "people:service-users")
    assert shown(page) == [
        slug
        for slug, case in real.cases.items()
        if "UK" in case.places and "service-users" in [group.group for group in case.people]
    ]
    page.goto(f"{address}case-studies/?place=not-reported&theme=power")
    assert len(shown(page)) == sum(not case.places for case in real.cases.values())
    assert "theme=power" in str(page.text_content("#active [data-ignored]"))
    page.close()


@pytest.fixture(scope="module")
def parted_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hub built as it is with more than one page holds: here, than 20 lessons and 3 case studies."""
    root = copy_of_project(tmp_path_factory.mktemp("parts") / "hub")
    lists = root / "macros" / "views" / "lesson_lists.py"
    text = lists.read_text(encoding="utf-8").replace("\nWHOLE = 100\n", "\nWHOLE = 20\n")
    lists.write_text(text.replace("\nPART = 50\n", "\nPART = 8\n"), encoding="utf-8")
    cases = root / "macros" / "views" / "case_list.py"
    text = cases.read_text(encoding="utf-8").replace("\nWHOLE, PART = 60, 30\n", "\nWHOLE, PART = 3, 2\n")
    cases.write_text(text, encoding="utf-8")
    done = hub("build", "--to", str(root / "site"), where=root)
    assert done.returncode == 0, done.stderr
    assert (root / "site" / "lessons" / "stage" / "throughout" / "part-2" / "index.html").is_file()
    assert (root / "site" / "case-studies" / "all" / "part-3" / "index.html").is_file()
    return root / "site"


@pytest.fixture(scope="module")
def parted(parted_site: Path) -> Iterator[str]:
    """Where that is served."""
    with serving(parted_site) as url:
        yield url


def test_in_the_pack_a_list_in_parts_is_whole(page: Page, parted_site: Path, real: Collection, tmp_path: Path) -> None:
    with zipfile.ZipFile(parted_site / pack.PATH) as zip_:
        zip_.extractall(tmp_path)
    lessons = tmp_path / pack.NAME / "lessons" / "index.html"
    page.goto(lessons.as_uri())
    assert shown(page) == having(real)
    choose(page, "theme:power")
    assert shown(page) == having(real, {"theme:power"})
    for link in page.locator(".results > li:last-child a").all():
        assert Path(unquote(urlsplit(link.evaluate("link => link.href")).path)).is_file()


@pytest.mark.parametrize(
    "query", ["?people=service-users", "?kind=standing-group&people=service-users", "?q=school", "?place=not-reported"]
)
def test_case_studies_in_parts_are_found_the_same(page: Page, address: str, parted: str, query: str) -> None:
    page.goto(f"{address}case-studies/{query}")
    expect(page).to_have_title(re.compile(r"^\d+ of 5 "))
    whole = shown(page)
    page.goto(f"{parted}case-studies/{query}")
    expect(page).to_have_title(re.compile(r"^\d+ of 5 "))
    assert everything_shown(page) == whole


def test_every_case_study_is_reached_without_script(browser: Browser, parted: str, real: Collection) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{parted}case-studies/")
    found = page.eval_on_selector_all(".results > li", "items => items.map((item) => item.id)")
    while page.get_by_role("link", name="Next:").count():
        page.get_by_role("link", name="Next:").click()
        found += page.eval_on_selector_all(".results > li", "items => items.map((item) => item.id)")
    assert sorted(found) == sorted(real.cases)
    context.close()


def everything_shown(page: Page) -> list[str]:
    """The ids of the lessons that a page shows once all are asked for."""
    while (found := shown(page)) and page.locator(".more").count():
        before = len(found)
        page.click(".more button")
        expect(page.locator(".results > li")).not_to_have_count(before)
        assert page.evaluate(
            "place => document.activeElement.closest('li') === document.querySelectorAll('.results > li')[place]",
            before,
        )
    return found


@pytest.mark.parametrize(
    "query",
    [
        "?origin=went-wrong",
        "?theme=power&theme=access&stage=throughout",
        "?q=power",
        "?q=experien&origin=advice&origin=caution",
        "?stage=throughout",
        "?q=zzzzqqq",
        "?theme=gone&people=service-users",
    ],
)
def test_a_list_in_parts_finds_the_same(page: Page, address: str, parted: str, query: str) -> None:
    page.goto(f"{address}lessons/{query}")
    expect(page).to_have_title(re.compile(r"^\d+ of "))
    whole, said = shown(page), str(page.text_content("#filter"))
    first = page.eval_on_selector_all(".results > li:not([hidden])", "items => items.map((item) => item.innerText)")
    page.goto(f"{parted}lessons/{query}")
    expect(page).to_have_title(re.compile(r"^\d+ of "))
    assert str(page.text_content("#filter")) == said
    assert everything_shown(page) == whole
    links = page.eval_on_selector_all(".results a", "links => links.map((link) => link.href)")
    assert all(link.startswith(parted) for link in links)
    assert first == page.eval_on_selector_all(".results > li", "items => items.map((item) => item.innerText)")


def test_a_list_in_parts_can_be_read_without_script(browser: Browser, parted: str, real: Collection) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{parted}lessons/")
    read = shown(page)
    while page.locator("text=Next: ").count():
        page.click("text=Next: ")
        read += shown(page)
    assert read == having(real)
    page.close()


def test_a_part_that_does_not_load_is_told_and_can_be_had_again(page: Page, parted: str, real: Collection) -> None:
    page.goto(f"{parted}lessons/")
    page.route("**/stage/throughout/**", lambda route: route.abort())
    choose(page, "stage:throughout")
    page.wait_for_selector("text=could not be loaded")
    page.unroute("**/stage/throughout/**")
    page.click("#filter button")
    page.wait_for_selector("text=Remove filter")
    assert everything_shown(page) == having(real, {"stage:throughout"})
    page.click("text=Clear all filters")
    expect(page.locator(".chips li")).to_have_count(0)
    assert shown(page) == having(real)[:50]


def test_without_the_file_of_the_sets_the_page_is_as_without_script(page: Page, parted: str) -> None:
    page.route("**/sets.json", lambda route: route.abort())
    page.goto(f"{parted}lessons/")
    expect(page.locator("html")).not_to_have_class("with-script")
    assert page.locator("#filter .facets").is_visible()
    assert page.is_visible("text=Next: ")
