"""The files that the page on open data offers."""

from __future__ import annotations

from dataclasses import dataclass

from macros.collection import Collection
from macros.exports import citing, feeds, plain
from macros.exports.published import counts
from macros.exports.shape import FILES, FOLDER, TABLES
from macros.views import lists
from macros.views.links import Link
from macros.views.lists import SourceRow


@dataclass(frozen=True)
class DataOffer:
    """A file of the data, its schema, and the same as a table if there is one."""

    name: str
    count: int
    path: str
    schema: str
    table: str | None


@dataclass(frozen=True)
class OtherOffer:
    """Another file that other programs read."""

    label: str
    path: str


@dataclass(frozen=True)
class Offers:
    """What the page shows."""

    data: tuple[DataOffer, ...]
    codebook: str
    others: tuple[OtherOffer, ...]


@dataclass(frozen=True)
class SourceOffer:
    """A work that the hub cites, with its citation as files."""

    row: SourceRow
    files: tuple[Link, ...]


def sources(collection: Collection) -> tuple[SourceOffer, ...]:
    """Every work that the hub cites, in the order of the list."""
    return tuple(SourceOffer(row, citing.files_of_source(row.id)) for row in lists.sources(collection))


def files(collection: Collection) -> Offers:
    """Every file, by its path below the top of the site."""
    held = counts(collection)
    return Offers(
        data=tuple(
            DataOffer(
                name,
                held[name],
                f"{FOLDER}/{name}.json",
                f"{FOLDER}/{name}.schema.json",
                f"{FOLDER}/{name}.csv" if name in TABLES else None,
            )
            for name in FILES
        ),
        codebook=f"{FOLDER}/codebook.csv",
        others=(
            OtherOffer("All citations, BibTeX", f"{citing.ALL}.bib"),
            OtherOffer("All citations, RIS", f"{citing.ALL}.ris"),
            OtherOffer("All citations, CSL JSON", f"{citing.ALL}.csl.json"),
            OtherOffer("New and changed, as an Atom feed", feeds.ATOM),
            OtherOffer("New and changed, as a JSON Feed", feeds.JSON),
            OtherOffer("The pages as plain text, listed for other programs", plain.LIST),
        ),
    )
