"""What tried answers do to the outcome, put into words beside what the saved ones give."""

from __future__ import annotations

from dataclasses import dataclass

from app.assessments.changes import stored
from app.assessments.what_if.addresses import address_of
from app.assessments.what_if.controls import hidden_in
from app.assessments.what_if.trying import Trial
from app.assessments.words import answer_without_note
from app.engine.answers import Answers
from app.engine.assess import assess
from app.engine.definition import Questionnaire
from app.engine.texts import say
from app.platform.i18n import gettext as _
from app.platform.i18n import language, ngettext
from app.wording.read import read
from app.wording.reading import Reading


@dataclass(frozen=True)
class Side:
    """One of the two: the whole reading, the one sentence that says why, and what holds it back."""

    reading: Reading
    why: str
    held: list[str]


@dataclass(frozen=True)
class Moved:
    """One criterion that comes to another score or another judgement. ``None``: nothing is known."""

    id: str
    title: str
    before: int | None
    after: int | None
    standing_before: str
    standing_after: str


@dataclass(frozen=True)
class ChangedAnswer:
    """One answer that is tried. ``undo``: the address without it."""

    id: str
    text: str
    before: str
    after: str
    counts: bool
    undo: str


@dataclass(frozen=True)
class Effect:
    """Both sides, and everything that differs between them. ``said`` sums it up for whoever cannot see it."""

    now: Side
    then: Side
    moved: list[Moved]
    changed: list[ChangedAnswer]
    said: str

    @property
    def is_same(self) -> bool:
        """Whether the recommendation stays what it is."""
        return self.now.reading.headline == self.then.reading.headline


def effect_of(trial: Trial) -> Effect:
    """Return what the tried answers do."""
    questionnaire = trial.opened.questionnaire
    now = _side(questionnaire, trial.opened.answers)
    then = _side(questionnaire, trial.answers)
    moved = _moved(now.reading, then.reading)
    return Effect(now, then, moved, _changed(trial), _outcome_in_words(then.reading, len(moved)))


def _side(questionnaire: Questionnaire, answers: Answers) -> Side:
    reading = read(questionnaire, answers, assess(questionnaire, answers), language())
    return Side(reading, _why(reading), _held(reading))


def _why(reading: Reading) -> str:
    """Return the sentence that decides: what holds it back comes first, the boundary that stopped it last."""
    return reading.why[0] if reading.in_time else reading.why[-1]


def _held(reading: Reading) -> list[str]:
    gates = [gate.sentence for gate in reading.gates if gate.state != "clear"]
    return [*gates, *(cap.sentence for cap in reading.caps if cap.state == "holds")]


def _moved(now: Reading, then: Reading) -> list[Moved]:
    return [
        Moved(old.id, old.title, old.point, new.point, old.judged, new.judged)
        for old, new in zip(now.criteria, then.criteria, strict=True)
        if (old.point, old.judged) != (new.point, new.judged)
    ]


def _changed(trial: Trial) -> list[ChangedAnswer]:
    questionnaire, hidden = trial.opened.questionnaire, hidden_in(trial)
    public_id = trial.opened.assessment.public_id
    return [
        ChangedAnswer(
            id=question,
            text=_text(questionnaire, question),
            before=answer_without_note(
                questionnaire, question, stored(trial.opened.answers, question), language()
            ),
            after=answer_without_note(questionnaire, question, stored(trial.answers, question), language()),
            counts=question not in hidden,
            undo=address_of(public_id, trial.without(question)),
        )
        for question in trial.different
    ]


def _text(questionnaire: Questionnaire, question: str) -> str:
    thing = questionnaire.gates_by_id.get(question) or questionnaire.item_or_field(question)
    return say(thing.text, language())


def _outcome_in_words(then: Reading, moved: int) -> str:
    outcome = _("With these answers: %(outcome)s.", outcome=then.headline)
    return " ".join([outcome, ngettext("%(num)s criterion moves.", "%(num)s criteria move.", moved)])
