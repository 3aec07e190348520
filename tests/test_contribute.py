"""Sharing a story: the form on the page in a real browser, the Word form, and that both agree with `hub check`."""

from __future__ import annotations

import datetime
import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from macros import audit, contribution, questions, reading
from macros.collection import Collection
from macros.downloads.files import downloads
from macros.fields import NOT_REPORTED
from macros.records import CaseStudy
from tests.conftest import ROOT, hub, serving
from tests.survey import AXE, NARROW, RULES, RUN_AXE
from tests.test_broken import BROKEN, spoil

TODAY = datetime.date(2026, 11, 23)
SHORT = {
    "doing": "We planned opening hours with six people who use the library.",
    "happened": "The date was set before we asked.\n\nPeople felt it was decided already.",
    "origin": "What went wrong",
    "tell": "Ask people before you set a date.",
}
PEOPLE = {"who": "People who use the library", "know": "Yes, they agreed", "leave-out": "The town"}


def everything(collection: Collection) -> dict[str, str]:
    """An answer to every question; odd signs in the texts."""
    given = {}
    for question in contribution.plan(collection)["questions"]:
        values = list(question.get("values", ()))
        given[question["id"]] = values[-1] if values else f"Some words: “{question['id']}” & 'more' - 50 % #1 {{x}} [y]"
    return given | {"title": "Opening hours: who decides?"}


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The form on a narrow screen, open, in a browser that may hold nothing from before."""
    context = browser.new_context(viewport=NARROW, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{address}contribute/")
    expect(page.get_by_role("button", name="Check my story")).to_be_visible()
    yield page
    context.close()
    assert not errors


def fill(page: Page, answers: dict[str, str]) -> None:
    """Answer questions by their names, in parts that are folded too."""
    page.eval_on_selector_all("form.contribution details", "all => all.forEach((one) => (one.open = true))")
    for name, answer in answers.items():
        field = page.locator(f"[name='{name}']")
        if field.evaluate("field => field.localName") == "select":
            field.select_option(answer)
        else:
            field.fill(answer)


def saved(page: Page, tmp_path: Path, button: str = "Save as a file for the hub") -> Path:
    """The file that a button gives."""
    with page.expect_download() as saving:
        page.get_by_role("button", name=button).click()
    path = tmp_path / saving.value.suggested_filename
    saving.value.save_as(path)
    return path


@pytest.mark.parametrize("whole", [False, True])
def test_a_story_becomes_a_page(page: Page, real: Collection, tmp_path: Path, browser: Browser, *, whole: bool) -> None:
    """Filled in, saved, checked with no edit, built into the site."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    fill(page, (everything(real) if whole else SHORT) | PEOPLE)
    assert asked == []
    file = saved(page, tmp_path)
    assert {url.rpartition("/")[2] for url in asked if not url.startswith("blob:")} <= {"plan.json"}
    root = Path(shutil.copytree(ROOT, tmp_path / "hub", ignore=shutil.ignore_patterns(".*", "site", "tests")))
    shutil.copy(file, root / "case_studies")
    done = hub("check", root=root)
    assert done.returncode == 0, done.stdout
    assert hub("build", "--to", str(tmp_path / "site"), where=root, root=root).returncode == 0
    with serving(tmp_path / "site") as url:
        made = browser.new_page()
        made.goto(f"{url}case-studies/{file.stem}/")
        text = made.locator("main").inner_text()
        made.close()
    assert (everything(real)["happened"] if whole else "People felt it was decided already.") in text
    assert "library" not in file.read_text(encoding="utf-8").split("\n\n", 1)[1] or not whole
    assert PEOPLE["who"] not in text


def test_what_the_page_makes_is_what_the_word_form_makes(page: Page, real: Collection, tmp_path: Path) -> None:
    answers = everything(real)
    fill(page, answers)
    on_page, _ = reading.parse(saved(page, tmp_path).read_text(encoding="utf-8"))
    word = saved(page, tmp_path, "Save as Word")
    done = hub("read", str(word))
    assert done.returncode == 0, done.stderr
    from_word, _ = reading.parse(done.stdout)
    assert on_page == from_word | {"updated": on_page["updated"]}
    for note in ("who", "know", "leave-out"):
        assert f"# {contribution_label(real, note)} {answers[note]}" in done.stdout


