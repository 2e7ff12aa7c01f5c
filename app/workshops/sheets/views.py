"""Paper: numbered sheets to print, and keying them in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from app.platform import errors
from app.platform.actor import current_actor
from app.platform.documents import printed
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.platform.text import writable
from app.printing import documents as jobs
from app.workshops.loaded import LoadedWorkshop, open_workshop
from app.workshops.operations import Gone, WrongStage
from app.workshops.sheets import operations
from app.workshops.sheets.forms import MOST_SHEETS, NameForm, PrintForm, SheetForm
from app.workshops.sheets.operations import KeyedAlready
from app.workshops.sheets.reading import (
    NUMBERS,
    Paper,
    PaperQuestion,
    blank_sheet,
    keyed_sheets,
    next_sheets,
    paper_of,
    read,
    sheet_in,
    side_of,
)
from app.workshops.words import side_words

Reply = str | Response | AnyResponse | tuple[str, int]

USUAL = 10
"""Sheets that are offered to print at once."""

LONGEST_TYPED = 5000
"""Characters of one box that are shown again with its error; no box takes so many."""

sheets = Blueprint("sheets", __name__, url_prefix="/workshops")


@dataclass(frozen=True)
class Keying:
    """A sheet that is being keyed in. ``typed``: the first of what was posted in each box."""

    sheet: int
    side: str
    paper: Paper
    typed: dict[str, str]
    replaces: bool

    def typed_at(self, question: PaperQuestion) -> str:
        """Return what was typed at a question, ``""`` for nothing."""
        return " ".join(filter(None, (self.typed.get(box.name) for box in question.boxes)))

    @property
    def has_remarks(self) -> bool:
        """Whether a remark was typed, so that its box is shown."""
        return any(self.typed.get(question.note) for question in self.paper.questions)


@sheets.errorhandler(Gone)
def gone(error: Gone) -> errors.ErrorPage:
    """Answer for what is not there any more."""
    return errors.http_error(NotFound())


@sheets.context_processor
def room_words() -> dict[str, Any]:
    """Give the room's pages their words."""
    return {"side_words": side_words}


@sheets.get("/<public:public_id>/sheets")
def all_sheets(public_id: str) -> Reply:
    """Show which sheets can be printed and which are keyed in."""
    return _page(open_workshop(public_id), {})


@sheets.get("/<public:public_id>/sheets.pdf")
def pdf(public_id: str) -> Reply:
    """Print numbered sheets for one side: what is not said in the address is what the page proposes."""
    opened = open_workshop(public_id)
    asked = request.args.to_dict()
    side = asked.get("side") or "library"
    first = next_sheets(opened.workshop, keyed_sheets(opened.workshop)).get(side, 1)
    form = PrintForm()
    usual = {"side": side, "count": str(USUAL), "first": str(first), "language": opened.workshop.language}
    taken = form.take(MultiDict({**usual, **asked, "side": side}))
    if side not in opened.workshop.sides:
        abort(400)
    if not taken:
        wrong = {f"{side}-{name}": error for name, error in form.first_errors.items()}
        return _page(opened, wrong, {**asked, "side": side}), 400
    return _printed(opened, form.values)


@sheets.get("/<public:public_id>/sheets/key")
def key(public_id: str) -> Reply:
    """Ask for the number of the next sheet; with a number, show the boxes of that sheet."""
    opened = open_workshop(public_id)
    if not opened.takes_answers:
        flash(_closed_words(opened))
        return redirect(url_for("sheets.all_sheets", public_id=public_id), 303)
    if "sheet" not in request.args:
        return _ask(opened, "", {})
    form = SheetForm()
    taken = form.take(request.args)
    sheet = sheet_in(form.values["sheet"])
    if not taken or sheet is None:
        return _ask(opened, form.values["sheet"], form.first_errors), 400
    side = side_of(sheet)
    if side not in opened.workshop.sides:
        return _ask(opened, form.values["sheet"], {"sheet": _no_such_sheet(sheet)}), 400
    return _show(opened, _keying(opened, sheet, side, replaces="correct" in request.args), {})


