"""The forms of motion, decision and follow-up."""

from __future__ import annotations

from collections.abc import Sequence

from wtforms import Field
from wtforms.validators import StopValidation

from app.decisions.days import CHOICES
from app.decisions.models import VERDICTS, WENT
from app.partners.models import LEVELS
from app.platform.forms import PlainForm, day, one_of, paragraph, words
from app.platform.i18n import gettext as _

AS_DECIDED = "as-decided"
"""The partner's level follows from what is decided."""


def motion_form(outcomes: Sequence[str], recommended: str) -> PlainForm:
    """Return the form of the writer's motion.

    ``why`` is asked for where the motion is none of Overvej's; also where Overvej knows too little.
    """

    class MotionForm(PlainForm):
        motion = one_of(outcomes, required=True)
        motion_text = paragraph()
        motion_why = paragraph()

        def validate_motion_why(self, field: Field) -> None:
            if self.motion.data in outcomes and self.motion.data != recommended and not field.data.strip():
                raise StopValidation(_("Say why the motion differs from the recommendation."))

    return MotionForm()


def decision_form(outcomes: Sequence[str], proposed: str, today: str) -> PlainForm:
    """Return the form of leadership's decision on a motion that ``proposed`` an outcome."""

    class DecisionForm(PlainForm):
        verdict = one_of(VERDICTS, required=True)
        outcome = one_of(outcomes)
        reasons = paragraph()
        conditions = paragraph()
        habilitet = paragraph(500)
        case_number = words(100)
        decided_by = words(200, required=True)
        decided_on = day(required=True)
        ask_again = one_of(CHOICES, required=True)
        ask_again_on = day()
        level = one_of((AS_DECIDED, *LEVELS))

        def validate_outcome(self, field: Field) -> None:
            if self.verdict.data == "approved" and field.data not in ("", proposed):
                raise StopValidation(
                    _("That is not what the motion says. Choose “Approved with changes” for it.")
                )
            if self.verdict.data == "postponed" and field.data:
                raise StopValidation(_("Nothing is decided yet when it is postponed. Leave this as it is."))

        def validate_decided_on(self, field: Field) -> None:
            _not_to_come(field, today)

        def validate_ask_again_on(self, field: Field) -> None:
            _after(field, self.ask_again.data, self.decided_on.data)

    return DecisionForm()


def follow_up_form(today: str) -> PlainForm:
    """Return the form that asks how it went."""

    class FollowUpForm(PlainForm):
        went = one_of(WENT, required=True)
        text = paragraph()
        on = day(required=True)
        ask_again = one_of(CHOICES, required=True)
        ask_again_on = day()
        level = one_of(LEVELS)

        def validate_on(self, field: Field) -> None:
            _not_to_come(field, today)

        def validate_ask_again_on(self, field: Field) -> None:
            _after(field, self.ask_again.data, self.on.data)

    return FollowUpForm()


def _not_to_come(field: Field, today: str) -> None:
    if field.data.strip() > today:
        raise StopValidation(_("This day has not come yet."))


def _after(field: Field, choice: str, start: str) -> None:
    if choice != "own":
        return
    if not field.data.strip():
        raise StopValidation(_("Write the day, or choose another possibility."))
    if field.data.strip() <= (start or "").strip():
        raise StopValidation(_("Choose a day after the first one."))
