"""Who is at work, and what the library has settled for everybody."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from app.organisation.forms import NameForm
from app.platform.actor import current_actor, remember
from app.platform.i18n import own_path
from app.platform.text import writable

Reply = str | Response | tuple[str, int]

organisation = Blueprint("organisation", __name__)


@organisation.route("/name", methods=["GET", "POST"])
def name() -> Reply:
    """Ask who is at work; the answer is kept in the browser, and so is that somebody would not say."""
    form = NameForm()
    if request.method == "GET":
        return _name_page(form.show({"name": current_actor()}))
    if "without" in request.form:
        return _named("")
    if not form.take(request.form):
        return _name_page(form), 400
    return _named(form.values["name"])


def _named(said: str) -> Response:
    remember(said)
    return redirect(own_path(request.form.get("back", "")), 303)


def _name_page(form: NameForm) -> str:
    back = writable(request.values.get("back", ""))
    return render_template("organisation/name.html", form=form, back=back)
