"""The forms: what the room agrees on at one question, and what is done next."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from app.assessments.changes import AnyAnswer
from app.assessments.fields import AnswerField
from app.assessments.fields.base import lines
from app.assessments.fields.gate import GateField
from app.assessments.fields.names import posted_answers
from app.assessments.forms import QuestionForm, question_form
from app.engine.answers import GateAnswer
from app.platform.forms import PlainForm, day, paragraph, words
from app.platform.i18n import gettext as _
from app.workshops.agreeing.reading import RoomQuestion


class ReasonForm(PlainForm):
    """Why, and how those who disagree see it."""

    room_reason = paragraph()
    room_minority = paragraph()


class ActionForm(PlainForm):
    """What is done next, by whom, and by when."""

    what = paragraph(required=True)
    who = words()
    due = day()


@dataclass(frozen=True)
class AgreeForm:
    """The room's answer to one question, with its reason."""

    question: RoomQuestion
    answer: QuestionForm
    reasons: ReasonForm

    @property
    def field(self) -> AnswerField | GateField:
        """The question's own field."""
        return self.answer.questions[0]

    @property
    def chosen(self) -> AnyAnswer:
        """What was chosen, ``None`` for nothing."""
        return self.field.data

    @property
    def reason(self) -> str:
        """Why."""
        return self.reasons.values["room_reason"]

    @property
    def minority(self) -> str:
        """How some see it otherwise."""
        return self.reasons.values["room_minority"]

    @property
    def errors(self) -> dict[str, str]:
        """One error for each field that has any."""
        return {**self.answer.page_errors, **self.reasons.first_errors}

    def show(self) -> AgreeForm:
        """Fill it with what was agreed, else with the median, for the room to change or to save as it is."""
        agreed = self.question.agreed
        self.answer.process(None, data={self.question.id: self.question.current_answer})
        self.reasons.show(
            {"room_reason": agreed.reason, "room_minority": agreed.minority} if agreed else None
        )
        return self

    def take(self, posted: MultiDict[str, str]) -> bool:
        """Fill it with what was posted, and say whether all of it can be used.

        There must be an answer, and for a gate that is answered yes or no the fact that settles it.
        """
        said = posted_answers(posted)
        left_out = {f"{self.question.id}.note"}  # the reason has a place of its own
        if self._takes_the_value_away(said):
            left_out |= set(said) - {self._state}
        kept = [(name, lines(text)) for name, text in said.items(multi=True) if name not in left_out]
        answered = self.answer.fill(MultiDict(kept))
        reasons = [(name, lines(text)) for name, text in posted.items(multi=True)]
        reasoned = self.reasons.take(MultiDict(reasons))
        if answered and self.chosen is None:
            self.field.errors = [_("Choose the room’s answer. You may also say that you don’t know yet.")]
        elif reasoned and isinstance(self.chosen, GateAnswer) and self.chosen.value and not self.reason:
            self.reasons["room_reason"].errors = [
                _("Write the fact that settles it. Until then it stays open.")
            ]
        return not self.errors

    @property
    def _state(self) -> str:
        return f"{self.question.id}.state"

    def _takes_the_value_away(self, said: MultiDict[str, str]) -> bool:
        """Say whether "don't know yet" was ticked beside a value that the page itself had filled in.

        Without JavaScript the value stays in the form, and would otherwise be taken for what was meant.
        """
        filled_in = (
            self.question.current_answer is not None and self.question.current_answer.value is not None
        )
        return filled_in and not getattr(self.field, "shares_radios", True) and bool(said.get(self._state))


def agree_form(question: RoomQuestion) -> AgreeForm:
    """Return the form for what the room agrees on at a question."""
    return AgreeForm(question, question_form(question.opened.questionnaire, [question.id]), ReasonForm())
