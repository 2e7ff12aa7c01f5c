"""What there is to say of a job. Nothing here writes, and nothing but the file reads its content."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort
from sqlalchemy import func, select

from app.platform.database import db
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.platform.jobs import KINDS, Job
from app.wording.figures import thousands


@dataclass(frozen=True)
class JobShown:
    """A job as its page shows it. ``size``: bytes of the product, 0 where there is none (any more)."""

    job: Job
    title: str
    back: str
    size: int

    @property
    def is_over(self) -> bool:
        """Whether it is done or has failed."""
        return self.job.state in ("done", "failed")

    @property
    def is_cleared(self) -> bool:
        """Whether it was done so long ago that the file is gone."""
        return self.job.state == "done" and not self.size

    @property
    def how_far(self) -> str:
        """How far it is, in a sentence."""
        if self.job.state == "waiting":
            return _("It waits for its turn.")
        if self.job.state == "running" and self.job.total:
            return _("%(done)s of %(total)s", done=_grouped(self.job.done), total=_grouped(self.job.total))
        if self.job.state == "running":
            return _("It has begun.")
        return _("It did not succeed.") if self.job.state == "failed" else _("It is ready.")

    @property
    def size_in_words(self) -> str:
        """The product's size, as a person says it."""
        if self.size < 1_000_000:
            return f"{max(1, round(self.size / 1000))} KB"
        return f"{_grouped(round(self.size / 1_000_000))} MB"


def job_with(public_id: str) -> JobShown:
    """Return the job with this id; 404 where there is none."""
    row = db.session.execute(
        select(Job, func.length(Job.content)).where(Job.public_id == public_id)
    ).one_or_none()
    if row is None:
        abort(404)
    job, size = row
    kind = KINDS.get(job.kind)
    return JobShown(job, (kind.title() if kind else "") or _("A file"), kind.back if kind else "", size or 0)


def content_of(job: Job) -> bytes:
    """Return the product of a job; 404 where there is none (any more)."""
    found = db.session.execute(
        select(Job.content).where(Job.id == job.id, Job.state == "done", Job.content.is_not(None))
    ).scalar_one_or_none()
    return abort(404) if found is None else found


def _grouped(number: int) -> str:
    return thousands(number, language())
