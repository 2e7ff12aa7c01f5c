"""The overview for leadership, and the way to its report."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import charts
from app.engine.texts import LANGUAGES
from app.partners.models import LEVELS, SECTORS
from app.partners.reading import owners
from app.partners.words import level_words, sector_words
from app.platform.actor import current_actor
from app.platform.days import today
from app.platform.i18n import language
from app.platform.jobs import begin
from app.portfolio.choice import chosen
from app.portfolio.overview import Lengths, overview
from app.portfolio.register import latest_assessments
from app.portfolio.work import KIND
from app.wording.figures import thousands

ON_PAGE = Lengths(partners=6, waiting=5)

portfolio = Blueprint("portfolio", __name__, url_prefix="/overview")


@portfolio.context_processor
def words() -> dict[str, Any]:
    """Give the templates of this room the charts, the words for levels and sectors, and figures."""
    return {
        "charts": charts,
        "levels": LEVELS,
        "level_titles": [level_words(level).title for level in LEVELS],
        "level_words": level_words,
        "sector_words": sector_words,
        "figure": lambda number: thousands(number, language()),
    }


@portfolio.get("", endpoint="overview")
def show() -> str:
    """Show where the partners stand, all of them or those that were chosen."""
    choice = chosen(request.args)
    found = overview(choice, date.fromisoformat(today()), ON_PAGE)
    return render_template(
        "portfolio/overview.html",
        choice=choice,
        overview=found,
        latest=latest_assessments(choice, found.positions.assessed),
        goals=found.goals,
        owners=owners(),
        sectors=SECTORS,
    )


@portfolio.post("/portfolio")
def print_it() -> Response:
    """Ask for the report: it is made in the background, with today as the date of its data."""
    asked = request.form.get("language", "")
    parameters = {"date": today(), "choice": chosen(request.form).filled()}
    job = begin(KIND, parameters, asked if asked in LANGUAGES else language(), current_actor())
    return redirect(url_for("jobs.job", public_id=job), 303)
