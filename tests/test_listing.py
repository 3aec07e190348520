"""The list of a site's files: a line for each folder, read where somebody asks, and written again as it is."""

from __future__ import annotations

import json

import pytest

from scripts import listing
from scripts.listing import Listed, Listing

FILES = {
    "index.html": Listed(1, "a" * 64),
    "deep/down/index.html": Listed(2, "b" * 64),
    "deep/down/index.html.br": Listed(3, "c" * 64),
    "deep/down/other.gz": Listed(4, "d" * 64),
    'odd "name": {"bytes": /é\\.html': Listed(5, "e" * 64),
}


@pytest.fixture
def lines() -> list[str]:
    """Those of the files above."""
    folders = dict.fromkeys(path.rpartition("/")[0] for path in FILES)
    return [
        listing.line((path, file) for path, file in FILES.items() if path.rpartition("/")[0] == folder)
        for folder in folders
    ]


def test_every_file_is_found_again(lines: list[str]) -> None:
    found = Listing(lines)
    assert found == FILES
    assert len(found) == len(FILES)
    assert list(found.lines) == ["", "deep/down", 'odd "name": {"bytes": ']
    assert list(found.lines.values()) == lines
    assert listing.pages(lines) == 3


def test_the_lines_are_json(lines: list[str]) -> None:
    told = json.loads(f"{{{','.join(lines)}}}")
    assert told == {path: {"bytes": file.bytes, "sha256": file.sha256} for path, file in FILES.items()}


def test_what_is_not_listed_is_not_found(lines: list[str]) -> None:
    found = Listing(lines)
    for path in ("other.html", "deep/index.html", "deep/down", "nowhere/index.html", ""):
        assert path not in found
    assert found.of("nowhere") == {}


def test_a_compressed_form_is_that_of_a_file(lines: list[str]) -> None:
    found = Listing(lines)
    assert found.without_forms("deep/down") == ["deep/down/index.html", "deep/down/other.gz"]


def test_a_list_with_two_lines_for_a_folder_is_none(lines: list[str]) -> None:
    """As an older version of the hub wrote it, with a line for each file."""
    with pytest.raises(ValueError, match="deep/down"):
        Listing([*lines, listing.line([("deep/down/more.html", Listed(1, "f" * 64))])])


def test_of_a_line_that_somebody_spoilt_nothing_is_known(lines: list[str]) -> None:
    found = Listing([lines[0], lines[1].replace("sha256", 'sha"256')])
    assert found.of("deep/down") == {}
    assert "deep/down/index.html" not in found
    assert "index.html" in found
