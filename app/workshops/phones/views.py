"""What a participant sees: joins with a code, answers, waits, and sees that it is over.

A phone is told nothing of what others answered, neither before the reveal nor after it: that is on the wall.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING, cast

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.blueprints import BlueprintSetupState
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, TooManyRequests
from werkzeug.wrappers import Response as AnyResponse

from app.assessments.fields.names import PREFIX, answer_name
from app.assessments.forms import QuestionForm
from app.assessments.saving import (
    CLEAR,
    own_answers,
    shown_now,
    tell_other_answers,
    wants_json,
    without_cleared,
)
from app.platform.conflicts import ChangedMeanwhile
from app.platform.i18n import gettext as _
from app.platform.i18n import language_cookie, speak
from app.wording.codes import question_codes
from app.workshops.live import when_new
from app.workshops.loaded import LoadedWorkshop
from app.workshops.models import Workshop
from app.workshops.operations import Gone as NotThere
from app.workshops.operations import WrongStage
from app.workshops.phones import operations
from app.workshops.phones.errors import WAIT, Left, NoSuchCode, Over, database_error, http_error
from app.workshops.phones.forms import CodeForm, JoinForm
from app.workshops.phones.reading import (
    Part,
    Phone,
    State,
    code_in,
    phone_with,
    room_with,
    scanned_room,
    state_for,
    state_of,
)

if TYPE_CHECKING:
    from app.workshops.phones.guessing import Guessing

COOKIE = "overvej-phone"
A_DAY = 24 * 60 * 60
GUESSING = "guessing"
KEY = re.compile(r"[A-Za-z0-9_-]{22}")

Reply = str | AnyResponse | tuple[str | AnyResponse, int]

phones = Blueprint("phones", __name__, url_prefix="/w")


phones.register_error_handler(HTTPException, http_error)
phones.register_error_handler(CSRFError, http_error)
phones.register_error_handler(OperationalError, database_error)


@phones.record_once
def set_up(state: BlueprintSetupState) -> None:
    """Give each application a memory of its own for failed guesses."""
    cast(Flask, state.app).extensions[GUESSING] = cache(_failed_guesses)


def _failed_guesses() -> Guessing:
    from app.workshops.phones.guessing import Guessing  # noqa: PLC0415 - takes long, and most starts need none

    return Guessing()


@phones.route("", methods=["GET", "POST"], strict_slashes=False)
def join() -> Reply:
    """Ask for the code, and lead to the workshop that has it."""
    form = CodeForm().show()
    if request.method == "GET":
        return render_template("workshops/phones/code.html", form=form)
    code = form.take_code(request.form)
    if not code:
        return render_template("workshops/phones/code.html", form=form), 400
    try:
        return redirect(_address(_room(code).workshop), 303)
    except NoSuchCode:
        form.refuse(_("No workshop has this code. Look at the screen once more."))
        return render_template("workshops/phones/code.html", form=form), 404


@phones.route("/<code>", methods=["GET", "POST"], strict_slashes=False)
def enter(code: str) -> Reply:
    """Let somebody join; show a phone that has joined where it is now."""
    if code != code_in(code):
        known = code_in(code) or abort(404)
        return redirect(url_for(".enter", code=known, key=request.args.get("key")), 303)
    phone = _phone(code)
    if phone is not None:
        return _where_it_is(phone) if request.method == "GET" else redirect(_home(phone), 303)
    room = _room(code)
    if room.workshop.stage == "closed":
        raise Over
    if request.method == "POST" and room.takes_answers:
        return _join(room)
    return _entrance(room, JoinForm().show())


@phones.get("/<code>/live")
def live(code: str) -> Reply:
    """Tell a page where the workshop is, when that is new; 410 where it has nothing more to wait for."""
    token = _token()
    state = state_for(code_in(code), token) if token else state_of(_room(code).workshop)
    if state is None or state.stage == "closed":
        raise Left
    return when_new((state.count, state.stage, state.section), lambda: _state_json(state))


@phones.route("/<code>/part/<section_id>", methods=["GET", "POST"])
def section(code: str, section_id: str) -> Reply:
    """Ask one part's questions, and save what was answered."""
    phone = _phone(code)
    if phone is None:
        if request.method == "POST":
            raise Left
        return redirect(url_for(".enter", code=code), 303)
    part = next((each for each in phone.parts if each.id == section_id), None)
    if part is not None and request.method == "POST":
        return _save(phone, part)
    if part is None or part not in phone.open_parts:
        return redirect(_home(phone), 303)
    return _part_page(phone, part, part.form().show(phone.answers))


