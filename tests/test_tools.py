"""The tools that end in a group's own document: the protocol, two ratings, two lenses. In a real browser."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from openxml_audit import OpenXmlValidator
from playwright.sync_api import Browser, Page, expect

from macros.collection import Collection
from macros.views import gripp2, protocol
from tests.conftest import ROOT, hub
from tests.survey import AXE, NARROW, RULES, RUN_AXE
from tests.test_contribute import saved
from tests.test_downloads import OVER_STRICT


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A narrow page in a browser that holds nothing. A script error fails the test."""
    context = browser.new_context(viewport=NARROW)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert not errors


def answers(collection: Collection) -> dict[str, str]:
    """An answer to every question of the protocol."""
    return {
        asked.field.id: f"Ours: {asked.field.id} & 'more' <b>\nand a line"
        if asked.field.kind == "text"
        else f"We, {asked.field.id}"
        for section in protocol.protocol(collection).sections
        for asked in section.fields
    }


def start(page: Page, address: str, given: dict[str, str]) -> None:
    """Open the protocol and answer."""
    page.goto(f"{address}plan/")
    expect(page.get_by_role("button", name="Save as Word")).to_be_visible()
    page.eval_on_selector_all("form details", "all => all.forEach((one) => (one.open = true))")
    for name, answer in given.items():
        page.locator(f"[name='{name}']").fill(answer)


def read(path: Path) -> dict[str, str]:
    """What `hub read` takes out of a file."""
    done = hub("read", str(path))
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = yaml.safe_load(done.stdout)["answers"]
    return found


def test_nothing_answered_still_gives_a_protocol(page: Page, address: str, real: Collection, tmp_path: Path) -> None:
    start(page, address, {})
    page.get_by_role("button", name="Show our protocol").click()
    made = page.locator("[data-result]")
    expect(made).to_be_focused()
    assert made.get_by_text("Still open, for another day:").count() == len(real.plan)
    assert made.get_by_text("Not written yet").count() == len(gripp2.ITEMS)
    made.get_by_role("link", name="Who decides what?").click()
    assert page.evaluate("document.activeElement.name") == "who-decides"
    assert set(read(saved(page, tmp_path, "Save as Word")).values()) == {""}


def test_everything_answered_is_in_every_file(page: Page, address: str, real: Collection, tmp_path: Path) -> None:
    given = answers(real)
    asked: list[str] = []
    start(page, address, {})
    page.on("request", lambda request: asked.append(request.url))
    for name, answer in given.items():
        page.locator(f"[name='{name}']").fill(answer)
    assert asked == []
    for button in ("Save as Word", "Save as OpenDocument"):
        file = saved(page, tmp_path, button)
        found = read(file)
        assert {name: found[name] for name in given} == given
        assert found["gripp2-aim"] == given["shared-purpose"]
    with zipfile.ZipFile(tmp_path / f"{protocol.SLUG}.odt") as odt:
        assert odt.infolist()[0].filename == "mimetype"
        assert odt.infolist()[0].compress_type == zipfile.ZIP_STORED
    text = saved(page, tmp_path, "Save as text").read_text(encoding="utf-8")
    assert all(answer in text for answer in given.values())
    assert "Still open" not in text
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_saved_protocol_opens_again_and_is_the_same(
    page: Page, address: str, real: Collection, tmp_path: Path
) -> None:
    given = answers(real)
    start(page, address, given)
    first = saved(page, tmp_path, "Save as Word").read_bytes()
    (tmp_path / "first.docx").write_bytes(first)
    start(page, address, {})
    page.get_by_label("Go on with a Word file").set_input_files(tmp_path / "first.docx")
    expect(page.locator("form [role=status]")).to_have_text("Your answers are in the form.")
    assert saved(page, tmp_path, "Save as Word").read_bytes() == first


def test_an_older_file_opens_and_says_what_has_no_place(page: Page, address: str, tmp_path: Path) -> None:
    start(page, address, {"who-decides": "All of us", "take-stock": "In spring"})
    file = saved(page, tmp_path, "Save as Word")
    old = io.BytesIO()
    with zipfile.ZipFile(file) as now, zipfile.ZipFile(old, "w") as before:
        for info in now.infolist():
            before.writestr(info, now.read(info).replace(b'"who-decides"', b'"who-decided-once"'))
    (tmp_path / "old.docx").write_bytes(old.getvalue())
    start(page, address, {"payment": "Everyone"})
    page.get_by_label("Go on with a Word file").set_input_files(tmp_path / "old.docx")
    expect(page.locator("form [role=status]")).to_contain_text("stays in your file: who-decided-once")
    (tmp_path / "mangled.docx").write_bytes(file.read_bytes()[:-400])
    page.get_by_label("Go on with a Word file").set_input_files(tmp_path / "mangled.docx")
    expect(page.locator("form [role=status]")).to_contain_text("Nothing was changed: mangled.docx")


def test_adding_a_question_needs_no_code(real: Collection) -> None:
    """Every question of the file is on the page and in the document."""
    asked = {question.id for section in real.plan for question in section.questions}
    assert asked <= set(protocol.document(real).names)
    for path in (ROOT / "docs" / "assets" / "javascripts" / "plan").iterdir():
        assert not [name for name in asked if name in path.read_text(encoding="utf-8")]


