"""What the type of a record's field says: which record it holds, which values it can have, what it points at."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator

from pydantic import BaseModel, RootModel
from pydantic.fields import FieldInfo

from macros.fields import RefersTo


def plain_types(hint: object) -> Iterator[object]:
    """The types in a hint, out of unions and `Annotated`; `tuple[...]` and `dict[...]` stay whole."""
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        yield from plain_types(typing.get_args(hint)[0])
    elif origin in (typing.Union, types.UnionType):
        for part in typing.get_args(hint):
            yield from plain_types(part)
    else:
        yield hint


def item_types(hint: object) -> Iterator[object]:
    """The types of what a `tuple` or `dict` in a hint holds."""
    for kind in plain_types(hint):
        if typing.get_origin(kind) in (tuple, dict):
            inside = [part for part in typing.get_args(kind) if part is not Ellipsis]
            yield from plain_types(inside[-1])


def record_in(hint: object) -> type[BaseModel] | None:
    """The record that a field holds, alone or as one of a list."""
    kinds = (*plain_types(hint), *item_types(hint))
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def is_list(hint: object) -> bool:
    """Whether a field holds a list."""
    return any(typing.get_origin(kind) is tuple for kind in plain_types(hint))


def choices(hint: object) -> list[str]:
    """The values that a field can have, if they are a fixed few."""
    kinds = (kind for kind in plain_types(hint) if typing.get_origin(kind) is typing.Literal)
    return [value for kind in kinds for value in typing.get_args(kind)]


def points_at(hint: object) -> str | None:
    """What a field's ids point at, such as `sources` or a vocabulary group."""
    if isinstance(hint, RefersTo):
        return hint.target
    if isinstance(hint, FieldInfo):
        inside = (*hint.metadata, hint.annotation)
    else:
        inside = (*typing.get_args(hint), *getattr(hint, "__metadata__", ()))
    return next((target for part in inside if (target := points_at(part))), None)


def field_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> FieldInfo | None:
    """The definition of the field at a place in a record; for an item, that of the list or group it is in."""
    field: FieldInfo | None = None
    home = one_of(model)
    for part in loc:
        if isinstance(part, str) and home and part in home.model_fields:
            field = home.model_fields[part]
            home = record_in(field.annotation)
        elif isinstance(part, str) and not (field and is_group(field.annotation)):
            return None
    return field


def one_of(model: type[BaseModel]) -> type[BaseModel] | None:
    """The record that a file holds: the model itself, or what a list has of."""
    return record_in(model.model_fields["root"].annotation) if issubclass(model, RootModel) else model


def is_group(hint: object) -> bool:
    """Whether a field holds a group whose names are ids."""
    return any(typing.get_origin(kind) is dict for kind in plain_types(hint))
