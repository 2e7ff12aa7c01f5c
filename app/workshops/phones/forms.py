"""What is asked of somebody who joins: a side, where several take part, and a name, where one is wanted."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from app.platform.forms import PlainForm, words
from app.platform.i18n import gettext as _
from app.workshops.models import Workshop
from app.workshops.phones.reading import code_in

LONGEST_NAME = 60


class CodeForm(PlainForm):
    """The code, as it was typed."""

    code = words(40, required=True)

    def take_code(self, posted: MultiDict[str, str]) -> str:
        """Take what was posted and return the code, ``""`` where it is none."""
        if not self.take(posted):
            return ""
        code = code_in(self.values["code"])
        if not code:
            self.refuse(_("A code has eight letters and digits. Look at the screen once more."))
        return code

    def refuse(self, error: str) -> None:
        """Say what is wrong with the code."""
        self.code.errors = [error]


class JoinForm(PlainForm):
    """A side and a name."""

    side = words(20)
    name = words(LONGEST_NAME)

    def take_for(self, posted: MultiDict[str, str], workshop: Workshop) -> bool:
        """Take what was posted, and say whether it lets somebody into this workshop."""
        self.take(posted)
        if len(workshop.sides) == 1:
            self.side.data = workshop.sides[0]
        if self.values["side"] not in workshop.sides:
            self.side.errors = [_("Choose which side you are on.")]
        if workshop.named and not self.values["name"]:
            self.name.errors = [_("Write your name, or what the others call you.")]
        if not workshop.named:
            self.name.errors = []
        return not self.first_errors
