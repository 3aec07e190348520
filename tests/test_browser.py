"""The site in a real browser: no request elsewhere, the short way to what went wrong, hostile text that stays text."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route

from tests.conftest import copy_of_project, hub, serving

HOSTILE = (
    "{{ 7*7 }} {% raw %} {{ cycler.__init__.__globals__.os.popen('touch pwned').read() }}",
    "![x](http://other.example/p.png)",
    "<script>document.title='pwned'</script>",
    "[x](javascript:document.title='pwned')",
)


def paths(site: Path) -> list[str]:
    """The addresses of all pages, from the top of the site."""
    return sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("*.html"))


def watch(page: Page, address: str) -> tuple[list[str], list[str]]:
    """Gathers what a page asks of other origins (which is stopped), and what goes wrong on it."""
    elsewhere: list[str] = []
    wrong: list[str] = []

    def request(route: Route) -> None:
        if route.request.url.startswith(address):
            route.continue_()
        else:
            elsewhere.append(route.request.url)
            route.abort()

    page.route("**/*", request)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("dialog", lambda dialog: wrong.append(dialog.message))
    page.on("response", lambda answer: wrong.append(answer.url) if answer.status >= 400 else None)
    return elsewhere, wrong


def test_no_page_asks_anything_of_another_origin(browser: Browser, site: Path, address: str) -> None:
    page = browser.new_page()
    elsewhere, wrong = watch(page, address)
    for path in paths(site):
        page.goto(address + path)
    assert elsewhere == []
    assert wrong == []
    page.close()


REFUSED = """
() => {
  globalThis.refused = [];
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
    refused.push(`${violatedDirective} ${blockedURI}`);
  });
}
"""


def test_the_policy_is_kept_on_every_page_with_the_headers_that_a_host_sends(browser: Browser, site: Path) -> None:
    headers = sent_by_hosts(site)
    with serving(site, headers) as address:
        page = browser.new_page()
        page.add_init_script(f"({REFUSED})()")
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        for path in paths(site):
            answer = page.goto(address + path)
            assert answer
            assert answer.headers["content-security-policy"] == headers["Content-Security-Policy"]
            assert page.evaluate("refused") == [], path
            in_page = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
            assert headers["Content-Security-Policy"] == f"{in_page}; frame-ancestors 'none'"
        assert said == []
        page.close()


INTO_PAGE = "document.body.insertAdjacentHTML('beforeend', '{}')"
ELSEWHERE = "https://other.example/"
ATTACKS = {
    "script-src-elem": "document.body.append(Object.assign(document.createElement('script'), {text: 'pwned = 1'}))",
    "script-src-attr": INTO_PAGE.format('<img src=x onerror="pwned = 1">'),
    "style-src-attr": INTO_PAGE.format('<p style="color:red">x</p>'),
    "img-src": INTO_PAGE.format(f'<img src="{ELSEWHERE}x.png">'),
    "object-src": INTO_PAGE.format(f'<object data="{ELSEWHERE}x.swf"></object>'),
    "base-uri": INTO_PAGE.format(f'<base href="{ELSEWHERE}">'),
    "form-action": INTO_PAGE.format(f'<form action="{ELSEWHERE}"></form>') + "; document.forms[1].submit()",
    "connect-src": f"fetch('{ELSEWHERE}').catch(() => 0)",
}
"""What may happen if a contributor's text gets past every check: the part of the policy that stops it, and the text."""


