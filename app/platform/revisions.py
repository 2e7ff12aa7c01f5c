"""The revisions that the tables can have, one for each migration."""

from __future__ import annotations

from pathlib import Path

MIGRATIONS = Path(__file__).parent / "migrations"


def revisions() -> list[str]:
    """Return the revisions that tables can have here, oldest first: how the migrations' files begin."""
    return sorted(path.name.partition("_")[0] for path in MIGRATIONS.glob("[0-9]*_*.py"))
