"""Lists that are longer than a page: which part of them is shown, and the ways to the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from sqlalchemy import Select, func, select

from app.platform.database import db

PER_PAGE = 50


@dataclass(frozen=True)
class ListPage:
    """One page of a list: its ``rows``, how many there are in all, and its number, counted from 1.

    ``anchor``: the id of the list, on a page that shows more than the list; ``""`` for the page's top.
    """

    rows: Sequence[Any]
    total: int
    number: int
    per_page: int = PER_PAGE
    anchor: str = ""

    @property
    def pages(self) -> int:
        """How many pages there are; an empty list has one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def first(self) -> int:
        """The number of the first row shown, ``0`` in an empty list."""
        return (self.number - 1) * self.per_page + 1 if self.total else 0

    @property
    def last(self) -> int:
        """The number of the last row shown."""
        return min(self.number * self.per_page, self.total)

    @property
    def previous(self) -> str:
        """The address of the page before, ``""`` for none."""
        return self._address(self.number - 1) if self.number > 1 else ""

    @property
    def following(self) -> str:
        """The address of the page after, ``""`` for none."""
        return self._address(self.number + 1) if self.number < self.pages else ""

    def _address(self, number: int) -> str:
        """Return the address of another page of this list, with the same search."""
        kept = {name: value for name, value in request.args.items() if name != "page" and value}
        values = {**(request.view_args or {}), **kept}
        return url_for(request.endpoint or "", **values, page=number, _anchor=self.anchor or None)


def list_page(
    wanted: Select[Any],
    shown: Callable[[Select[Any]], Select[Any]],
    *,
    anchor: str = "",
    total: int | None = None,
) -> ListPage:
    """Return the page that the address asks for of an ordered list; three queries, however long it is.

    ``wanted`` selects the numbers of its rows, each once, and joins no more than it needs to find them: so
    they are counted and passed over in an index. ``shown`` returns it with all that a row is made of.
    ``total``: how many rows there are, where that is known already; it saves one of the three.

    A page that cannot be read, or lies past the end, is the nearest that there is.
    """
    if total is None:
        total = count_of(wanted)
    last = max(1, -(-total // PER_PAGE))
    number = min(max(_asked(), 1), last)
    rows = some_of(wanted, shown, PER_PAGE, (number - 1) * PER_PAGE) if total else []
    return ListPage(rows, total, number, PER_PAGE, anchor)


def some_of(
    wanted: Select[Any], shown: Callable[[Select[Any]], Select[Any]], most: int | None, passed: int = 0
) -> Sequence[Any]:
    """Return ``most`` rows of a list after the first ``passed``; see :func:`list_page`. Two queries."""
    ids = db.session.execute(wanted.limit(most).offset(passed)).scalars().all()
    (number,) = wanted.selected_columns
    return db.session.execute(shown(wanted.where(number.in_(ids)))).all() if ids else []


def count_of(wanted: Select[Any]) -> int:
    """Return how many rows a list has; see :func:`list_page`."""
    counted = select(func.count()).select_from(wanted.order_by(None).subquery())
    return db.session.execute(counted).scalar_one()


def list_page_in_memory(rows: Sequence[Any], per_page: int = PER_PAGE) -> ListPage:
    """Return the page that the address asks for of what is in memory already."""
    last = max(1, -(-len(rows) // per_page))
    number = min(max(_asked(), 1), last)
    return ListPage(rows[(number - 1) * per_page : number * per_page], len(rows), number, per_page)


def _asked() -> int:
    written = request.args.get("page", "1")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 7 else 1