def contribution_label(collection: Collection, name: str) -> str:
    """What a question asks."""
    return str(next(one["label"] for one in contribution.plan(collection)["questions"] if one["id"] == name))


def test_every_field_of_a_case_study_is_asked_or_says_why_not(real: Collection) -> None:
    asked = {question["path"].partition(".")[0] for question in contribution.plan(real)["questions"]}
    assert asked - {""} | questions.NOT_ASKED.keys() == CaseStudy.model_fields.keys()
    assert not asked & questions.NOT_ASKED.keys()
    blank = contribution.case_study(real, {}, TODAY)
    assert all(blank[name] == NOT_REPORTED for name in ("when", "where", "organisations", "funder", "status"))


def test_a_saved_file_goes_on_where_it_stopped(page: Page, real: Collection, tmp_path: Path) -> None:
    answers = everything(real)
    for button in ("Save as a file for the hub", "Save as Word"):
        fill(page, answers)
        file = saved(page, tmp_path, button)
        page.reload()
        page.get_by_label("Go on with a file").set_input_files(file)
        expect(page.locator("form.contribution [role=status]")).to_have_text("Your answers are in the form.")
        found = page.eval_on_selector_all(
            "form.contribution [name]", "fields => fields.map(({ name, value }) => [name, value])"
        )
        lost = set() if file.suffix == ".docx" else {"who", "know", "leave-out"}  # these are for the editor only
        assert {name: answer for name, answer in found if name not in lost} == {
            name: answer for name, answer in answers.items() if name not in lost
        }


@pytest.mark.parametrize(
    "text", ["", "not yaml: [", "a: 1\n\tb: 2", "- 1\n-", '{"a": 1}', "title: &a x", "x" * 100_000]
)
def test_a_file_that_is_no_story_changes_nothing(page: Page, tmp_path: Path, text: str) -> None:
    fill(page, SHORT)
    (tmp_path / "other.yml").write_text(text, encoding="utf-8")
    page.get_by_label("Go on with a file").set_input_files(tmp_path / "other.yml")
    expect(page.locator("form.contribution [role=status]")).to_have_text(
        "This is no file of this form. Nothing was changed: other.yml"
    )
    assert page.locator("[name=tell]").input_value() == SHORT["tell"]


def test_nothing_leaves_before_the_people_in_it_are_thought_of(page: Page) -> None:
    fill(page, SHORT)
    for name in ("Check my story", "Save as a file for the hub", "Write an email with it", "Copy it"):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("heading", name="First, the people in your story")).to_be_visible()
    fill(page, PEOPLE)
    page.get_by_role("button", name="Copy it").click()
    expect(page.locator("form.contribution [role=status]")).to_have_text("Copied. Paste it where you write to the hub.")
    assert 'lesson: "Ask people before you set a date."' in page.evaluate("navigator.clipboard.readText()")


def test_a_draft_can_be_saved_as_word(page: Page, tmp_path: Path) -> None:
    fill(page, {"tell": SHORT["tell"]})
    assert SHORT["tell"] in hub("read", str(saved(page, tmp_path, "Save as Word"))).stdout


def test_a_short_story_fits_an_email(page: Page) -> None:
    fill(page, SHORT | PEOPLE)
    page.get_by_role("button", name="Write an email with it").click()
    expect(page.locator("form.contribution [role=status]")).to_contain_text("Your email program should open now.")
    fill(page, {"happened": "A long story. " * 200})
    page.get_by_role("button", name="Write an email with it").click()
    expect(page.locator("form.contribution [role=status]")).to_contain_text("too long")


