"""What is chosen before a workshop. Partner and proposal are asked by the questionnaire's own fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Field
from wtforms.validators import StopValidation

from app.engine.definition import Questionnaire
from app.platform.forms import PlainForm, day, number_in, one_of, whole_number
from app.platform.i18n import gettext as _
from app.workshops.asking import asked_sections
from app.workshops.models import FEWEST_SHOWN, SIDES, STEPS, Workshop
from app.workshops.operations import Preparation
from app.workshops.plan import LONGEST_STEP, SCRIPTS

FEWEST_UNNAMED = 3
LARGEST_SMALLEST_GROUP = 20


class SeveralField(Field):
    """Ticks: the values that were ticked. Anything but ``known`` is refused."""

    def __init__(self, known: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known = known

    def process_formdata(self, valuelist: list[str]) -> None:
        """Take what was posted, each value once."""
        self.data = list(dict.fromkeys(valuelist))

    def pre_validate(self, form: Any) -> None:
        """Refuse a value that was not offered. Raises ``StopValidation``."""
        self.data = self.data or []
        if not set(self.data) <= set(self.known):
            raise StopValidation(_("Choose among what is offered."))


class PreparationForm(PlainForm):
    """Everything about a workshop but partner and proposal; the minutes of each step by the step's name."""

    variant = one_of(("full", "short"), required=True)
    sections = SeveralField()
    sides = SeveralField(SIDES)
    named = one_of(("no", "yes"), required=True)
    smallest_group = whole_number(1, LARGEST_SMALLEST_GROUP, required=True)
    may_change = one_of(("no", "yes"), required=True)
    led = one_of(("no", "yes"), required=True)
    on = day()
    welcome = whole_number(0, LONGEST_STEP)
    answer = whole_number(0, LONGEST_STEP)
    see = whole_number(0, LONGEST_STEP)
    talk = whole_number(0, LONGEST_STEP)
    agree = whole_number(0, LONGEST_STEP)
    end = whole_number(0, LONGEST_STEP)

    def __init__(self, questionnaire: Questionnaire) -> None:
        super().__init__()
        self.questionnaire = questionnaire
        self.sections.known = [section.id for section in questionnaire.sections]

    def show_new(self) -> PreparationForm:
        """Fill the form with what most will want."""
        every = self.sections.known
        asks_partner = bool(asked_sections(self.questionnaire, "full", every, "partner"))
        return self.show(
            {
                "variant": "full",
                "sections": every,
                "sides": ["library", "partner"] if asks_partner else ["library"],
                "named": "no",
                "smallest_group": str(FEWEST_SHOWN),
                "may_change": "no",
                "led": "no",
                "on": "",
                **{step: str(minutes) for step, minutes in SCRIPTS["60"].items()},
            }
        )

    def show_stored(self, workshop: Workshop) -> PreparationForm:
        """Fill the form with what was prepared."""
        return self.show(
            {
                "variant": workshop.variant,
                "sections": workshop.sections,
                "sides": workshop.sides,
                "named": _yes_no(workshop.named),
                "smallest_group": str(workshop.smallest_group),
                "may_change": _yes_no(workshop.may_change),
                "led": _yes_no(workshop.in_step),
                "on": workshop.on,
                **{step: str(workshop.plan.get(step, 0)) for step in STEPS},
            }
        )

    def follow_script(self, posted: MultiDict[str, str], length: str) -> None:
        """Fill the form with what was posted, unchecked, and with the minutes of a ready time plan."""
        self.process(posted)
        for step, minutes in SCRIPTS[length].items():
            self[step].data = str(minutes)

    def preparation(self, subject: Mapping[str, Any]) -> Preparation:
        """Return what was chosen, once :meth:`take` has said that it can be used."""
        ticked = self.sides.data
        return Preparation(
            variant=self.variant.data,
            sections=self._chosen_sections(),
            sides=[side for side in SIDES if side == "library" or side in ticked],
            named=self.named.data == "yes",
            smallest_group=number_in(self.smallest_group.data) or FEWEST_SHOWN,
            may_change=self.may_change.data == "yes",
            in_step=self.led.data == "yes",
            plan=self._plan(),
            on=self.on.data.strip(),
            subject=subject,
        )

    def validate_variant(self, field: Field) -> None:
        """Refuse a short variant that the questionnaire does not have."""
        if field.data == "short" and not self.questionnaire.short:
            raise StopValidation(_("This questionnaire has no short version."))

    def validate_sections(self, field: Field) -> None:
        """Ask for sections in which the library is asked something."""
        if not self._asks("library"):
            raise StopValidation(_("Choose at least one part in which something is asked."))

    def validate_sides(self, field: Field) -> None:
        """Refuse a side that would have nothing to answer."""
        for side in field.data:
            if side != "library" and self._asks("library") and not self._asks(side):
                raise StopValidation(
                    _("In the parts that you chose nothing is asked of the partner and others. Choose more.")
                )

    def validate_smallest_group(self, field: Field) -> None:
        """Refuse a group so small that everybody would know who said what."""
        if self.named.data != "yes" and (number_in(field.data) or 0) < FEWEST_UNNAMED:
            raise StopValidation(
                _(
                    "Without names at least %(fewest)s: else you can tell who said what.",
                    fewest=FEWEST_UNNAMED,
                )
            )

    def _asks(self, side: str) -> bool:
        return bool(asked_sections(self.questionnaire, self.variant.data, self._chosen_sections(), side))

    def _chosen_sections(self) -> list[str]:
        return [section for section in self.sections.known if section in (self.sections.data or [])]

    def _plan(self) -> dict[str, int]:
        return {step: number_in(self[step].data) or 0 for step in STEPS}


def _yes_no(chosen: bool) -> str:
    return "yes" if chosen else "no"
