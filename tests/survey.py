"""One walk through every page of the site in a real browser, in every state that a reader may meet it in.

What is measured inside a page is in survey.js. Two pages are looked at at a time, since looking at one takes a core.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
from playwright.async_api import Browser, Page, Route, ViewportSize, async_playwright

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
PROBES = Path(__file__).with_name("survey.js").read_text(encoding="utf-8")
WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 320, "height": 256}
"""A laptop's window; and the same at 400 % zoom, which is also a narrow phone."""

TAGS = ("wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental")
RULES = {
    "all": {"runOnly": {"type": "tag", "values": TAGS}},
    "colours": {
        "runOnly": {"type": "rule", "values": ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]}
    },
}
"""What axe-core is asked. Its rule of contrast for AAA leaves to the one for AA what breaks that: both are needed."""
RUN_AXE = """
(rules) => axe.run({...rules, resultTypes: ["violations"]})
  .then(({violations}) => violations.map(({id, nodes}) => `${id}: ${nodes.map((node) => node.target).slice(0, 3)}`))
"""
# What WCAG 1.4.12 asks a page to bear. A sheet made by script passes the page's policy, as a reader's own style would.
_SPACE = """
() => {
  const sheet = new CSSStyleSheet();
  const bear = (property, value) => `${property}: ${value} !important;`;
  const letters = bear("line-height", 1.5) + bear("letter-spacing", ".12em") + bear("word-spacing", ".16em");
  sheet.replaceSync(`* { ${letters} } p { ${bear("margin-bottom", "2em")} }`);
  document.adoptedStyleSheets = [sheet];
}
"""


@dataclass
class Survey:
    """What was found on all pages together."""

    pages: int
    axe: str = ""
    """The version of axe-core."""
    faults: dict[str, list[str]] = field(default_factory=dict)
    """For each thing looked for: every fault, with its page and state."""


def survey(site: Path, address: str) -> Survey:
    """Look at every page of the built `site`, which is served at `address`."""
    paths = sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("*.html"))
    # In a thread of its own: the tests' other browser has a loop running in this one.
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(lambda: asyncio.run(_survey(paths, address))).result()


async def _survey(waiting: list[str], address: str) -> Survey:
    found = Survey(len(waiting))

    async def work(browser: Browser) -> None:
        page, plain = await browser.new_page(), await browser.new_page()
        await plain.route("**/*", _without_script)
        while waiting:
            path = waiting.pop()
            await page.goto(address + path)
            await _look(_Visit(page, path, found))
            if await page.locator("link[rel=modulepreload]").count():
                await plain.goto(address + path)
                await _look_without_script(_Visit(plain, path, found))

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=os.environ["CHROME_PATH"], args=["--no-sandbox"])
        await asyncio.gather(work(browser), work(browser))
        await browser.close()
    return found


@dataclass
class _Visit:
    """A page in the browser, and where what is found there goes."""

    page: Page
    path: str
    found: Survey

    def add(self, what: str, state: str, faults: Sequence[str]) -> None:
        self.found.faults.setdefault(what, []).extend(f"/{self.path} ({state}): {fault}" for fault in faults)

    async def probe(self, state: str, *names: str) -> None:
        """Measure with functions of survey.js."""
        for name in names:
            self.add(name, state, await self.page.evaluate(f"survey.{name}()"))

    async def rules(self, state: str, which: str = "all") -> None:
        """Apply rules of axe-core. `which`: a name in `RULES`."""
        self.add("axe", state, await self.page.evaluate(RUN_AXE, RULES[which]))


async def _look(visit: _Visit) -> None:
    page = visit.page
    await page.evaluate(PROBES)
    await page.evaluate(AXE)
    visit.found.axe = await page.evaluate("axe.version")
    await page.evaluate("document.querySelectorAll('details').forEach((details) => details.open = true)")
    for width, size in (("1280", WIDE), ("320", NARROW)):
        await page.set_viewport_size(size)
        await page.emulate_media(color_scheme="dark")
        await visit.rules(f"dark, {width}", "colours")
        await page.emulate_media(color_scheme="light")
        await visit.rules(f"light, {width}")
        await visit.probe(width, "lost", "small", "dense", "over", "unnamed")
    await page.evaluate("document.querySelectorAll('details').forEach((details) => details.open = false)")
    await visit.probe("320, closed", "lost", "small")
    await page.emulate_media(media="print", color_scheme="dark")
    await visit.probe("print", "unprinted")
    await page.emulate_media(media="screen", color_scheme="light", forced_colors="active")
    await visit.probe("forced colours", "colourless")
    await page.emulate_media(forced_colors="none")
    await page.evaluate(_SPACE)
    await visit.probe("320, text spacing", "lost")


async def _look_without_script(visit: _Visit) -> None:
    if await visit.page.locator("html.with-script").count():
        raise RuntimeError(f"/{visit.path} ran its script, though it was to be looked at without.")
    await visit.page.evaluate(PROBES)
    await visit.page.evaluate(AXE)
    for width, size in (("1280", WIDE), ("320", NARROW)):
        await visit.page.set_viewport_size(size)
        await visit.rules(f"light, {width}, without script")
        await visit.probe(f"{width}, without script", "lost", "small")


async def _without_script(route: Route) -> None:
    """Let a page come with a policy that stops its scripts. In a browser without script axe-core stops as well."""
    if route.request.resource_type != "document":
        await route.continue_()
        return
    answer = await route.fetch()
    await route.fulfill(response=answer, headers=answer.headers | {"content-security-policy": "script-src 'none'"})
