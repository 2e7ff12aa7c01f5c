"""The first thing in an export: what it is, and what is left out."""

from __future__ import annotations

from app.data.exports.columns import moment_cell
from app.data.exports.reading import in_the_bin
from app.data.exports.table import Cell, Column, Table
from app.organisation.reading import current
from app.platform.database import now
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext


def about(*, persons: bool) -> Table[tuple[str, Cell]]:
    """Return the table that says what the export holds."""
    rows: list[tuple[str, Cell]] = [
        (_("Library"), current().name),
        (_("The file was made"), moment_cell(now())),
        (_("Left out"), _bin_words()),
        (_("Contact persons"), _person_words(persons=persons)),
    ]
    columns: list[Column[tuple[str, Cell]]] = [
        Column(_("What"), lambda row: row[0]),
        Column(_("What there is to know"), lambda row: row[1], wide=True),
    ]
    return Table(_("About the file"), columns, len(rows), lambda: ([row] for row in rows))


def _bin_words() -> str:
    binned = in_the_bin()
    if not binned:
        return _("Nothing: no assessment lies in the bin.")
    return ngettext(
        "%(num)s assessment that lies in the bin, with its answers and decisions.",
        "%(num)s assessments that lie in the bin, with their answers and decisions.",
        binned,
    )


def _person_words(*, persons: bool) -> str:
    if persons:
        return _("They are in the file. Keep it where only those can reach it who may read it.")
    return _("They are left out. Somebody may still be named in what was written freely.")
