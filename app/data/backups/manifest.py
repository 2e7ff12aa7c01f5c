"""A backup's manifest: when it was made, by which version of Overvej, and what should be in it."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from app.data.backups import refusals

FAMILY = "overvej-backup/"
FORMAT: Final = "overvej-backup/1"
FILE_NAME = "manifest.json"


class TableFile(BaseModel):
    """One table's file: how many rows it has, one on a line, and its SHA-256."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rows: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """The whole backup. ``revision``: the database's. ``by``: who took it, ``""`` where nobody said."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal["overvej-backup/1"] = FORMAT
    overvej: str = Field(max_length=50)
    revision: str = Field(pattern=r"^[0-9a-z]{1,40}$")
    date: AwareDatetime
    by: str = Field("", max_length=200)
    tables: dict[str, TableFile]


class Kind(BaseModel):
    """Just enough to tell a backup from any other file, whatever else it says."""

    format: str


def read_manifest(content: bytes) -> Manifest:
    """Return what ``content`` says. Raises :class:`app.data.backups.refusals.BackupRefused`."""
    try:
        kind = Kind.model_validate_json(content).format
    except ValidationError:
        raise refusals.foreign() from None
    if not kind.startswith(FAMILY):
        raise refusals.foreign()
    if kind != FORMAT:
        raise refusals.newer()
    try:
        return Manifest.model_validate_json(content)
    except ValidationError:
        raise refusals.damaged(FILE_NAME) from None
