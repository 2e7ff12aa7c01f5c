"""What a workshop is prepared from: a questionnaire, and what is known already of partner and proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request

from app.assessments.chosen_questionnaire import (
    chosen_questionnaire,
    questionnaire_in_use,
    questionnaire_to_begin_with,
)
from app.assessments.forms import QuestionForm
from app.assessments.linking import by_role, known_of
from app.assessments.loaded import open_assessment
from app.engine.answers import Answers, to_json
from app.engine.definition import Questionnaire, Role
from app.engine.loading import Loaded
from app.organisation.reading import current
from app.partners import names
from app.partners.reading import all_names, partner_with
from app.platform.actor import current_actor
from app.platform.text import writable
from app.workshops.asking import asked_sections


@dataclass(frozen=True)
class Start:
    """Where a preparation begins.

    ``known``: of partner and proposal, as values; it holds as long as the partner is the same.
    ``partner_id``: the partner's number in the register, ``None`` where it is not known.
    """

    loaded: Loaded
    known: Mapping[str, Any]
    partner_id: int | None = None

    @property
    def questionnaire(self) -> Questionnaire:
        """The questionnaire to prepare with."""
        return self.loaded.questionnaire


@dataclass(frozen=True)
class Length:
    """How much one variant asks of the library: questions, and about how many minutes they take alone."""

    questions: int
    minutes: int


def start_of() -> Start:
    """Return what the address names: a questionnaire, a partner or an assessment; 404 where none is."""
    if request.args.get("assessment"):
        return _from_assessment(writable(request.args["assessment"]))
    loaded = questionnaire_to_begin_with()
    if not request.args.get("partner"):
        return Start(loaded, ours(loaded.questionnaire))
    partner = partner_with(writable(request.args["partner"]))
    known = ours(loaded.questionnaire) | known_of(partner, loaded.questionnaire)
    return Start(loaded, known, partner.id)


def ours(questionnaire: Questionnaire) -> dict[str, Any]:
    """Return what need not be asked: who is at work, and who owns what is ours."""
    return by_role(questionnaire, {"prepared-by": current_actor(), "owner": current().default_owner})


def subject_of(questionnaire: Questionnaire, form: QuestionForm, known: Mapping[str, Any]) -> dict[str, Any]:
    """Return partner and proposal as an answers file has them.

    What is ``known`` beside them comes along, unless the partner is another one now.
    """
    asked = form.subject()
    beside = known if is_same_partner(questionnaire, known, asked) else ours(questionnaire)
    subject = {name: value for name, value in beside.items() if name not in asked_fields(questionnaire)}
    answers = Answers(
        questionnaire.id, questionnaire.version, questionnaire.digest, subject={**subject, **asked}
    )
    plain: dict[str, Any] = to_json(answers)["subject"]
    return plain


def is_same_partner(
    questionnaire: Questionnaire, before: Mapping[str, Any], after: Mapping[str, Any]
) -> bool:
    """Say whether two subjects name the same partner."""
    field = questionnaire.field_with_role("partner")
    said = [str(each.get(field.item.id, "")) if field else "" for each in (before, after)]
    return names.key(said[0]) == names.key(said[1])


def asked_fields(questionnaire: Questionnaire) -> list[str]:
    """Return the fields that a preparation asks: partner, proposal, and what else must be filled in."""
    roles: tuple[Role, ...] = ("partner", "proposal")
    found = [questionnaire.field_with_role(role) for role in roles]
    wanted = {field.item.id for field in found if field}
    return [each.item.id for each in questionnaire.subject if each.required or each.item.id in wanted]


def suggest_partners(questionnaire: Questionnaire, form: QuestionForm) -> None:
    """Offer the register's names where the partner is written."""
    field = questionnaire.field_with_role("partner")
    if field is not None:
        form.fact(field.item.id).suggestions = all_names()


def length_of(questionnaire: Questionnaire, variant: str) -> Length:
    """Return how much a variant asks."""
    every = [section.id for section in questionnaire.sections]
    asked = {each: _questions(questionnaire, each, every) for each in ("full", variant)}
    minutes = round(questionnaire.minutes * asked[variant] / max(1, asked["full"]))
    return Length(asked[variant], max(1, minutes))


def _questions(questionnaire: Questionnaire, variant: str, sections: list[str]) -> int:
    return sum(len(each.questions) for each in asked_sections(questionnaire, variant, sections, "library"))


def _from_assessment(public_id: str) -> Start:
    """Begin from an assessment: all that it knows of the proposal, or of a newer version's fields the two."""
    opened = open_assessment(public_id)
    loaded = questionnaire_in_use(opened.questionnaire.id) or chosen_questionnaire()
    new = loaded.questionnaire
    said: dict[Role, str] = {
        "partner": opened.partner,
        "proposal": opened.proposal,
    }
    same = new.digest == opened.questionnaire.digest
    known = dict(opened.answers.subject) if same else by_role(new, said)
    return Start(loaded, ours(new) | known, opened.assessment.partner_id)
