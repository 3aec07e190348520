"""Tables in pages: caption, header cells with their scope, a region that scrolls by keyboard."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from markdown import markdown

from macros.page_checks import MARKDOWN_EXTENSIONS

TABLE = "| Name | Count |\n|---|---|\n| Ann | 1 |\n| Bo | 2 |\n"


def made(text: str) -> ElementTree.Element:
    """What the site makes of a page's text."""
    html = markdown(text, extensions=[*MARKDOWN_EXTENSIONS, "macros.tables"])
    return ElementTree.fromstring(f"<main>{html}</main>")  # noqa: S314  (our own text)


@pytest.mark.parametrize(
    ("above", "caption"),
    [
        ("Table: Who *came*\n\n", "Who came"),
        ("## Who came\n\nSome words.\n\n", "Who came"),
        ("# People\n\n## Who came\n\n", "Who came"),
    ],
)
def test_a_table_has_caption_scopes_and_a_region(above: str, caption: str) -> None:
    page = made(above + TABLE)
    region = page.find("./div[@role='region']")
    assert region is not None
    assert region.get("tabindex") == "0"
    table = region.find("table")
    assert table is not None
    named = table[0]
    assert (named.tag, "".join(named.itertext()), named.get("id")) == (
        "caption",
        caption,
        region.get("aria-labelledby"),
    )
    assert [cell.get("scope") for cell in table.iterfind(".//th")] == ["col", "col", "row", "row"]
    assert "Table:" not in "".join(page.itertext())


def test_a_paragraph_before_a_table_stays_if_it_is_no_caption() -> None:
    page = made("# People\n\nSome words.\n\n" + TABLE)
    assert [part.text for part in page.iterfind("p")] == ["Some words."]
