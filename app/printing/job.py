"""What the printing process is handed: plain data that names a document and everything it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class Enclosed(NamedTuple):
    """A file to attach inside the PDF."""

    name: str
    text: str
    mime: str


@dataclass(frozen=True)
class PrintJob:
    """One document to print.

    ``kind`` is a folder in ``reports/``; ``content`` is JSON data, which the template calls ``doc``. ``date``
    (ISO 8601, or empty) is the date that attachments carry. ``logo``: a ``data:`` URI of the picture that the
    template finds under ``packaged:logo``, or empty.
    """

    kind: str
    language: str
    content: Mapping[str, Any]
    attachments: tuple[Enclosed, ...] = ()
    date: str = ""
    logo: str = ""


def to_json(job: PrintJob) -> dict[str, Any]:
    """Return ``job`` as JSON data."""
    return {
        "kind": job.kind,
        "language": job.language,
        "content": job.content,
        "attachments": [list(enclosed) for enclosed in job.attachments],
        "date": job.date,
        "logo": job.logo,
    }


def from_json(data: Mapping[str, Any]) -> PrintJob:
    """Return the job that :func:`to_json` wrote."""
    return PrintJob(
        kind=data["kind"],
        language=data["language"],
        content=data["content"],
        attachments=tuple(Enclosed(*enclosed) for enclosed in data["attachments"]),
        date=data["date"],
        logo=data["logo"],
    )
