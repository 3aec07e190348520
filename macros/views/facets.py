"""Ways to sort a list: groups with values, which a reader can filter by (docs/assets/javascripts/filter/)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class FacetValue:
    """One value that things in a list can have, with how many have it."""

    id: str
    label: str
    count: int
    page: str | None = None
    """The page of those that have it, if there is one."""


@dataclass(frozen=True)
class Facet:
    """One way to sort a list, with all its values."""

    group: str
    label: str
    values: tuple[FacetValue, ...]


def counted(items: Iterable[str]) -> Counter[str]:
    """How many items have each value. An item is `group:value`, each once, with spaces between them."""
    return Counter(value for item in items for value in item.split())