@phones.post("/<code>/done")
def done(code: str) -> Reply:
    """Remember that they are done."""
    phone = _phone(code)
    if phone is None:
        raise Left
    home = _home(phone)
    _say_done(phone.workshop.public_id)
    return redirect(home, 303)


@phones.route("/<path:rest>", methods=["GET", "POST"])
def nowhere(rest: str) -> Reply:
    """Say that there is nothing, on a page that leads nowhere else."""
    abort(404)


# Who it is


def _token() -> str:
    return request.cookies.get(COOKIE, "")


def _phone(code: str) -> Phone | None:
    phone = phone_with(code, _token()) if _token() and code == code_in(code) else None
    if phone is not None:
        _in_its_language(phone.workshop)
    return phone


def _room(code: str) -> LoadedWorkshop:
    """Return the workshop with a code. 404 for none; 429 where too many codes were guessed, before looking.

    A code that comes with the key of its QR code is no guess.
    """
    if code != code_in(code):
        raise NoSuchCode
    key = request.values.get("key", "")
    found = (scanned_room(code, key) if KEY.fullmatch(key) else None) or _typed(code)
    _in_its_language(found.workshop)
    return found


def _typed(code: str) -> LoadedWorkshop:
    guessing: Guessing = current_app.extensions[GUESSING]()
    address = request.remote_addr or ""
    if not guessing.may_try(address):
        raise TooManyRequests(retry_after=WAIT)
    found = room_with(code)
    if found is None:
        guessing.failed(address)
        raise NoSuchCode
    return found


def _in_its_language(workshop: Workshop) -> None:
    """Speak the workshop's language to whoever has chosen none."""
    if language_cookie() not in request.cookies:
        speak(workshop.language)


def _address(workshop: Workshop) -> str:
    """Return where a workshop is, with the key: whoever was let in once is never taken for a guesser."""
    return url_for(".enter", code=workshop.code, key=workshop.key)


def _home(phone: Phone) -> str:
    return _address(phone.workshop)


# Joining


def _join(room: LoadedWorkshop) -> Reply:
    form = JoinForm()
    if not form.take_for(request.form, room.workshop):
        return _entrance(room, form), 400
    workshop, home = room.workshop, _address(room.workshop)
    path = url_for(".enter", code=workshop.code)
    try:
        token = operations.join(workshop.public_id, form.values["side"], form.values["name"])
    except WrongStage:
        return redirect(home, 303)
    except operations.Full:
        return render_template("workshops/phones/full.html", opened=room), 409
    session.permanent = True  # a phone that ends its browser keeps the right to post
    response = redirect(home, 303)
    response.set_cookie(COOKIE, token, max_age=A_DAY, path=path, httponly=True, samesite="Lax")
    return response


def _entrance(room: LoadedWorkshop, form: JoinForm) -> str:
    if room.workshop.stage == "prepared":
        return render_template("workshops/phones/not_open.html", opened=room, **_followed(room.workshop))
    if not room.takes_answers:
        return render_template("workshops/phones/late.html", opened=room)
    return render_template("workshops/phones/join.html", opened=room, form=form, removed=bool(_token()))


# Answering


def _where_it_is(phone: Phone) -> Reply:
    followed = _followed(phone.workshop)
    if phone.opened.is_shown:
        return render_template("workshops/phones/talk.html", phone=phone, **followed)
    if not phone.workshop.in_step:
        return render_template("workshops/phones/parts.html", phone=phone, **followed)
    for part in phone.open_parts:
        return redirect(_part_address(phone, part.id), 303)
    return render_template("workshops/phones/wait.html", phone=phone, **followed)


def _followed(workshop: Workshop) -> dict[str, object]:
    """Return what a page needs that goes on by itself."""
    return {
        "state": state_of(workshop),
        "live": url_for(".live", code=workshop.code, key=workshop.key),
        "home": _address(workshop),
    }


