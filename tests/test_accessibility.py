"""Everyone can use it: every page in every state, by keyboard, on paper, in the colours and sizes that a reader needs.

What these tests do is what the accessibility statement says of them: see `STATEMENT`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, ViewportSize

from tests.conftest import ROOT, serving
from tests.survey import NARROW, WIDE, Survey, survey

pytestmark = pytest.mark.timeout(1500)  # seconds: the walk through all pages takes some minutes on two cores

TESTED = ROOT / "case_studies" / "_shared" / "tested.yml"

STATEMENT = {
    "axe": ("All rules of axe-core {axe}, of WCAG A, AA and AAA, best practice and experimental", "{states}"),
    "lost": ("Content that is lost or runs off the screen", "At 1280 and 320 pixels (400% zoom), with text spacing"),
    "small": ("Buttons, fields and links that are smaller than 44 pixels", "At 1280 and 320 pixels"),
    "dense": ("Lines longer than 80 characters or set too close", "At 1280 and 320 pixels"),
    "over": ("Things that stay in place and may cover others", "At 1280 and 320 pixels"),
    "unnamed": ("Tables, headings and scrolling parts without name", "At 1280 and 320 pixels"),
    "unprinted": ("Content that is not printed, or not on white", "Printed from the dark scheme"),
    "colourless": ("Pictures that vanish where a device sets the colours", "In forced colours"),
}
"""For each thing that the survey looks for: what the statement calls it, and in which states."""

_STATES = (
    "On every page, at 1280 and 320 pixels; pages with a script of their own without it too; on colours in dark too"
)

A_PAGE_OF_EACH_KIND = (
    "",
    "404.html",
    "case-studies/",
    "case-studies/include/",
    "lessons/origin/went-wrong/",
    "lessons/minds/co-produced-and-co-led/",
    "guide/",
    "guide/history-and-evidence/",
    "dictionary/",
    "search/",
    "accessibility/",
    "easy-read/lets-talk-literacy/",
)


@pytest.fixture(scope="module")
def found(site: Path, address: str) -> Survey:
    """What the walk through all pages found."""
    return survey(site, address)


@pytest.mark.parametrize("what", STATEMENT)
def test_no_page_has_a_fault(what: str, found: Survey) -> None:
    assert found.pages > 150
    assert found.faults[what] == []


def test_the_statement_says_what_was_tested(found: Survey, request: pytest.FixtureRequest) -> None:
    said = [
        {
            "id": what,
            "looked_at": looked_at.format(axe=found.axe),
            "how": how.format(states=_STATES),
            "found": f"{len(found.faults[what])} faults",
        }
        for what, (looked_at, how) in STATEMENT.items()
    ]
    if request.config.getoption("--accept"):
        head = "".join(line for line in TESTED.read_text(encoding="utf-8").splitlines(keepends=True) if line[0] == "#")
        text = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=110)
        TESTED.write_text(f"{head}\n{text}", encoding="utf-8")
    written = yaml.safe_load(TESTED.read_text(encoding="utf-8"))
    assert written == said, "If the tests are right: ./scripts/test --accept"


FAULTY = """<!doctype html><html lang="en"><head><title>Faulty</title>
<meta name="viewport" content="width=device-width">
<style>html { background: #222; color: #333 }
b { position: fixed } .cut { height: 1em; overflow: hidden }
@media print { .gone { display: none } } p { line-height: 1.2; max-width: none }</style></head>
<body><main><h1>Faulty</h1><h2>No address</h2><p class="gone">Not on paper.</p><p><b>Stays</b></p>
<p><a href="#x" style="display:block;width:9px">x</a></p><p class="cut">One line<br>and another.</p>
<p>LONG</p><table><tr><td>No caption</td></tr></table><svg role="img" aria-label="Pale" width="50" height="50">
<circle r="20" cx="25" cy="25" style="fill:#eee; stroke:none; forced-color-adjust:none"/></svg></main></body></html>"""


def test_the_survey_finds_each_fault_where_there_is_one(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(FAULTY.replace("LONG", "Far too many words. " * 60), encoding="utf-8")
    with serving(tmp_path) as address:
        found = survey(tmp_path, address)
    assert [what for what in STATEMENT if not found.faults[what]] == []


# --- By keyboard ------------------------------------------------------------------------------------------------------

# The element with the focus: its place in the page, and what is wrong with how it shows.
FOCUS = """
() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const all = [...document.querySelectorAll("*")];
  const box = element.getBoundingClientRect();
  const style = getComputedStyle(element);
  const wrong = [];
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) wrong.push("no outline");
  if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) wrong.push("off screen");
  const parts = [...element.getClientRects()].filter((part) => part.top >= 0 && part.bottom <= innerHeight);
  for (const part of parts) {
    const top = document.elementFromPoint(part.left + part.width / 2, part.top + part.height / 2);
    if (top && !element.contains(top) && !top.contains(element) && !top.closest("label")) wrong.push("covered");
  }
  return [all.indexOf(element), wrong.map((fault) => `${fault}: ${element.outerHTML.slice(0, 80)}`)];
}
"""


def walk(page: Page, key: str) -> list[int]:
    """Press a key until the focus leaves the page. Returns the places of the stops; fails on one that does not show."""
    stops: list[int] = []
    for _ in range(600):
        page.keyboard.press(key)
        at = page.evaluate(FOCUS)
        if at is None or at[0] in stops:
            return stops
        assert at[1] == []
        stops.append(at[0])
    raise AssertionError("the focus does not leave the page")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "400 %"])
@pytest.mark.parametrize("path", A_PAGE_OF_EACH_KIND)
def test_the_keyboard_reaches_everything_in_order_and_back(
    path: str, size: ViewportSize, browser: Browser, address: str
) -> None:
    page = browser.new_page(viewport=size)
    page.goto(address + path)
    there = walk(page, "Tab")
    assert there == sorted(there)
    # One stop for a group of radio buttons; the rest one each.
    stops = page.locator("a[href], button, input:not([type=radio]), summary, [tabindex='0'], input:checked")
    assert len(there) == sum(stops.nth(number).is_visible() for number in range(stops.count()))
    page.goto(address + path)
    back = walk(page, "Shift+Tab")
    assert back == there[::-1]
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_ring_stands_out(scheme: Any, browser: Browser, address: str) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(address)
    page.keyboard.press("Tab")
    ring, paper = (
        page.evaluate(f"getComputedStyle({of}).{what}")
        for of, what in (("document.activeElement", "outlineColor"), ("document.documentElement", "backgroundColor"))
    )
    assert contrast(ring, paper) >= 7
    page.close()


def contrast(one: str, other: str) -> float:
    """How far two colours, as `rgb(…)`, stand apart: from 1 to 21, as WCAG defines it."""

    def luminance(colour: str) -> float:
        parts = [int(part) / 255 for part in colour.removeprefix("rgb(").removesuffix(")").split(",")]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_no_single_key_does_anything(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "guide/power/")
    page.evaluate("scrollTo(0, 0)")
    before = (page.url, page.content())
    for key in "abcdefghijklmnopqrstuvwxyz0123456789./?,":
        page.keyboard.press(key)
        assert (page.url, page.content(), page.evaluate(FOCUS)) == (*before, None), key
    page.close()


# --- The reader's own ways --------------------------------------------------------------------------------------------


def test_type_follows_the_readers_own_size(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "guide/power/")
    sizes = []
    for standard in (16, 32):
        page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": standard}})
        sizes.append(
            page.evaluate("[...document.querySelectorAll('*')].map((e) => parseFloat(getComputedStyle(e).fontSize))")
        )
    normal, double = sizes
    assert [round(size / 2, 2) for size in double] == [round(size, 2) for size in normal]
    page.close()


def test_dark_needs_no_script(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto(address)
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(20, 24, 26)"
    context.close()


def chosen(page: Page) -> list[str | None]:
    """The choices that a page shows: colours, size, spacing."""
    return [page.locator("html").get_attribute(f"data-{name}") for name in ("scheme", "size", "spacing")]


def test_choices_are_kept_on_the_device_until_they_are_taken_back(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    normal = page.locator("main p").first.evaluate("(p) => parseFloat(getComputedStyle(p).fontSize)")
    page.get_by_label("Dark").press("Space")
    page.get_by_label("Largest").check()
    page.get_by_role("radio", name="More").check()
    page.goto(address + "guide/power/")
    assert chosen(page) == ["dark", "largest", "more"]
    assert page.get_by_label("Dark").is_checked()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(20, 24, 26)"
    assert page.locator("main p").first.evaluate("(p) => parseFloat(getComputedStyle(p).fontSize)") > normal * 1.5
    other = browser.new_page()
    other.goto(address)
    assert chosen(other) == [None, None, None]
    other.close()
    page.get_by_role("button", name="Back to normal").click()
    assert chosen(page) == [None, None, None]
    assert page.evaluate("localStorage.length") == 0
    page.go_back()
    assert chosen(page) == [None, None, None]
    context.close()


def test_nothing_is_kept_unless_the_reader_chooses(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    for path in A_PAGE_OF_EACH_KIND:
        page.goto(address + path)
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert context.cookies() == []
    context.close()


@pytest.mark.parametrize(
    "kept", ["", "5", "null", "[", '{"scheme": {"a": 1}}', '{"scheme": "\\">x", "constructor": "x"}']
)
def test_whatever_is_on_the_device_the_page_works(kept: str, browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(address)
    page.evaluate("(kept) => localStorage.setItem('hub-choices', kept)", kept)
    page.goto(address)
    page.get_by_label("Dark").check()
    assert chosen(page)[0] == "dark"
    assert wrong == []
    context.close()


def test_a_browser_that_keeps_nothing_says_so_and_shows_the_choice(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked') } })")
    page.goto(address)
    page.get_by_label("Dark").check()
    assert chosen(page)[0] == "dark"
    assert page.get_by_role("status").inner_text().startswith("Your browser does not keep this.")
    page.close()


def test_without_script_nothing_in_the_page_is_dead(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("button:visible, input:visible, select:visible").count() == 2  # the search form
    page.get_by_label("Search").fill("power")
    page.get_by_role("button", name="Search").click()
    assert page.url.endswith("/search/?q=power")
    context.close()


def test_where_the_device_sets_the_colours_the_choice_of_colours_goes_and_says_why(
    browser: Browser, address: str
) -> None:
    page = browser.new_page(forced_colors="active")
    page.goto(address)
    assert page.get_by_text("Your device sets its own colours").is_visible()
    assert not page.get_by_label("Dark").is_visible()
    page.get_by_label("Largest").check()
    assert chosen(page)[1] == "largest"
    page.close()
