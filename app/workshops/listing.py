"""Lists of workshops, a page at a time. Nothing here writes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import defer

from app.assessments.models import Assessment
from app.assessments.subject import AboutProposal
from app.definitions.models import Definition
from app.definitions.reading import questionnaire_with
from app.engine.definition import Questionnaire
from app.partners.models import Partner
from app.platform.database import db
from app.platform.list_pages import ListPage, list_page
from app.workshops.models import Workshop


@dataclass(frozen=True)
class ListedWorkshop(AboutProposal):
    """One row of a list. ``partner_id``: its partner's public id, ``""`` where the register knows none."""

    workshop: Workshop
    questionnaire: Questionnaire
    partner_id: str

    @property
    def subject(self) -> Mapping[str, Any]:
        """What was written in each field about partner and proposal, by its id."""
        return self.workshop.subject


def listed() -> ListPage:
    """Return the page asked for of all workshops, the newest first."""
    found = list_page(select(Workshop.id).order_by(Workshop.created_at.desc(), Workshop.id.desc()), _rows)
    return replace(found, rows=_listed(found.rows))


def of_partner(partner_id: int) -> list[ListedWorkshop]:
    """Return the workshops with the partner who has this id, in any order, with one query."""
    theirs = select(Workshop.id).where(Workshop.partner_id == partner_id)
    return _listed(db.session.execute(_rows(theirs)).all())


def behind(assessment: Assessment) -> str:
    """Return the public id of the workshop whose room gave an assessment its answers, ``""`` for none."""
    if assessment.origin != "workshop":
        return ""
    wanted = select(Workshop.public_id).where(Workshop.assessment_id == assessment.id)
    return db.session.execute(wanted).scalar_one_or_none() or ""


def _rows(wanted: Select[Any]) -> Select[Any]:
    columns: tuple[Any, ...] = (Workshop, Definition.digest, Partner.public_id)
    return (
        wanted.with_only_columns(*columns)
        .options(defer(Workshop.kept))
        .select_from(Workshop)
        .join(Definition, Definition.id == Workshop.definition_id)
        .outerjoin(Partner, Partner.id == Workshop.partner_id)
    )


def _listed(rows: Sequence[Any]) -> list[ListedWorkshop]:
    return [
        ListedWorkshop(workshop, questionnaire_with(digest), partner or "")
        for workshop, digest, partner in rows
    ]