@pytest.mark.parametrize("directive", ATTACKS)
def test_the_policy_in_the_page_alone_stops_an_attack(directive: str, browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.add_init_script(f"({REFUSED})()")
    page.goto(address)
    page.evaluate(f"() => {{ {ATTACKS[directive]} }}")
    page.wait_for_timeout(200)  # milliseconds; the browser tells of a refusal a moment later
    assert [told.split()[0] for told in page.evaluate("refused")] == [directive]
    assert page.evaluate("typeof pwned") == "undefined"
    page.close()


def sent_by_hosts(site: Path) -> dict[str, str]:
    """The headers in the file that Netlify and Cloudflare Pages read."""
    told = (site / "_headers").read_text(encoding="utf-8").partition("\n/*\n")[2]
    lines = told.partition("\n\n")[0].splitlines()
    return dict(line.strip().split(": ", 1) for line in lines)


def test_a_page_with_all_that_it_loads_is_light(browser: Browser, site: Path, address: str) -> None:
    """In the forms compressed with Brotli that hosts send."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sizes = []
    for path in paths(site):
        asked.clear()
        page.goto(address + path, wait_until="networkidle" if path == "" else "load")
        assert len(asked) <= 4, path
        loaded = [site / urlsplit(url).path.lstrip("/") for url in asked]
        files = {file / "index.html" if file.is_dir() else file for file in loaded} | {*site.glob("assets/icon.*.svg")}
        packed = (file.with_name(f"{file.name}.br") for file in files)
        sizes.append(sum((form if form.is_file() else form.with_suffix("")).stat().st_size for form in packed))
    assert max(sizes) <= 25_000
    assert sum(sizes) / len(sizes) <= 10_000
    page.close()


def test_only_what_went_wrong_is_two_actions_from_home_by_keyboard_without_script(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text().startswith("Only what went wrong"):
            page.keyboard.press("Enter")
            break
    page.wait_for_url("**/lessons/origin/went-wrong/")
    assert page.locator("article.lesson").count() == page.locator("article.lesson--went-wrong").count() > 0
    context.close()


def test_the_skip_link_is_first_and_leads_to_the_content(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + "case-studies/")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.keyboard.press("Enter")
    assert urlsplit(page.url).fragment == "main"
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 1
    page.close()


def test_nothing_runs_off_a_narrow_screen(browser: Browser, site: Path, address: str) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    for path in paths(site):
        page.goto(address + path)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, path
    page.close()


def test_hostile_text_is_refused_or_stays_text(browser: Browser, tmp_path: Path) -> None:
    root = copy_of_project(tmp_path)
    case = root / "case_studies" / "catch-all-group.yml"
    text = case.read_text(encoding="utf-8")
    first = next(line for line in text.splitlines() if line.startswith("title:"))

    refused = [hostile for hostile in HOSTILE if not _builds(root, text.replace(first, _title(hostile)), case)]
    assert refused == list(HOSTILE[1:])

    case.write_text(text.replace(first, _title(HOSTILE[0])), encoding="utf-8")
    done = hub("build", "--to", str(root / "site"), root=root)
    assert done.returncode == 0, done.stderr
    assert not (root / "pwned").exists()
    with serving(root / "site") as address:
        page = browser.new_page()
        elsewhere, wrong = watch(page, address)
        for path in (
            "case-studies/catch-all-group/",
            "case-studies/",
            "search/",
            "lessons/",
            "lessons/case/catch-all-group/",
        ):
            page.goto(address + path)
        page.goto(address + "case-studies/catch-all-group/")
        assert HOSTILE[0] in page.locator("h1").inner_text()
        assert HOSTILE[0] in page.title()
        assert elsewhere == []
        assert wrong == []
        page.close()


def test_hostile_text_in_every_field_is_shown_as_typed(browser: Browser, tmp_path: Path) -> None:
    """Template marks, Markdown and HTML entities, at the start, the middle and the end of every text of a record."""
    typed = "- 1. # {{ 7*7 }} {% raw %} {# x #} | _a_ `b` [c] (d) &amp; & 5 < 6 > 4 ~~e~~ ^f^ :smile: {: .g } *h* !"
    root = copy_of_project(tmp_path)
    case = root / "case_studies" / "minds.yml"
    data = yaml.load(case.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506  (builds text only)
    data["title"] = f"MINDS {typed}"[:120]
    count = _spoil(data, typed)
    assert count >= 30
    case.write_text(yaml.safe_dump(data, allow_unicode=True, width=1000), encoding="utf-8")
    done = hub("build", "--to", str(root / "site"), root=root)
    assert done.returncode == 0, done.stderr
    with serving(root / "site") as address:
        page = browser.new_page()
        page.goto(address + "case-studies/minds/")
        text = " ".join(str(page.evaluate("document.querySelector('main').textContent")).split())
        assert text.count(typed) >= count
        assert text.count("7*7") == text.count(typed)
        page.goto(address + "lessons/minds/co-produced-and-co-led/")
        assert typed in page.locator("h1").inner_text()
        assert typed in page.title()
        page.close()


def _spoil(data: Any, typed: str) -> int:
    """Put a text before and after every short text of a record that is plain words. Returns how many it changed."""
    plain = {"role", "how", "lesson", "speaker", "words", "text", "at"}  # long enough to take it all
    count = 0
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if isinstance(value, dict | list):
            # The story's texts are prose, where lists and emphasis are meant to work.
            count += 0 if key in ("story", "reporting", "ladder", "references", "consent") else _spoil(value, typed)
        elif key in plain and len(value) < 120:
            data[key] = f"{typed} {value}" if key == "lesson" else f"{value} {typed}"
            count += 1
    return count


def _title(text: str) -> str:
    return "title: '" + text.replace("'", "''") + "'"


def _builds(root: Path, text: str, case: Path) -> bool:
    case.write_text(text, encoding="utf-8")
    return hub("build", "--to", str(root / "site"), root=root).returncode == 0
