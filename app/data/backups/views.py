"""Backups: take one, and restore one after a look at what it holds."""

from __future__ import annotations

import errno
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.data.backups import operations
from app.data.backups.answering import held
from app.data.backups.archive import opened, tells_answers
from app.data.backups.bringing import bring
from app.data.backups.contents import counts_beside, titled_counts
from app.data.backups.kept import NotWaiting, folder, forget_waiting, kept, new_waiting, taken_up, waiting
from app.data.backups.refused import Refused
from app.data.backups.taking import take_into
from app.platform import errors
from app.platform.actor import current_actor
from app.platform.database import now
from app.platform.i18n import gettext as _

LARGEST_UPLOAD = 1024 * 1024 * 1024
ZIP = "application/zip"

Reply = str | Response | AnyResponse | tuple[str, int]

backups = Blueprint("backups", __name__, url_prefix="/backups")


@backups.url_value_preprocessor
def let_a_backup_in(endpoint: str | None, values: object) -> None:
    """Allow larger uploads than elsewhere. This must happen before anything reads the form."""
    request.max_content_length = LARGEST_UPLOAD


@backups.errorhandler(OSError)
def not_written(error: OSError) -> errors.ErrorPage:
    """Say what to do where the disk is full, or may not be written on."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        text = _("The disk is full. Make room where Overvej keeps its data, and try again.")
    else:
        text = _("Nothing can be written in the backup folder where Overvej keeps its data.")
    return errors.error_page(503, _("Nothing was backed up or restored"), text)


@backups.get("")
def page() -> Reply:
    """Show how to take a backup and how to restore one."""
    return _page()


@backups.get("/overvej-backup.zip")
def download() -> Reply:
    """Take a backup of everything as it is now, and give it."""
    # A file without a name: it is gone when it has been sent, or when the server is killed.
    file = tempfile.TemporaryFile(dir=folder())  # noqa: SIM115 - closed when it has been sent
    try:
        take_into(file, current_actor())
        size = file.tell()
        file.seek(0)
        name = f"overvej-{now().astimezone():%Y-%m-%d-%H%M}.zip"
        response = send_file(file, ZIP, as_attachment=True, download_name=name)
        response.content_length = size
        return response
    except Refused:
        file.close()
        return _page(), 409  # which says why
    except BaseException:
        file.close()
        raise


@backups.get("/kept/<name>")
def kept_file(name: str) -> Reply:
    """Give what was kept before a restore."""
    found = next((path for path in kept() if path.name == name), None) or abort(404)
    try:
        is_telling = tells_answers(found)
    except Refused as refused:
        return _page(str(refused)), 400
    if is_telling:
        text = _(
            "It was kept while a workshop was under way, so it tells who said what there. "
            "It cannot be fetched here. It lies in the data folder, until five newer ones have been kept."
        )
        return errors.error_page(409, _("This backup stays where it is"), text)
    return send_file(found.resolve(), ZIP, as_attachment=True)


@backups.post("")
def bring_in() -> Reply:
    """Check a backup that somebody brings, all of it, and keep it until they say yes."""
    forget_waiting()
    file = request.files.get("file")
    if not file or not file.filename:
        return _page(_("Choose a file first.")), 400
    name = new_waiting()
    try:
        with tempfile.TemporaryDirectory(dir=folder(), prefix="upload-") as place:
            path = Path(place) / "backup.zip"
            file.save(path)
            bring(path, waiting(name))
    except Refused as refused:
        return _page(str(refused)), 400
    return redirect(url_for(".confirm", name=name), 303)


@backups.get("/<public:name>")
def confirm(name: str) -> Reply:
    """Show what is in the backup and what it would replace, and ask once more."""
    with opened(_waiting(name)) as (_archive, manifest):
        return render_template(
            "data/backups/confirm.html", name=name, manifest=manifest, counts=counts_beside(manifest)
        )


@backups.post("/<public:name>")
def restore(name: str) -> Reply:
    """Replace everything with the backup, or let it be."""
    try:
        with taken_up(name) as path:
            if request.form.get("go") == "restore":
                operations.restore(path, current_actor())
                flash(_("The backup was restored. What was here before is kept below."))
    except NotWaiting:
        flash(_("This backup waits no more: it was restored, is being restored just now, or was removed."))
    except Refused as refused:
        return _page(str(refused)), 400
    return redirect(url_for(".page"), 303)


def _page(problem: str = "") -> str:
    return render_template(
        "data/backups/page.html", problem=problem, counts=titled_counts(), kept=_kept(), held=held()
    )


def _kept() -> list[tuple[str, datetime]]:
    """Return the name of each kept backup, and when it was kept."""
    return [(path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)) for path in kept()]


def _waiting(name: str) -> Path:
    path = waiting(name)
    return path if path.is_file() else abort(404)
