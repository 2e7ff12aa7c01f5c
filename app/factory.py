"""Puts the web application together: first the platform, then the rooms that are built on it."""

from __future__ import annotations

from flask import Flask
from flask_wtf import CSRFProtect

from app.assessments.after_meeting.views import after_meeting
from app.assessments.comparisons.views import comparisons
from app.assessments.deleted.views import deleted
from app.assessments.history.views import history
from app.assessments.mentions import passages as assessment_passages
from app.assessments.rooms_above import RoomsAbove
from app.assessments.timeline import events as assessment_events
from app.assessments.views import assessments
from app.assessments.what_if.views import what_if
from app.config import Config, from_environment
from app.data.backups.views import backups
from app.data.exports.views import exports
from app.data.exports.work import register_jobs as register_exports
from app.data.imports.views import imports
from app.data.imports.work import register_jobs as register_import
from app.data.limits import LARGEST_BACKUP, LARGEST_ZIP
from app.decisions.mentions import passages as decision_passages
from app.decisions.reading import changed_since, is_settled
from app.decisions.timeline import events as decision_events
from app.decisions.views import decisions
from app.organisation.asking import ask_for_a_name
from app.organisation.reading import default_language
from app.organisation.views import organisation
from app.partners.events import events as partner_events
from app.partners.mentions import add_source as add_passages
from app.partners.timeline import add_source
from app.partners.views import partners
from app.platform.addresses import set_up_addresses
from app.platform.assets import serve_assets
from app.platform.compression import compress_answers
from app.platform.data_folder import private_folder
from app.platform.database import set_up_database
from app.platform.errors import set_up_errors
from app.platform.headers import add_headers
from app.platform.heads import take_heads_for_pages
from app.platform.i18n import A_YEAR, set_up_languages
from app.platform.other_sites import refuse_other_sites
from app.platform.queue import Queue
from app.platform.secret import own_name, secret_key
from app.platform.solo import refuse_other_machines
from app.platform.templates import set_up_templates
from app.platform.uploads import allow_larger_uploads
from app.portfolio.views import portfolio
from app.portfolio.work import register_jobs as register_portfolio
from app.printing.printer import Printer
from app.site.documents.views import documents
from app.site.front.views import front
from app.site.jobs.views import jobs
from app.site.questionnaires.views import questionnaires
from app.workshops.agreeing.views import agreeing
from app.workshops.listing import behind
from app.workshops.mentions import passages as workshop_passages
from app.workshops.phones.views import phones
from app.workshops.preparing.views import preparing
from app.workshops.report.views import report
from app.workshops.sheets.views import sheets
from app.workshops.timeline import events as workshop_events
from app.workshops.views import workshops
from app.workshops.wall.views import wall

MOST_FORM_PARTS = 1000
LARGEST_FORM = 1024 * 1024
LARGER_UPLOADS = {"/exports/import": LARGEST_ZIP, "/backups": LARGEST_BACKUP}

ROOMS = (
    front,
    organisation,
    partners,
    assessments,
    deleted,
    history,
    comparisons,
    what_if,
    after_meeting,
    decisions,
    portfolio,
    workshops,
    preparing,
    phones,
    wall,
    agreeing,
    sheets,
    report,
    exports,
    imports,
    backups,
    documents,
    questionnaires,
    jobs,
)


def make_app(config: Config | None = None) -> Flask:
    """Return the application for ``config``, by default the environment's."""
    chosen = config or from_environment()
    app = Flask("app", static_folder=None)
    key = secret_key(private_folder(chosen.data_folder))
    app.config.update(
        DATA_FOLDER=chosen.data_folder,
        SECRET_KEY=key,
        SESSION_COOKIE_NAME=f"overvej-{own_name(key)}",
        LANGUAGE_COOKIE=f"overvej-language-{own_name(key)}",
        WORKSHOP_ADDRESS=chosen.workshop_address,
        MAX_CONTENT_LENGTH=chosen.largest_upload,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=MOST_FORM_PARTS,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=A_YEAR,
        SESSION_REFRESH_EACH_REQUEST=False,  # sent when something in it changed, not with every file
        WTF_CSRF_TIME_LIMIT=None,  # a page may be open all day
    )
    allow_larger_uploads(app, LARGER_UPLOADS)
    compress_answers(app)
    set_up_addresses(app)
    take_heads_for_pages(app)
    refuse_other_machines(app)
    add_headers(app)
    set_up_languages(app)
    set_up_errors(app)
    refuse_other_sites(app)
    CSRFProtect(app)
    serve_assets(app)
    set_up_templates(app)
    set_up_database(app, chosen.engine_url)
    app.extensions["queue"] = Queue(chosen.engine_url, chosen.data_folder)
    for room in ROOMS:
        app.register_blueprint(room)
    _introduce_rooms(app)
    ask_for_a_name(app)
    app.extensions["default_language"] = default_language
    app.extensions["printer"] = Printer()  # starts its process at the first document
    return app


def _introduce_rooms(app: Flask) -> None:
    """Let rooms tell those below them, which cannot import them, what they hold and what they can do."""
    for events in (assessment_events, partner_events, decision_events, workshop_events):
        add_source(events)
    for passages in (assessment_passages, decision_passages, workshop_passages):
        add_passages(passages)
    register_portfolio()
    register_exports()
    register_import()
    app.extensions["rooms_above_assessments"] = RoomsAbove(is_settled, changed_since, behind)
