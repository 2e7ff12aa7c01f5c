"""Two versions of one questionnaire: what weighs and what is required differently, in words."""

from __future__ import annotations

from collections.abc import Iterator

from app.engine.definition import Boundary, Questionnaire
from app.engine.texts import say
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.wording.speech import Speech


def changes_of_method(old: Questionnaire, new: Questionnaire) -> list[str]:
    """Return a sentence for each thing that the method does differently; nothing where it is the same."""
    return [*_outcomes(old, new), *_criteria(old, new), *_boundaries(old, new), *_limits(old, new)]


def _outcomes(old: Questionnaire, new: Questionnaire) -> Iterator[str]:
    if old.outcome_ids != new.outcome_ids:
        yield _("The possible recommendations are not the same.")
    if old.enough != new.enough:
        yield _(
            "What must be known for a recommendation has changed from %(before)s to %(after)s of 100.",
            before=_figure(100 * old.enough),
            after=_figure(100 * new.enough),
        )


def _criteria(old: Questionnaire, new: Questionnaire) -> Iterator[str]:
    for name in (
        *old.criteria_by_id,
        *(each for each in new.criteria_by_id if each not in old.criteria_by_id),
    ):
        before, after = old.criteria_by_id.get(name), new.criteria_by_id.get(name)
        if before is None or after is None:
            found = after or before
            yield _(
                "The criterion %(criterion)s exists in version %(version)s only.",
                criterion=say(found.title, language()) if found else "",
                version=new.version if before is None else old.version,
            )
            continue
        title = say(after.title, language())
        if before.weight != after.weight:
            yield _(
                "The weight of %(criterion)s has changed from %(before)s to %(after)s.",
                criterion=title,
                before=_figure(before.weight),
                after=_figure(after.weight),
            )
        if before.aggregate != after.aggregate or before.weighted_items != after.weighted_items:
            yield _("%(criterion)s is worked out from its questions in another way.", criterion=title)


def _boundaries(old: Questionnaire, new: Questionnaire) -> Iterator[str]:
    earlier = {boundary.between: boundary for boundary in old.boundaries}
    for boundary in new.boundaries:
        if boundary.between in earlier:
            yield from _bars(old, new, earlier[boundary.between], boundary)


def _bars(old: Questionnaire, new: Questionnaire, before: Boundary, after: Boundary) -> Iterator[str]:
    outcome = say(new.outcome(after.between[1]).title, language())
    if before.majority != after.majority:
        yield _(
            "The weight needed for %(outcome)s has changed from %(before)s to %(after)s of 100.",
            outcome=Speech(language()).quoted(outcome),
            before=_figure(100 * before.majority),
            after=_figure(100 * after.majority),
        )
    for name, criterion in new.criteria_by_id.items():
        if name not in old.criteria_by_id:
            continue
        values = {
            "criterion": say(criterion.title, language()),
            "outcome": Speech(language()).quoted(outcome),
        }
        if before.profiles[name] != after.profiles[name]:
            yield _(
                "What is required of %(criterion)s for %(outcome)s has changed from %(before)s to %(after)s.",
                before=_figure(before.profiles[name]),
                after=_figure(after.profiles[name]),
                **values,
            )
        if before.vetoes.get(name) != after.vetoes.get(name):
            yield _(
                "The minimum of %(criterion)s for %(outcome)s has changed from %(before)s to %(after)s.",
                before=_minimum(before.vetoes.get(name)),
                after=_minimum(after.vetoes.get(name)),
                **values,
            )


def _limits(old: Questionnaire, new: Questionnaire) -> Iterator[str]:
    earlier, later = ({cap.id: cap for cap in each.caps} for each in (old, new))
    for name in (*earlier, *(each for each in later if each not in earlier)):
        before, after = earlier.get(name), later.get(name)
        found = after or before
        if found is None or (
            before and after and (before.when, before.at_most) == (after.when, after.at_most)
        ):
            continue
        because = say(found.because, language())
        if before is None or after is None:
            yield _(
                "Only version %(version)s holds a proposal back by this: %(because)s",
                version=new.version if before is None else old.version,
                because=because,
            )
        else:
            yield _("This holds a proposal back in another way: %(because)s", because=because)


def _figure(number: float) -> str:
    return Speech(language()).decimal(number, 0 if number == int(number) else 1)


def _minimum(veto: float | None) -> str:
    return _("nothing") if veto is None else _figure(veto)
