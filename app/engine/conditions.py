"""Conditions as plain data: ``{"item": "prior-activity", "is": "none"}`` under ``all``, ``any`` and ``not``.

They are three-valued (Kleene): ``True``, ``False``, or ``None`` where an unknown answer decides.
"""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

TESTS = ("is_", "in_", "at_least", "at_most", "answered")
GROUPS = ("all_", "any_", "not_")


class Condition(BaseModel):
    """Either one test of one item, or ``all`` / ``any`` / ``not`` of other conditions."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    item: str | None = None
    is_: int | float | str | None = Field(None, alias="is")
    in_: tuple[int | float | str, ...] | None = Field(None, alias="in", min_length=1)
    at_least: int | float | str | None = None
    at_most: int | float | str | None = None
    answered: bool | None = None
    all_: tuple[Condition, ...] | None = Field(None, alias="all", min_length=1)
    any_: tuple[Condition, ...] | None = Field(None, alias="any", min_length=1)
    not_: Condition | None = Field(None, alias="not")

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        groups = [name for name in GROUPS if getattr(self, name) is not None]
        tests = [name for name in TESTS if getattr(self, name) is not None]
        if (self.item is None) == (not groups) or len(groups) > 1 or (groups and tests):
            raise ValueError("condition_shape")
        if self.item is not None and len(tests) != 1:
            raise ValueError("condition_one_test")
        return self

    @property
    def parts(self) -> tuple[Condition, ...]:
        """The conditions directly inside this one."""
        return self.all_ or self.any_ or ((self.not_,) if self.not_ else ())

    @property
    def literals(self) -> tuple[Any, ...]:
        """The answers that this test names; empty for ``answered`` and for groups."""
        if self.in_ is not None:
            return self.in_
        return tuple(x for x in (self.is_, self.at_least, self.at_most) if x is not None)

    def leaves(self) -> list[Condition]:
        """Return the single tests inside, in order."""
        if self.item is not None:
            return [self]
        return [leaf for part in self.parts for leaf in part.leaves()]
