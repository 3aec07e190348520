"""Everyone can use it: every page in every state, by keyboard, on paper, with the colours that a reader needs.

What these tests did is what the accessibility statement says (case_studies/_shared/tested.yml).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
import yaml
from playwright.sync_api import Browser, Page

from tests.conftest import ROOT
from tests.survey import Survey, survey

pytestmark = pytest.mark.timeout(1200)  # seconds; the walk through all pages takes minutes on two cores

TESTED = ROOT / "case_studies" / "_shared" / "tested.yml"
EVERY_PAGE = "On every page"

KINDS_OF_PAGES = (
    "",
    "404.html",
    "case-studies/",
    "case-studies/minds/",
    "lessons/origin/went-wrong/",
    "lessons/minds/co-produced-and-co-led/",
    "guide/",
    "guide/power/",
    "dictionary/",
    "search/",
    "accessibility/",
    "easy-read/lets-talk-literacy/",
)


@pytest.fixture(scope="module")
def found(site: Path, address: str) -> Survey:
    """What the walk through all pages found."""
    return survey(site, address)


@pytest.mark.parametrize(
    "what", ["axe", "lost", "small", "dense", "over", "unnamed", "unprinted", "colourless"], ids=lambda what: what
)
def test_no_page_has_a_fault(what: str, found: Survey) -> None:
    assert found.pages > 150
    assert found.faults[what] == []


def test_the_survey_finds_faults_where_there_are_some(tmp_path: Path) -> None:
    pass
