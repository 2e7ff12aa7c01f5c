"""The register of partners, and the page of each: what is known, and all that happened in one line."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from app.organisation.reading import current
from app.partners import operations, reading, register, story, timeline
from app.partners.forms import ContactForm, FactsForm, LevelForm, NewForm, ReasonForm
from app.partners.mentions import mentions_of
from app.partners.models import CONTACT_KINDS, FACTS, LEVELS, SECTORS, LevelChange, Partner, PartnerContact
from app.partners.personal import personal_data as person_as_data
from app.partners.words import contact_words, level_words, sector_words
from app.platform import errors
from app.platform.actor import current_actor
from app.platform.addresses import is_public_id
from app.platform.conflicts import ChangedMeanwhile, differing, show_both, shown_again
from app.platform.days import today
from app.platform.forms import number_in
from app.platform.i18n import gettext as _
from app.platform.text import writable

MOST_FOUND = 20
COMPARE = "comparisons.comparison"

Reply = str | AnyResponse | tuple[str, int]

partners = Blueprint("partners", __name__, url_prefix="/partners")


@partners.errorhandler(operations.Gone)
def gone(error: operations.Gone) -> errors.ErrorPage:
    """Answer for a partner that is not there any more."""
    return errors.http_error(NotFound())


@partners.context_processor
def words() -> dict[str, Any]:
    """Give the templates of this room the words for levels, sectors and contacts."""
    return {
        "level_words": level_words,
        "sector_words": sector_words,
        "sectors": [("", _("Not said")), *((each, sector_words(each)) for each in SECTORS)],
        "levels": LEVELS,
        "contact_kinds": [(each, contact_words(each)) for each in CONTACT_KINDS],
    }


# The register


@partners.get("", endpoint="register")
def list_all() -> Reply:
    """Show the partners that are searched for, a page at a time."""
    search = register.search_in(request.args)
    return render_template(
        "partners/register.html", search=search, listed=register.listed(search), owners=reading.owners()
    )


@partners.route("/new", methods=["GET", "POST"])
def new() -> Reply:
    """Ask about a new partner; one whose name is here already is shown before another is made."""
    form = NewForm()
    if request.method == "GET":
        asked = writable(request.args.get("name", ""))
        return _new_page(form.show({"level": "glance", "owner": current().default_owner, "name": asked}))
    if not form.take(request.form):
        return _new_page(form), 400
    similar = _similar(form.values["name"])
    if similar:
        return _new_page(form, similar), 409
    facts = form.values
    try:
        public_id = operations.create(
            facts, facts["level"], facts["reason"], current_actor(), despite="despite" in request.form
        )
    except operations.NameTaken:
        return _new_page(form, register.alike(facts["name"])), 409
    return redirect(url_for(".partner", public_id=public_id), 303)


def _new_page(form: NewForm, similar: list[Partner] | None = None) -> str:
    levels = [(level, level_words(level)) for level in LEVELS]
    return render_template(
        "partners/new.html",
        form=form,
        similar=similar,
        owners=reading.owners(),
        level_choices=[
            (level, f"{words.title} ({words.nickname})" if words.nickname else words.title)
            for level, words in levels
        ],
    )


def _similar(name: str, but: int | None = None) -> list[Partner]:
    """Return the partners of nearly this name, unless the reader has seen them and goes on."""
    return [] if "despite" in request.form else register.alike(name, but)


# One partner


@partners.get("/<public:public_id>")
def partner(public_id: str) -> Reply:
    """Show a partner: what is known, and everything that happened."""
    partner = reading.partner_with(public_id)
    if partner.public_id != public_id:
        return redirect(url_for(".partner", public_id=partner.public_id), 303)
    return _partner_page(partner, _no_contact_yet())


def _no_contact_yet() -> ContactForm:
    return ContactForm().show({"on": today(), "kind": "meeting"})


def _partner_page(partner: Partner, form: ContactForm) -> str:
    events = timeline.events_of(partner.id)
    compared = [each for each in events if each.kind == "assessment" and each.public_id]
    return render_template(
        "partners/page.html",
        partner=partner,
        form=form,
        story=story.story_of(events),
        compared=compared if len(compared) > 1 and COMPARE in current_app.view_functions else [],
    )


@partners.route("/<public:public_id>/edit", methods=["GET", "POST"])
def edit(public_id: str) -> Reply:
    """Show and change what is known about a partner."""
    partner = reading.partner_with(public_id)
    form = FactsForm()
    if request.method == "GET":
        filled_in = form.show({name: getattr(partner, name) for name in FACTS})
        return _edit_page(partner, filled_in, partner.row_version)
    shown = _shown("row_version", partner, public_id)
    if not form.take(request.form):
        return _edit_page(partner, form, shown), 400
    similar = _similar(form.values["name"], partner.id) if form.values["name"] != partner.name else []
    if similar:
        return _edit_page(partner, form, shown, similar), 409
    try:
        operations.change_facts(partner.id, shown, form.values, current_actor())
    except ChangedMeanwhile:
        fresh = reading.partner_with(public_id)
        others = differing(form.values, {name: getattr(fresh, name) for name in FACTS})
        show_both(form, {name: _other_words(name, there) for name, there in others.items()})
        return _edit_page(fresh, form, fresh.row_version, both_shown=True), 409
    return redirect(url_for(".partner", public_id=partner.public_id), 303)


def _edit_page(
    partner: Partner,
    form: FactsForm,
    row_version: int,
    similar: list[Partner] | None = None,
    *,
    both_shown: bool = False,
) -> str:
    """Show the form with the version that it was filled in from, so that a second save sees the first."""
    return render_template(
        "partners/edit.html",
        partner=partner,
        form=form,
        similar=similar,
        owners=reading.owners(),
        row_version=row_version,
        changed=both_shown,
    )


def _other_words(name: str, there: str) -> str:
    """Say what somebody else has written meanwhile, for the place above what the reader wrote."""
    said = sector_words(there) if name == "sector" else there
    if not said:
        return _("Somebody else has emptied this. Save again to keep yours.")
    return _("Somebody else has written here: “%(there)s”. Save again to keep yours.", there=said)


# Contacts


@partners.post("/<public:public_id>/contacts")
def log_contact(public_id: str) -> Reply:
    """Note that we were in touch."""
    partner = reading.partner_with(public_id)
    form = ContactForm()
    if not form.take(request.form):
        return _partner_page(partner, form), 400
    written = form.values
    operations.log_contact(partner.id, written["on"], written["kind"], written["text"], current_actor())
    flash(_("The contact is noted."))
    return redirect(url_for(".partner", public_id=partner.public_id), 303)


@partners.route("/<public:public_id>/contacts/<public:contact_id>", methods=["GET", "POST"])
def contact(public_id: str, contact_id: str) -> Reply:
    """Correct or remove what was noted of a contact."""
    found, partner = reading.contact_with(public_id, contact_id), reading.partner_with(public_id)
    form = ContactForm()
    if request.method == "GET":
        shown = {"on": found.on, "kind": found.kind, "text": found.text}
        return _contact_page(partner, found, form.show(shown))
    removes = "remove" in request.form
    if not form.take(request.form) and not removes:
        return _contact_page(partner, found, form), 400
    try:
        if removes:
            operations.remove_contact(found.id, _number("row_version"), current_actor())
        else:
            operations.correct_contact(found.id, _number("row_version"), form.values, current_actor())
    except ChangedMeanwhile:
        fresh = reading.contact_with(public_id, contact_id)
        show_both(form, {"text": _other_words("text", fresh.text)})
        return _contact_page(partner, fresh, form, both_shown=True), 409
    flash(_("The contact is removed.") if removes else _("The contact is corrected."))
    return redirect(url_for(".partner", public_id=partner.public_id), 303)


def _contact_page(
    partner: Partner, found: PartnerContact, form: ContactForm, *, both_shown: bool = False
) -> str:
    return render_template(
        "partners/contact.html",
        partner=partner,
        contact=found,
        form=form,
        row_version=shown_again("row_version", found.row_version, both_shown=both_shown),
    )


# Level


@partners.route("/<public:public_id>/level", methods=["GET", "POST"])
def change_level(public_id: str) -> Reply:
    """Tell what each level needs, and give the partner another, with a reason."""
    partner = reading.partner_with(public_id)
    form = LevelForm()
    if request.method == "GET":
        return _level_page(partner, form.show({"level": partner.level}))
    if not form.take(request.form):
        return _level_page(partner, form), 400
    shown, wanted = request.form.get("shown", ""), form.values
    if wanted["level"] == partner.level:
        form["level"].errors = [_("That is the level now. Choose another.")]
        return _level_page(partner, form), 400
    try:
        operations.change_level(partner.id, shown, wanted["level"], wanted["reason"], current_actor())
    except ChangedMeanwhile:
        fresh = reading.partner_with(public_id)
        there = level_words(fresh.level).title
        words = _("Somebody else has changed it to: %(there)s. Save again to keep yours.", there=there)
        show_both(form, {"level": words})
        return _level_page(fresh, form, both_shown=True), 409
    return redirect(url_for(".partner", public_id=partner.public_id), 303)


def _level_page(partner: Partner, form: LevelForm, *, both_shown: bool = False) -> str:
    shown = shown_again("shown", partner.level, both_shown=both_shown)
    return render_template("partners/level.html", partner=partner, form=form, shown=shown)


@partners.route("/<public:public_id>/level/<int:change_id>", methods=["GET", "POST"])
def correct_reason(public_id: str, change_id: int) -> Reply:
    """Correct the reason of a level."""
    change, partner = reading.change_with(public_id, change_id), reading.partner_with(public_id)
    form = ReasonForm()
    if request.method == "GET":
        return _reason_page(partner, change, form.show({"reason": change.reason}))
    if not form.take(request.form):
        return _reason_page(partner, change, form), 400
    shown = writable(request.form.get("shown", ""))
    try:
        operations.correct_reason(change.id, shown, form.values["reason"], current_actor())
    except ChangedMeanwhile:
        show_both(form, {"reason": _other_words("reason", change.reason)})
        return _reason_page(partner, change, form, both_shown=True), 409
    flash(_("The reason is corrected."))
    return redirect(url_for(".partner", public_id=partner.public_id), 303)


def _reason_page(partner: Partner, change: LevelChange, form: ReasonForm, *, both_shown: bool = False) -> str:
    shown = shown_again("shown", change.reason, both_shown=both_shown)
    return render_template("partners/reason.html", partner=partner, change=change, form=form, shown=shown)


# Two that are one


@partners.route("/<public:public_id>/merge", methods=["GET", "POST"])
def merge(public_id: str) -> Reply:
    """Choose the other, see both side by side, and make them one."""
    kept = reading.partner_with(public_id)
    other = request.values.get("other", "")
    if not is_public_id(other):
        return (
            (_choose_page(kept, _("Find the other one first.")), 400) if request.form else _choose_page(kept)
        )
    gone = reading.partner_with(other)
    if gone.id == kept.id:
        return _choose_page(kept, _("The two are one and the same already.")), 400
    if request.method == "GET":
        return _merge_page(kept, gone)
    if "sure" not in request.form:
        return _merge_page(kept, gone, {"sure": _("Say that you are sure: it cannot be undone.")}), 400
    versions = (_shown("kept_version", kept, public_id), _shown("gone_version", gone, other))
    try:
        operations.merge(kept.id, gone.id, versions, current_actor())
    except (ChangedMeanwhile, operations.CannotMerge):
        return _look_again(kept.public_id, gone.public_id)
    flash(_("The two are one now."))
    return redirect(url_for(".partner", public_id=kept.public_id), 303)


def _choose_page(kept: Partner, error: str = "") -> str:
    text = writable(request.args.get("q", "")).strip()
    found = register.found_by_text(text, MOST_FOUND + 1) if text else register.alike(kept.name, kept.id)
    others = [each for each in found if each.id != kept.id][:MOST_FOUND]
    return render_template("partners/choose.html", partner=kept, text=text, others=others, error=error)


def _merge_page(kept: Partner, gone: Partner, errors: dict[str, str] | None = None) -> str:
    return render_template("partners/merge.html", kept=kept, gone=gone, errors=errors or {})


def _look_again(kept_id: str, gone_id: str) -> Reply:
    kept, gone = reading.partner_with(kept_id), reading.partner_with(gone_id)
    if kept.id == gone.id:
        return redirect(url_for(".partner", public_id=kept.public_id), 303)
    error = _("One of them was changed in the meantime. Look once more.")
    return _merge_page(kept, gone, {"sure": error}), 409


# The person there


@partners.get("/<public:public_id>/personal-data.json")
def personal_data(public_id: str) -> Reply:
    """Give what is stored of the person at a partner, as a file."""
    partner = reading.partner_with(public_id)
    content = json.dumps(person_as_data(partner, mentions_of(partner)), ensure_ascii=False, indent=2)
    return Response(
        content,
        mimetype="application/json",
        headers={"Content-Disposition": 'attachment; filename="personal-data.json"'},
    )


@partners.route("/<public:public_id>/erase", methods=["GET", "POST"])
def erase(public_id: str) -> Reply:
    """Tell where the person may be named outside the register, ask once more, and erase."""
    partner = reading.partner_with(public_id)
    if request.method == "GET":
        return render_template("partners/erase.html", partner=partner, mentions=mentions_of(partner))
    if partner.public_id != public_id:
        flash(
            _(
                "The partner was merged with another meanwhile, so the contact person may be "
                "a different one. Nothing is erased yet. Look once more."
            )
        )
        return redirect(url_for(".erase", public_id=partner.public_id), 303)
    operations.erase_contact_person(partner.id, current_actor())
    flash(_("The contact person is erased."))
    return redirect(url_for(".partner", public_id=partner.public_id), 303)


def _shown(name: str, partner: Partner, asked: str) -> int:
    """Return the version of a partner that its form was shown with.

    ``0``, which no row has, where the one that was ``asked`` for was merged into this one since.
    """
    return _number(name) if partner.public_id == asked else 0


def _number(name: str) -> int:
    return number_in(request.form.get(name, "")) or 0
