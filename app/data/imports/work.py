"""The import of a zip as a job: it may take minutes, and says how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.data.imports.importing import Outcome, import_many
from app.data.imports.zips import ZipRefused, entries, unpacked
from app.platform.i18n import gettext as _
from app.platform.jobs import JobFailed, Product, Progress, register, uploaded_file

IMPORT = "import"


def register_jobs() -> None:
    """Make the job known."""
    register(IMPORT, import_zip, lambda: _("Answers files brought in"), "exports.all_data")


def import_zip(parameters: Mapping[str, Any], _language: str, progress: Progress) -> Product:
    """Import the zip that was uploaded for this job; the product is a list of what was refused."""
    content = uploaded_file()
    if not content:
        raise JobFailed(_("The zip was cleared away after some days. Choose it once more."))
    try:
        total = len(entries(content))
    except ZipRefused as refused:
        raise JobFailed(str(refused)) from None
    outcome = Outcome()
    for done in import_many(unpacked(content), str(parameters.get("actor", "")), outcome):
        progress(done, total)
    return _report(outcome)


def _report(outcome: Outcome) -> Product:
    lines = [*outcome.sentences, "", *(line for lines in outcome.refused for line in lines)]
    # With the mark, so that every editor on Windows reads it as UTF-8.
    text = "\r\n".join(lines).rstrip() + "\r\n"
    return Product(
        _("import.txt"), "text/plain; charset=utf-8", text.encode("utf-8-sig"), " ".join(outcome.sentences)
    )