def _state_json(state: State) -> Response:
    return jsonify(stage=state.stage, section=state.section)


def _part_page(
    phone: Phone, part: Part, form: QuestionForm, refused: str = "", both_shown: Collection[str] = ()
) -> str:
    return render_template(
        "workshops/phones/section.html",
        phone=phone,
        part=part,
        form=form,
        fingerprints=shown_now(form, phone.answers, both_shown),
        codes=question_codes(phone.opened.questionnaire),
        refused=refused,
        **_followed(phone.workshop),
    )


def _save(phone: Phone, part: Part) -> Reply:
    form, posted = part.form(), _own(phone, without_cleared(request.form))
    if not form.take(posted):
        return _not_saved(phone, part, form, 400)
    changes = form.changes(posted)
    public_id, questionnaire = phone.workshop.public_id, phone.opened.questionnaire
    if changes:
        try:
            operations.save(public_id, questionnaire, _token(), changes)
        except NotThere:
            raise Left from None
        except WrongStage:
            return _not_saved(phone, part, form, 409, _too_late())
        except ChangedMeanwhile as changed:
            tell_other_answers(questionnaire, form, changed.stored)
            return _not_saved(_again(phone), part, form, 409, both_shown=changed.stored)
    if request.form.get("go") == "done":
        _say_done(public_id)
    fresh = _again(phone)
    return _saved_json(fresh, part, form) if wants_json() else redirect(_after(phone, fresh, part, form), 303)


def _own(phone: Phone, posted: MultiDict[str, str]) -> MultiDict[str, str]:
    """Return what was posted without remarks, where that side is asked for none."""
    if phone.is_of_library:
        return posted
    kept = [(name, value) for name, value in posted.items(multi=True) if not name.endswith(".note")]
    return MultiDict(kept)


def _again(phone: Phone) -> Phone:
    """Return the phone as it is after writing: its rows were read anew then."""
    return Phone(phone.opened, phone.participant)


def _say_done(public_id: str) -> None:
    try:
        operations.done(public_id, _token())
    except NotThere:
        raise Left from None
    except WrongStage:
        flash(_("The answers have been shown already. Look at the screen."))


def _saved_json(phone: Phone, part: Part, form: QuestionForm) -> Response:
    """Tell the page what is stored now, which questions are hidden, and how far each part has come."""
    names = [item.id for item in part.asked.items]
    listed = [] if phone.workshop.in_step else phone.parts
    return jsonify(
        asked=own_answers(form),
        hidden=[answer_name(name) for name in names if name not in phone.visible],
        sections={each.id: [each.answered, each.total] for each in listed},
    )


def _not_saved(  # noqa: PLR0913 - what the page shows, and why it was not saved
    phone: Phone,
    part: Part,
    form: QuestionForm,
    code: int,
    refused: str = "",
    *,
    both_shown: Collection[str] = (),
) -> Reply:
    if wants_json():
        return jsonify(errors=form.first_errors), code
    return _part_page(phone, part, form, refused, both_shown), code


def _too_late() -> str:
    return _("The answers have been shown meanwhile, so this was not saved. What you wrote stands below.")


def _after(phone: Phone, fresh: Phone, part: Part, form: QuestionForm) -> str:
    """Return where to go after saving: to what was cleared or has come to light, else where one wants."""
    parts = {each.id: each for each in fresh.open_parts}
    if part.id not in parts:
        return _home(fresh)
    came_to_light = [each.name for each in form.questions if each.name in fresh.visible - phone.visible]
    for question in (request.form.get(CLEAR, "").removeprefix(PREFIX), *came_to_light):
        if question in form:
            return f"{_part_address(fresh, part.id)}#{answer_name(question)}"
    go = request.form.get("go", "")
    if go == "stay":
        flash(_("Saved."))
        return _part_address(fresh, part.id)
    following = part.number + 1 if go == "next" else None
    wanted = next((each.id for each in parts.values() if go == each.id or following == each.number), "")
    return _part_address(fresh, wanted) if wanted else _home(fresh)


def _part_address(phone: Phone, part: str) -> str:
    return url_for(".section", code=phone.workshop.code, section_id=part)
