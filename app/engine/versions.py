"""Version numbers of questionnaires, as in semver: three whole numbers."""

from __future__ import annotations


def version_numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version such as ``1.10.0``; a newer version has the greater ones."""
    return tuple(int(part) for part in version.split("."))
