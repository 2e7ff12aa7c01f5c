"""What is on the desk when one assessment is decided: the recommendation, the motion and the decisions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from flask import abort
from sqlalchemy import select

from app.assessments.loaded import LoadedAssessment, open_assessment
from app.assessments.models import Assessment
from app.decisions.days import choice_of
from app.decisions.forms import AS_DECIDED
from app.decisions.levels import is_offered, level_after
from app.decisions.models import Decision
from app.decisions.operations import Decided, LevelStep, Proposal
from app.decisions.reading import Case, case_of, who_must_decide
from app.decisions.words import changed_words
from app.engine.assess import assess
from app.engine.texts import LANGUAGES
from app.partners.models import Partner
from app.partners.words import level_words
from app.platform.database import db
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.wording.read import read
from app.wording.reading import OutcomeWords, Reading


@dataclass(frozen=True)
class Desk:
    """One assessment, and what became of it so far."""

    opened: LoadedAssessment
    case: Case
    partner: Partner | None

    @cached_property
    def reading(self) -> Reading:
        """What Overvej says of it now."""
        return self._reading_in(language())

    @property
    def outcomes(self) -> list[str]:
        """The ids of the outcomes, the worst first."""
        return list(self.opened.questionnaire.outcome_ids)

    @property
    def recommended(self) -> str:
        """The id of the outcome that Overvej recommends now, ``""`` where too little is known."""
        return self.reading.outcome.id if self.reading.outcome else ""

    @property
    def proposed(self) -> str:
        """The id of the outcome that the writer proposes, ``""`` where there is no motion."""
        return self.case.motion.outcome if self.case.motion else ""

    @property
    def changed(self) -> str:
        """What is said where another outcome is recommended than at the decision, else ``""``."""
        final = self.case.final
        return changed_words(self.opened.questionnaire, final.recommended, self.recommended) if final else ""

    @property
    def must_decide(self) -> str:
        """Who must decide on so much money, ``""`` where anybody may."""
        return who_must_decide(self.opened)

    @property
    def leads_to_levels(self) -> bool:
        """Whether a decided outcome says which level the partner comes to."""
        return is_offered(len(self.outcomes))

    @property
    def level_help(self) -> str:
        """What each outcome would do to the partner's level, ``""`` where that is not settled."""
        if self.partner is None or not self.leads_to_levels:
            return ""
        before = self.partner.level
        after = [(each.title, level_after(each.rank, before)) for each in self.reading.outcomes]
        return " ".join(
            _("“%(outcome)s” leads to: %(level)s.", outcome=title, level=level_words(level).title)
            if level != before
            else _("“%(outcome)s” changes nothing.", outcome=title)
            for title, level in after
        )

    def outcome(self, outcome: str) -> OutcomeWords | None:
        """Return an outcome in words by its id."""
        return next((each for each in self.reading.outcomes if each.id == outcome), None)

    def proposal(self, values: dict[str, str]) -> Proposal:
        """Return the motion that was written. The ordinary text follows the outcome that was chosen.

        Whoever changes the outcome and leaves the text would otherwise propose two things at once.
        """
        outcome, written = values["motion"], values["motion_text"]
        if not written or _same(written) in self._ordinary_texts():
            chosen = self.outcome(outcome)
            written = chosen.motion if chosen else ""
        return Proposal(outcome, self.recommended, written, values["motion_why"])

    def step(self, level: str, decided: Decided, reason: str) -> LevelStep:
        """Return the level that a decision brings the partner to, as the form asked for it."""
        if self.partner is None:
            return LevelStep()
        if level == AS_DECIDED:
            is_known = self.leads_to_levels and decided.outcome in self.outcomes
            level = level_after(self.outcomes.index(decided.outcome), self.partner.level) if is_known else ""
        return LevelStep(level, reason) if level != self.partner.level else LevelStep()

    def _ordinary_texts(self) -> set[str]:
        readings = [self.reading, *(self._reading_in(each) for each in LANGUAGES if each != language())]
        return {_same(outcome.motion) for reading in readings for outcome in reading.outcomes}

    def _reading_in(self, language: str) -> Reading:
        result = assess(self.opened.questionnaire, self.opened.answers)
        return read(self.opened.questionnaire, self.opened.answers, result, language)


def desk_of(public_id: str) -> Desk:
    """Return the desk of an assessment; 404 where there is none."""
    opened = open_assessment(public_id)
    partner_id = opened.assessment.partner_id
    partner = db.session.get(Partner, partner_id) if partner_id is not None else None
    return Desk(opened, case_of(opened.assessment.id), partner)


def desk_with(public_id: str) -> tuple[Desk, Decision]:
    """Return a decision and the desk that it is on; 404 where there is none."""
    row = db.session.execute(
        select(Decision.id, Assessment.public_id)
        .join(Assessment, Assessment.id == Decision.assessment_id)
        .where(Decision.public_id == public_id)
    ).one_or_none()
    if row is None:
        abort(404)
    desk = desk_of(row[1])
    return desk, next(each for each in desk.case.decisions if each.id == row[0])


def shown_decision(decision: Decision) -> dict[str, str]:
    """Return a stored decision as its form shows it."""
    names = ("verdict", "reasons", "conditions", "habilitet", "case_number", "decided_by", "decided_on")
    choice = choice_of(decision.follow_up_on, decision.decided_on)
    return {
        **{name: getattr(decision, name) for name in names},
        "outcome": "" if decision.verdict in ("approved", "postponed") else decision.outcome,
        "ask_again": choice,
        "ask_again_on": decision.follow_up_on if choice == "own" else "",
    }


def _same(text: str) -> str:
    return " ".join(text.split())
