"""What a backup says about itself: when it was made, by which Overvej, and what should be in it."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from app.data.backups import refused

FAMILY = "overvej-backup/"
FORMAT: Final = "overvej-backup/1"
FILE_NAME = "manifest.json"


class Part(BaseModel):
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
    tables: dict[str, Part]


class Kind(BaseModel):
    """No more than what tells a backup from any other file, whatever else it says."""

    format: str


def read_manifest(content: bytes) -> Manifest:
    """Return what ``content`` says. Raises :class:`app.data.backups.refused.Refused`."""
    try:
        kind = Kind.model_validate_json(content).format
    except ValidationError:
        raise refused.foreign() from None
    if not kind.startswith(FAMILY):
        raise refused.foreign()
    if kind != FORMAT:
        raise refused.newer()
    try:
        return Manifest.model_validate_json(content)
    except ValidationError:
        raise refused.damaged(FILE_NAME) from None
