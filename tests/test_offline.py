"""Keeping pages on a device: only when asked, shown without a network, and deleted at a press."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import serving

KEPT = """async () => {
  if (!(await caches.has("hub-pages"))) return null;
  const names = (await caches.keys()).sort();
  const kept = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return kept.flat().map((request) => request.url);
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(service_workers="allow")
    yield context.new_page()
    context.close()


def turn_on(page: Page, address: str) -> None:
    page.goto(f"{address}take-away/")
    page.get_by_role("button", name="Keep pages on this device").click()
    expect(page.get_by_text("Done. You can now open the templates here without the internet.")).to_be_visible()


def read_and_kept(page: Page, address: str, words: str) -> None:
    """Open a page, and wait until it is kept with these words in it: it is shown first and kept after."""
    page.goto(address)
    page.wait_for_function(
        """async ([address, words]) =>
          (await (await caches.match(address, { cacheName: "hub-read" }))?.text())?.includes(words)""",
        arg=[address, words],
    )


def test_nothing_is_kept_until_somebody_asks(page: Page, address: str) -> None:
    page.goto(f"{address}take-away/")
    expect(page.get_by_role("heading", name="Keep pages on this device")).to_be_visible()
    page.goto(f"{address}guide/")
    assert page.evaluate(KEPT) is None
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_templates_and_what_was_read_open_without_a_network(page: Page, address: str) -> None:
    turn_on(page, address)
    read_and_kept(page, f"{address}lessons/minds/developed-from-lived-experience/", "</html>")
    read = page.get_by_role("heading", level=1).inner_text()
    page.context.set_offline(True)
    page.goto(f"{address}lessons/minds/developed-from-lived-experience/")
    expect(page.get_by_role("heading", level=1)).to_have_text(read)
    page.goto(f"{address}templates/buddy-plan/")
    expect(page.get_by_role("button", name="Save as Word")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as Word").click()
    assert saved.value.path().stat().st_size > 5000
    page.goto(f"{address}search/?q=pay")
    expect(page.locator(".search__results a").first).to_be_visible()
    page.goto(f"{address}guide/ladder/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is not on your device")
    page.context.set_offline(False)
    assert not [kept for kept in page.evaluate(KEPT) if "?" in kept]


def test_with_a_network_nobody_sees_an_old_page(page: Page, site: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(site, tmp_path / "site")
    with serving(copy) as address:
        turn_on(page, address)
        written = copy / "templates" / "buddy-plan" / "index.html"
        written.write_text(written.read_text().replace("</h1>", " (new)</h1>", 1))
        read_and_kept(page, f"{address}templates/buddy-plan/", " (new)</h1>")
        expect(page.get_by_role("heading", level=1)).to_contain_text("(new)")
        page.context.set_offline(True)
        page.reload()
        expect(page.get_by_role("heading", level=1)).to_contain_text("(new)")
        page.context.set_offline(False)


def test_a_newer_worker_takes_over_by_itself(page: Page, site: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(site, tmp_path / "site")
    with serving(copy) as address:
        turn_on(page, address)
        worker = copy / "worker.js"
        worker.write_text(worker.read_text() + "\nself.addEventListener('message',(e)=>e.source.postMessage('new'));\n")
        page.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update())")
        page.wait_for_function(
            """() => new Promise((done) => {
              navigator.serviceWorker.addEventListener("message", ({ data }) => done(data === "new"));
              navigator.serviceWorker.controller?.postMessage("?");
              setTimeout(() => done(false), 200);
            })"""
        )


def test_what_is_read_never_takes_the_place_of_a_template(page: Page, address: str) -> None:
    """Of what was read the oldest goes when there is too much; the templates stand apart from it."""
    turn_on(page, address)
    count = "async () => (await (await caches.open('hub-pages')).keys()).length"
    templates = page.evaluate(count)
    read_and_kept(page, f"{address}guide/", "Guide")
    assert page.evaluate(count) == templates


def test_one_press_deletes_everything(page: Page, address: str) -> None:
    turn_on(page, address)
    assert len(page.evaluate(KEPT)) > 60
    page.reload()
    page.get_by_role("button", name="Turn it off, and delete what is kept").click()
    expect(page.get_by_text("Turned off. Nothing is kept any more.")).to_be_visible()
    page.goto(f"{address}guide/")
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)") == 0


def test_what_is_loaded_while_somebody_turns_it_off_is_not_kept(page: Page, address: str) -> None:
    turn_on(page, address)
    page.reload()
    page.evaluate(
        """async (address) => {
          const wanted = await (await fetch(`${address}offline.json`)).json();
          window.loading = Promise.all(wanted.map((one) => fetch(address + one).then((found) => found.blob())));
          await new Promise((done) => setTimeout(done, 100));
        }""",
        address,
    )
    page.get_by_role("button", name="Turn it off, and delete what is kept").click()
    expect(page.get_by_text("Turned off. Nothing is kept any more.")).to_be_visible()
    page.evaluate("window.loading.then(() => fetch(document.querySelector('link[rel=modulepreload]').href))")
    page.evaluate("fetch('.').then((found) => found.text()).then(() => new Promise((done) => setTimeout(done, 500)))")
    assert page.evaluate(KEPT) is None


def test_what_cannot_be_loaded_is_told_and_can_be_tried_again(page: Page, site: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(site, tmp_path / "site")
    (copy / "templates" / "buddy-plan").rename(copy / "away")
    with serving(copy) as address:
        page.goto(f"{address}take-away/")
        page.get_by_role("button", name="Keep pages on this device").click()
        expect(page.get_by_text("Not all templates could be loaded, so nothing is kept.")).to_be_visible()
        assert page.evaluate(KEPT) is None
        (copy / "away").rename(copy / "templates" / "buddy-plan")
        turn_on(page, address)


def test_without_script_nothing_is_offered(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}take-away/")
    assert page.get_by_role("button", name="Keep pages on this device").count() == 0
    context.close()