def rate(page: Page, rungs: dict[str, str]) -> None:
    """Rate stages."""
    for stage, rung in rungs.items():
        page.get_by_label(stage).select_option(rung)


def test_two_ratings_show_only_where_they_differ(page: Page, address: str) -> None:
    page.goto(f"{address}ladder/")
    hand_over = page.get_by_role("button", name="Put my rating away and hand over")
    hand_over.click()
    expect(page.locator("form [role=status]")).to_contain_text("Choose a rung for one stage or more first.")
    rate(page, {"First ideas": "Co-production", "Deciding the aims": "Informing", "Collecting data": "Co-design"})
    hand_over.click()
    left = page.evaluate("[document.documentElement.outerHTML, location.href, JSON.stringify(history.state)].join()")
    values = page.eval_on_selector_all("form select", "all => all.map((one) => one.value)")
    assert set(values) == {""}
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert "selected" not in left
    page.go_back()
    page.go_forward()
    page.goto(f"{address}ladder/")
    assert set(page.eval_on_selector_all("form select", "all => all.map((one) => one.value)")) == {""}

    rate(page, {"First ideas": "Co-production", "Deciding the aims": "Informing"})
    page.get_by_role("button", name="Put my rating away and hand over").click()
    rate(page, {"First ideas": "Consultation", "Deciding the aims": "Informing", "Design and planning": "Coercion"})
    page.get_by_role("button", name="Show where we differ").click()
    result = page.locator("[data-result]")
    expect(result).to_be_focused()
    said = result.inner_text()
    assert "First ideas: the first says Co-production, the second says Consultation. What did each of you see?" in said
    assert "You see these stages alike: Deciding the aims." in said
    assert "Only one of you rated these stages: Design and planning." in said
    assert not any(sign.isdigit() for sign in said), "no number that ranks anyone"


def test_a_pack_is_kept_printed_saved_and_linked(page: Page, address: str, browser: Browser, tmp_path: Path) -> None:
    page.goto(f"{address}lessons/minds/developed-from-lived-experience/")
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    page.get_by_role("link", name="Keep this for my pack").click()
    expect(page.locator(".kept__page")).to_have_count(1)
    page.goto(f"{address}guide/power/")
    page.get_by_role("link", name="Keep this for my pack").click()
    expect(page.locator(".kept__page")).to_have_count(2)
    page.goto(f"{address}templates/team-mix-sheet/")
    page.get_by_role("link", name="Keep this for my pack").click()
    articles = page.locator(".kept__page")
    expect(articles).to_have_count(3)
    asked = ("Which skills, knowledge", "\u2026\u2026")
    for words in asked:
        expect(articles.nth(2)).to_contain_text(words)
    assert articles.locator("input, textarea, select, form").count() == 0
    expect(articles.nth(1).get_by_role("heading", name="Power", exact=True)).to_be_visible()
    assert page.evaluate("localStorage.length") == 0
    link = page.url
    file = saved(page, tmp_path, "Save as one Word file")
    with zipfile.ZipFile(file) as word:
        text = word.read("word/document.xml").decode()
    assert all(words in text for words in ("developed from lived experience", *asked))
    errors = OpenXmlValidator().validate(str(file)).errors
    assert [error for error in errors if not any(known in str(error) for known in OVER_STRICT)] == []
    other = browser.new_page()
    other.goto(link)
    expect(other.locator(".kept__page")).to_have_count(3)
    assert other.evaluate("sessionStorage.length") == 0
    other.get_by_role("button", name="Take this out").first.click()
    expect(other.locator(".kept__page")).to_have_count(2)
    assert "minds" not in other.url
    other.goto(f"{address}my-pack/?keep=https://example.org/&keep=../../x/&keep=guide/gone/")
    expect(other.get_by_text("This page could not be loaded: guide/gone/")).to_be_visible()
    assert other.locator(".kept__page").count() == 1
    other.close()


def test_two_lenses_can_be_written_and_saved(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}two-lenses/")
    field = page.locator("form.template textarea").first
    field.fill("Our leaflet")
    assert "Our leaflet" in read(saved(page, tmp_path, "Save as Word")).values()


@pytest.mark.parametrize("state", ["empty", "half", "full"])
@pytest.mark.parametrize("tool", ["plan", "ladder", "two-lenses"])
def test_no_state_of_a_tool_breaks_a_rule(page: Page, address: str, tool: str, state: str) -> None:
    page.goto(f"{address}{tool}/")
    page.eval_on_selector_all("form details", "all => all.forEach((one) => (one.open = true))")
    if state != "empty":
        fields = page.locator("form.template :is(textarea, select, input[type=text])")
        for place in range(fields.count() if state == "full" else 2):
            field = fields.nth(place)
            if field.evaluate("field => field.localName") == "select":
                field.select_option(index=2)
            else:
                field.fill("Some words")
        page.locator("form.template [type=submit]").click()
    page.evaluate(AXE)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, forced_colors="none")
        assert page.evaluate(RUN_AXE, RULES["all"]) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_without_script_paper_is_offered(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    for tool, paper in {"plan": "take one of the files above", "ladder": "Take two copies of the worksheet"}.items():
        page.goto(f"{address}{tool}/")
        assert page.get_by_text(paper).is_visible()
    page.close()
