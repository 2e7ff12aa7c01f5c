"""The kinds of items: one class per kind, registered by its name.

A new kind is one module in this folder: every module here is imported, and each class decorated with
``@register`` becomes part of the format.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Union

from pydantic import Field

from app.engine.items.base import KINDS, BaseItem, InvalidAnswer, ScoredItem, Table, Value, register

for _module in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

if TYPE_CHECKING:
    Item = BaseItem
else:
    Item = Annotated[Union[tuple(KINDS.values())], Field(discriminator="kind")]  # noqa: UP007

__all__ = ["KINDS", "BaseItem", "InvalidAnswer", "Item", "ScoredItem", "Table", "Value", "register"]