def test_answers_are_kept_only_if_asked(page: Page) -> None:
    fill(page, SHORT)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    page.get_by_label("Keep my answers on this device").check()
    fill(page, {"tell": "Ask first."})
    page.reload()
    expect(page.locator("[name=tell]")).to_have_value("Ask first.")
    page.get_by_label("Keep my answers on this device").uncheck()
    assert page.evaluate("localStorage.length") == 0


def test_a_device_with_no_room_left_says_so(page: Page) -> None:
    page.get_by_label("Keep my answers on this device").check()
    fill(page, {"tell": "Ask first."})
    assert page.evaluate("localStorage.length") == 1
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') } }"
    )
    fill(page, {"tell": "Ask last."})
    expect(page.get_by_text("Your browser does not let us keep anything.")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0, "what was kept before is not kept on"
    expect(page.get_by_label("Keep my answers on this device")).not_to_be_checked()


def test_the_check_leads_to_what_is_to_mend(page: Page) -> None:
    page.get_by_role("button", name="Check my story").click()
    problems = page.locator("[data-result] li")
    expect(problems.first).to_be_visible()
    assert problems.count() == 3
    problems.first.get_by_role("link").click()
    assert page.evaluate("document.activeElement.name") == "doing"
    fill(page, SHORT | {"where": "<b>here</b>", "lesson-2": SHORT["tell"], "detail-1": "Only this."})
    page.get_by_role("button", name="Check my story").click()
    expect(problems).to_have_count(2)
    assert "Where was it?: this holds HTML." in problems.all_inner_texts()[0]
    assert "Lesson 2: what would you tell someone?: this is empty." in problems.all_inner_texts()[1]
    fill(page, {"where": "", "lesson-2": "", "detail-1": ""})
    page.get_by_role("button", name="Check my story").click()
    expect(page.get_by_role("heading", name="First, the people in your story")).to_be_visible()
    fill(page, PEOPLE)
    page.get_by_role("button", name="Check my story").click()
    expect(page.get_by_role("heading", name="Your story is ready to send")).to_be_visible()


def test_by_keyboard_alone(page: Page, tmp_path: Path) -> None:
    page.locator("[name=doing]").focus()
    for name, answer in (SHORT | PEOPLE).items():
        for _ in range(60):
            if page.evaluate("document.activeElement.name") == name:
                break
            page.keyboard.press("Tab")
        page.keyboard.type(answer.replace("\n", " "))
    for _ in range(200):
        if page.evaluate("document.activeElement.dataset.do") == "file":
            break
        page.keyboard.press("Tab")
    with page.expect_download() as saving:
        page.keyboard.press("Enter")
    saving.value.save_as(tmp_path / "story.yml")
    assert (
        reading.parse((tmp_path / "story.yml").read_text(encoding="utf-8"))[0]["lessons"][0]["origin"] == "went-wrong"
    )


@pytest.mark.parametrize("state", ["empty", "problems", "preview", "fine"])
def test_no_state_of_the_form_breaks_a_rule(page: Page, state: str) -> None:
    if state in ("preview", "fine"):
        fill(page, SHORT)
    if state != "empty":
        page.get_by_role("button", name="See how it will look" if state == "preview" else "Check my story").click()
        expect(page.locator("[data-result]")).to_be_visible()
    page.evaluate(AXE)
    assert page.evaluate(RUN_AXE, RULES["all"]) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_without_script_the_word_form_is_offered(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}contribute/")
    assert page.get_by_role("link", name="Word, ").first.is_visible()
    assert page.get_by_text("take the Word form above").is_visible()
    page.close()


def test_the_word_form_by_hand(real: Collection, tmp_path: Path) -> None:
    """Every format of the form is made, and a blank one is read back as a story with nothing in it."""
    files = downloads(contribution.document(real))
    for download in files:
        if download.path.endswith((".docx", ".odt", "-form.pdf")):
            path = tmp_path / Path(download.path).name
            path.write_bytes(download.data)
            done = hub("read", str(path))
            assert done.returncode == 0, done.stderr
            assert yaml.safe_load(done.stdout)["lessons"] == []


# --- The page's verdict is that of `hub check` -----------------------------------------------------------------------

ELSEWHERE = {"easy_read_twins", "easy_read_status_agrees"}
"""Rules about what stands in other files, which the page cannot know."""

VERDICTS = """async ([modules, records, plan]) => {
  const { problems } = await import(`${modules}contribute/rules.js`);
  return records.map((record) => problems(record, plan));
}"""


@pytest.fixture(scope="module")
def modules() -> Iterator[str]:
    """Where the modules are served one by one; the site has them joined."""
    with serving(ROOT / "docs" / "assets" / "javascripts") as url:
        yield url


def verdicts(browser: Browser, modules: str, records: list[Any], collection: Collection) -> list[list[Any]]:
    """What the page says of records."""
    page = browser.new_page()
    page.goto(modules)
    found: list[list[Any]] = page.evaluate(
        VERDICTS, [modules, records, json.loads(contribution.files(collection)[contribution.FILE])]
    )
    page.close()
    return found


def test_the_page_and_the_check_agree_on_every_broken_file(
    browser: Browser, modules: str, small: Collection, miniature: Path
) -> None:
    """On all that can be read as data; how a file is written down is no matter of the form."""
    records, broken, names = [], [], []
    for path in BROKEN:
        mistake = yaml.safe_load(path.read_text(encoding="utf-8"))
        root = Path(shutil.copytree(miniature, miniature.parent / path.stem))
        spoil(root, mistake)
        file = root / "case_studies" / "garden.yml"
        try:
            data, refused = reading.parse(reading.read_text(file))
        except reading.Unreadable:
            continue
        if refused:
            continue
        _, problems = audit.check(root)
        mine = [one for one in problems if root / one.path == file]
        if {one.rule for one in mine} <= ELSEWHERE and mine:
            continue
        names.append(path.stem)
        records.append(data)
        broken.append(bool(mine))
    said = verdicts(browser, modules, records, small)
    assert {name: bool(found) for name, found in zip(names, said, strict=True)} == dict(zip(names, broken, strict=True))
    assert sum(broken) > 30


def test_they_agree_on_a_thousand_stories(browser: Browser, modules: str, small: Collection) -> None:
    chance = random.Random(6)  # noqa: S311  (the same stories every time)
    texts = [
        "Words.",
        "",
        " ",
        "a" * 130,
        "a" * 241,
        "a" * 301,
        "a" * 401,
        "<b>",
        "a < b",
        "![x](y)",
        "[a](javascript:b)",
    ]
    texts += [
        "[a](https://b.c)",
        "\u200bhidden",
        "{{ 7*7 }}",
        "two\nlines",
        "é" * 240,
        "\U0001f642" * 240,
        "not reported",
    ]
    records = []
    for _ in range(1000):
        answers = {}
        for question in contribution.plan(small)["questions"]:
            values = list(question.get("values", ()))
            if chance.random() < 0.5:
                answers[question["id"]] = (
                    chance.choice(values) if values and chance.random() < 0.9 else chance.choice(texts)
                )
        base = {"doing": "We met.", "happened": "It went well.", "tell": "Meet."}
        if chance.random() < 0.7:
            answers = {key: value for key, value in answers.items() if chance.random() < 0.15} | base
        records.append(contribution.case_study(small, answers, TODAY))
    said = verdicts(browser, modules, records, small)
    ids = small.vocabulary.ids | {"sources": [source.id for source in small.sources]}
    right = [_is_sound(record, ids) for record in records]
    assert [not found for found in said] == right
    assert 200 < sum(right) < 800


def _is_sound(record: dict[str, Any], ids: dict[str, list[str]]) -> bool:
    from pydantic import ValidationError

    try:
        case = CaseStudy.model_validate(record, context=ids)
    except ValidationError:
        return False
    lessons = [lesson.lesson.casefold() for lesson in case.lessons]
    return len(set(lessons)) == len(lessons)
