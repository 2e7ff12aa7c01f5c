"""Backups: take one, and restore one after a look at what it holds."""

from __future__ import annotations

import errno
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.data.backups import operations
from app.data.backups.archive import opened, tells_answers
from app.data.backups.backup import back_up_into
from app.data.backups.contents import counts_beside, titled_counts
from app.data.backups.kept import NotWaiting, claimed, folder, kept, new_waiting, remove_old_waiting, waiting
from app.data.backups.refusals import BackupRefused
from app.data.backups.trial import trial_restore
from app.data.backups.under_way import workshops_under_way
from app.platform import errors
from app.platform.actor import current_actor
from app.platform.database import now
from app.platform.files import ZIP_TYPE
from app.platform.i18n import gettext as _

Reply = str | Response | AnyResponse | tuple[str, int]

backups = Blueprint("backups", __name__, url_prefix="/backups")


@backups.errorhandler(OSError)
def not_written(error: OSError) -> errors.ErrorPage:
    """Say what to do when the disk is full or cannot be written to."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        text = _("The disk is full. Make room where Overvej keeps its data, and try again.")
    else:
        text = _("Nothing can be written in the backup folder where Overvej keeps its data.")
    return errors.error_page(503, _("Nothing was backed up or restored"), text)


@backups.get("")
def all_backups() -> Reply:
    """Show how to take a backup and how to restore one."""
    return _page()


@backups.get("/overvej-backup.zip")
def download() -> Reply:
    """Take a backup of everything as it is now, and send it."""
    # A file without a name: it is gone once it has been sent, or if the server is killed.
    file = tempfile.TemporaryFile(dir=folder())  # noqa: SIM115 - closed when it has been sent
    try:
        back_up_into(file, current_actor())
        size = file.tell()
        file.seek(0)
        name = f"overvej-{now().astimezone():%Y-%m-%d-%H%M}.zip"
        response = send_file(file, ZIP_TYPE, as_attachment=True, download_name=name)
        response.content_length = size
        return response
    except BackupRefused:
        file.close()
        return _page(), 409  # which says why
    except BaseException:
        file.close()
        raise


@backups.get("/kept/<name>")
def kept_file(name: str) -> Reply:
    """Send one of the backups that were kept before a restore."""
    found = next((path for path in kept() if path.name == name), None) or abort(404)
    try:
        is_telling = tells_answers(found)
    except BackupRefused as refused:
        return _page(str(refused)), 400
    if is_telling:
        text = _(
            "It was kept while a workshop was under way, so it tells who said what there. "
            "It cannot be fetched here. It lies in the data folder, until five newer ones have been kept."
        )
        return errors.error_page(409, _("This backup stays where it is"), text)
    return send_file(found.resolve(), ZIP_TYPE, as_attachment=True)


@backups.post("")
def upload() -> Reply:
    """Check the whole of an uploaded backup, and keep it until its owner confirms the restore."""
    remove_old_waiting()
    file = request.files.get("file")
    if not file or not file.filename:
        return _page(_("Choose a file first.")), 400
    name = new_waiting()
    try:
        with tempfile.TemporaryDirectory(dir=folder(), prefix="upload-") as place:
            path = Path(place) / "backup.zip"
            file.save(path)
            trial_restore(path, waiting(name))
    except BackupRefused as refused:
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
    """Replace everything with the backup, or leave things as they are."""
    try:
        with claimed(name) as path:
            if request.form.get("go") == "restore":
                operations.restore(path, current_actor())
                flash(_("The backup was restored. What was here before is kept below."))
    except NotWaiting:
        flash(_("This backup waits no more: it was restored, is being restored just now, or was removed."))
    except BackupRefused as refused:
        return _page(str(refused)), 400
    return redirect(url_for(".all_backups"), 303)


def _page(problem: str = "") -> str:
    return render_template(
        "data/backups/page.html",
        problem=problem,
        counts=titled_counts(),
        kept=_kept(),
        workshops=workshops_under_way(),
    )


def _kept() -> list[tuple[str, datetime]]:
    """Return the name of each kept backup, and when it was kept."""
    return [(path.name, datetime.fromtimestamp(path.stat().st_mtime, UTC)) for path in kept()]


def _waiting(name: str) -> Path:
    path = waiting(name)
    return path if path.is_file() else abort(404)
