"""The questionnaires: what is installed, in what state, and what is asked in it."""

from __future__ import annotations

from flask import Blueprint, abort, render_template

from app import catalogue
from app.definitions.reading import stored_version
from app.platform.i18n import NAMES, language
from app.site.questionnaires.preview import preview as previewed
from app.site.questionnaires.reading import shelf

LONGEST = 200

questionnaires = Blueprint("questionnaires", __name__, url_prefix="/questionnaires")


@questionnaires.get("")
def installed() -> str:
    """Show what is installed, and every fault of what cannot be used."""
    return render_template("site/questionnaires/page.html", shelf=shelf(), names=NAMES)


@questionnaires.get("/<questionnaire_id>/<version>")
def preview(questionnaire_id: str, version: str) -> str:
    """Show a whole questionnaire: one that is installed, or one that assessments here still use."""
    if len(questionnaire_id + version) > LONGEST:
        abort(404)
    installed = catalogue.find(questionnaire_id, version)
    found = installed or stored_version(questionnaire_id, version) or abort(404)
    questionnaire = found.questionnaire
    spoken = language() if language() in questionnaire.languages else questionnaire.languages[0]
    return render_template(
        "site/questionnaires/preview.html",
        questionnaire=questionnaire,
        preview=previewed(questionnaire, language()),
        spoken=spoken,
        installed=installed is not None,
    )
