"""The pack, unzipped and opened from its folder in a real browser with the network off."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from macros.collection import Collection
from macros.downloads import pack
from tests.conftest import hub
from tests.test_filter import choose, having, shown


@pytest.fixture(scope="session")
def unpacked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that comes out of the pack."""
    to = tmp_path_factory.mktemp("pack")
    with zipfile.ZipFile(site / pack.PATH) as zip_:
        zip_.extractall(to)
    return to / pack.NAME


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without a network. A script error or a refused load fails the test."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert not said


def test_every_link_in_the_pack_leads_to_a_file_of_the_pack(unpacked: Path) -> None:
    pages = {path: html.document_fromstring(path.read_bytes()) for path in unpacked.rglob("*.html")}
    ids = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    for path, page in pages.items():
        for target in page.xpath("//@href | //@src | //@action"):
            address, anchor = urldefrag(target)
            if urlsplit(address).scheme or target in {"", "#"}:
                continue
            there = (path.parent / unquote(before)).resolve() if (before := address.partition("?")[0]) else path
            assert there.is_file(), f"{path}: {target}"
            if anchor and there.suffix == ".html":
                assert anchor in ids[there], f"{path}: {target}"


def test_searching(page: Page, unpacked: Path) -> None:
    page.goto((unpacked / "index.html").as_uri())
    page.get_by_role("searchbox").fill("safegaurding")
    page.get_by_role("searchbox").press("Enter")
    first = page.locator(".search__results a").first
    expect(first).to_be_visible()
    expect(page.locator("[data-corrected]")).to_contain_text("safeguarding")
    page.get_by_role("searchbox").fill("pay")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("heading", name=re.compile("results for .pay"))).to_be_focused()
    title = first.inner_text()
    first.click()
    expect(page.locator("main")).to_contain_text(title)


def test_filtering(page: Page, unpacked: Path, real: Collection) -> None:
    page.goto((unpacked / "index.html").as_uri())
    page.get_by_role("link", name="Lessons", exact=True).first.click()
    choose(page, "origin:went-wrong")
    assert shown(page) == having(real, {"origin:went-wrong"})
    assert page.url.endswith("index.html?origin=went-wrong")
    page.go_back()
    expect(page.locator(".results > li:visible")).to_have_count(real.lessons)


def test_filling_in(page: Page, unpacked: Path, tmp_path: Path) -> None:
    page.goto((unpacked / "templates" / "index.html").as_uri())
    page.locator("main h3 a").first.click()
    field = page.locator("form.template [type=text], form.template textarea").first
    field.fill("Tuesday, after lunch")
    with page.expect_download() as saving:
        page.get_by_role("button", name="Save as Word").click()
    saved = tmp_path / saving.value.suggested_filename
    saving.value.save_as(saved)
    assert "Tuesday, after lunch" in hub("read", str(saved)).stdout


def test_the_protocol_is_saved_in_every_form(page: Page, unpacked: Path, tmp_path: Path) -> None:
    page.goto((unpacked / "plan" / "index.html").as_uri())
    page.locator("form.protocol textarea").first.fill("All of us, on Tuesdays")
    for button in ("Save as Word", "Save as OpenDocument"):
        with page.expect_download() as saving:
            page.get_by_role("button", name=button).click()
        saved = tmp_path / saving.value.suggested_filename
        saving.value.save_as(saved)
        assert "All of us, on Tuesdays" in hub("read", str(saved)).stdout
