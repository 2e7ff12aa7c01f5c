"""The page of a job: how far it has come, and its product to fetch."""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, Response, jsonify, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.platform.jobs import KEPT, again
from app.site.jobs.reading import content_of, job_with

jobs = Blueprint("jobs", __name__, url_prefix="/jobs")


@jobs.get("/<public:public_id>")
def job(public_id: str) -> str:
    """Show what is made, how far it has come, and the way to the file."""
    return render_template("site/jobs/page.html", shown=job_with(public_id), days=KEPT.days)


@jobs.get("/<public:public_id>/status.json")
def status(public_id: str) -> Response:
    """Tell the page's script how far the job has come."""
    shown = job_with(public_id)
    return jsonify(state=shown.job.state, done=shown.job.done, total=shown.job.total, how_far=shown.how_far)


@jobs.get("/<public:public_id>/file")
def file(public_id: str) -> AnyResponse:
    """Give the product."""
    job = job_with(public_id).job
    content = BytesIO(content_of(job))
    response = send_file(content, job.mime, as_attachment=True, download_name=job.file_name, etag=False)
    response.headers["Cache-Control"] = "no-store"  # names and what was written about people
    return response


@jobs.post("/<public:public_id>/again")
def try_again(public_id: str) -> AnyResponse:
    """Begin a failed job once more, or one whose file was cleared away."""
    if not again(public_id):
        job_with(public_id)  # 404 where there is none; any other is left as it is
    return redirect(url_for(".job", public_id=public_id), 303)