@sheets.post("/<public:public_id>/sheets/key")
def key_in(public_id: str) -> Reply:
    """Store a sheet and go on to the next."""
    opened = open_workshop(public_id)
    sheet = sheet_in(request.form.get("sheet", ""))
    side = side_of(sheet) if sheet else None
    if sheet is None or side is None or side not in opened.workshop.sides:
        return _ask(opened, request.form.get("sheet", ""), {"sheet": _no_such_sheet(sheet)}), 400
    keying = _keying(opened, sheet, side, replaces=request.form.get("replace") == "yes")
    name = NameForm()
    named_well = name.take(request.form)
    said = read(keying.paper, request.form.to_dict(flat=False))
    if said.errors or not named_well:
        return _show(opened, keying, {**name.first_errors, **said.errors}), 400
    try:
        twin = operations.key_in(
            public_id,
            sheet,
            name.values["name"] if opened.workshop.named else "",
            said.answers,
            said.gates,
            current_actor(),
            keying.replaces,
        )
    except KeyedAlready as already:
        return _twice(opened, keying, already), 409
    except WrongStage:
        # The row that was read first may be older than what refused it.
        return _show(opened, keying, {"sheet": _closed_words(open_workshop(public_id))}), 409
    flash(_("Sheet %(sheet)s is keyed in.", sheet=sheet))
    if twin:
        flash(
            _(
                "Sheet %(sheet)s says exactly the same as sheet %(twin)s. That can happen; "
                "but was it the same paper? Then remove one of the two.",
                sheet=sheet,
                twin=twin,
            )
        )
    return redirect(url_for("sheets.key", public_id=public_id), 303)


@sheets.post("/<public:public_id>/sheets/<int:sheet>/remove")
def remove(public_id: str, sheet: int) -> Reply:
    """Take a sheet out again; its number is free."""
    try:
        operations.take_out(public_id, sheet, current_actor())
    except WrongStage:
        return errors.error_page(
            409,
            _("The answers have been shown"),
            _("What everybody has seen stays as it is. Nothing was removed."),
        )
    flash(_("Sheet %(sheet)s was removed.", sheet=sheet))
    return redirect(url_for("sheets.all_sheets", public_id=public_id), 303)


def _page(opened: LoadedWorkshop, wrong: dict[str, str], asked: Mapping[str, str] | None = None) -> str:
    keyed = keyed_sheets(opened.workshop)
    return render_template(
        "workshops/sheets/page.html",
        opened=opened,
        keyed=keyed,
        following=next_sheets(opened.workshop, keyed),
        numbers=NUMBERS,
        usual=USUAL,
        most=MOST_SHEETS,
        errors=wrong,
        asked=asked or {},
    )


def _printed(opened: LoadedWorkshop, chosen: Mapping[str, str]) -> Response:
    workshop, side = opened.workshop, chosen["side"]
    first, count = int(chosen["first"]), int(chosen["count"])
    job = jobs.sheets(
        blank_sheet(opened, side, chosen["language"]),
        numbers=range(first, first + count),
        side=side,
        partner=opened.partner,
        proposal=opened.proposal,
        named=workshop.named,
        smallest_group=workshop.smallest_group,
    )
    name = _("sheets")
    return printed(job, f"{name}-{first}-{first + count - 1}")


def _ask(opened: LoadedWorkshop, written: str, wrong: Mapping[str, str]) -> str:
    """Ask which sheet is next."""
    keyed = keyed_sheets(opened.workshop)
    return render_template(
        "workshops/sheets/ask.html", opened=opened, written=writable(written), errors=wrong, keyed=keyed
    )


def _keying(opened: LoadedWorkshop, sheet: int, side: str, replaces: bool) -> Keying:
    posted = request.form.items()
    typed = {name: writable(value) for name, value in posted if len(value) <= LONGEST_TYPED}
    return Keying(sheet, side, paper_of(opened, side, language()), typed, replaces)


def _show(opened: LoadedWorkshop, keying: Keying, wrong: Mapping[str, str]) -> str:
    keyed = next((each for each in keyed_sheets(opened.workshop) if each.sheet == keying.sheet), None)
    return render_template(
        "workshops/sheets/key.html", opened=opened, keying=keying, keyed=keyed, errors=wrong
    )


def _twice(opened: LoadedWorkshop, keying: Keying, already: KeyedAlready) -> str:
    """Show whether the two are the same, and what is keyed in now, to be compared with the paper."""
    return render_template("workshops/sheets/twice.html", opened=opened, keying=keying, already=already)


def _no_such_sheet(sheet: int | None) -> str:
    if sheet is None or side_of(sheet) is None:
        return _("Write the number at the top of the sheet, such as 7.")
    return _("Sheet %(sheet)s belongs to a side that takes no part in this workshop.", sheet=sheet)


def _closed_words(opened: LoadedWorkshop) -> str:
    if opened.workshop.stage == "prepared":
        return _("Sheets can be keyed in when the workshop is open.")
    if opened.workshop.stage == "closed":
        return _("The workshop is closed. No more sheets can be keyed in.")
    return _("The answers have been shown. No more sheets can be keyed in.")
