"""What search engines and people who share an address are given, once the hub has an address."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import etree, html
from PIL import Image

from macros import made_pages
from macros.collection import Collection
from macros.downloads import preview
from macros.exports import sitemap
from macros.views.links import ADDRESS_VARIABLE, address
from tests.conftest import hub

HERE = "https://hub.example/"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(scope="module")
def on_the_web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hub as it is built for an address on the web."""
    to = tmp_path_factory.mktemp("web") / "site"
    done = hub("build", "--to", str(to), HUB_ADDRESS=HERE)
    assert done.returncode == 0, done.stderr
    return to


def test_a_hub_without_an_address_names_none(site: Path) -> None:
    assert (site / "robots.txt").read_text() == "User-agent: *\nAllow: /\n"
    assert not (site / "sitemap.xml").exists()
    assert not (site / preview.FOLDER).exists()
    assert "og:" not in (site / "index.html").read_text()


def test_the_list_of_pages_has_each_page_once_with_the_day_of_its_record(on_the_web: Path, real: Collection) -> None:
    assert "Sitemap: https://hub.example/sitemap.xml\n" in (on_the_web / "robots.txt").read_text()
    listed = etree.parse(on_the_web / "sitemap.xml")
    addresses = listed.xpath("//s:loc/text()", namespaces=NAMES)
    assert len(addresses) == len(set(addresses))
    assert {f"{HERE}{address(page)}" for page in made_pages.own_titles(real)} == set(addresses)
    day = listed.xpath(f"string(//s:url[s:loc='{HERE}case-studies/minds/']/s:lastmod)", namespaces=NAMES)
    assert day == real.cases["minds"].updated.isoformat()


def test_a_long_list_of_pages_is_cut(real: Collection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ADDRESS_VARIABLE, HERE)
    monkeypatch.setattr(sitemap, "MOST", 100)
    made = sitemap.files(real)
    lists = etree.fromstring(made["sitemap.xml"].encode()).xpath("//s:loc/text()", namespaces=NAMES)
    assert lists == [f"{HERE}sitemap-{number}.xml" for number in range(1, len(lists) + 1)]
    pages = [
        page
        for name in lists
        for page in etree.fromstring(made[name.removeprefix(HERE)].encode()).xpath("//s:loc/text()", namespaces=NAMES)
    ]
    assert len(pages) == len(made_pages.own_titles(real)) > 200


def test_every_page_names_its_address_and_its_picture(on_the_web: Path, real: Collection) -> None:
    for page, title in made_pages.own_titles(real).items():
        read = html.document_fromstring((on_the_web / address(page) / "index.html").read_text())
        assert read.xpath("//link[@rel='canonical']/@href") == [f"{HERE}{address(page)}"]
        assert read.xpath("//meta[@property='og:url']/@content") == [f"{HERE}{address(page)}"]
        assert read.xpath("//meta[@property='og:title']/@content") == [title]
        (picture,) = read.xpath("//meta[@property='og:image']/@content")
        assert (on_the_web / picture.removeprefix(HERE)).is_file(), page


def test_a_picture_has_the_size_that_is_asked_for_and_something_on_it(on_the_web: Path) -> None:
    pictures = sorted((on_the_web / preview.FOLDER).rglob("*.png"))
    assert len(pictures) > 80
    for path in pictures:
        with Image.open(io.BytesIO(path.read_bytes())) as image:
            assert image.size == (preview.WIDTH, preview.HEIGHT)
            grey = image.convert("L")
            assert darkest(grey, (0, 300, preview.WIDTH, preview.HEIGHT - 40)) < 60, f"{path}: no title"
            assert darkest(grey, (0, preview.HEIGHT - 40, preview.WIDTH, preview.HEIGHT)) > 200, f"{path}: too long"
            assert darkest(grey, (preview.WIDTH - 60, 0, preview.WIDTH, preview.HEIGHT)) > 200, f"{path}: too wide"


def darkest(grey: Image.Image, part: tuple[int, int, int, int]) -> int:
    """The darkest sign in a part of a picture: 0 is black."""
    return min(grey.crop(part).tobytes())


def test_a_lesson_has_the_picture_of_what_it_is_part_of(real: Collection) -> None:
    lesson = real.cases["minds"].lessons[0].id
    assert preview.of_page(real, f"lessons/minds/{lesson}.md") == "previews/case-studies/minds.png"
    assert preview.of_page(real, "lessons/origin/went-wrong.md") == "previews/lessons.png"
    assert preview.of_page(real, "index.md") == "previews/index.png"
