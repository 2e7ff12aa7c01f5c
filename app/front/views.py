"""The front page."""

from __future__ import annotations

from flask import Blueprint, render_template

from app.assessments.opening import recent_assessments

SHOWN = 50

front = Blueprint("front", __name__)


@front.get("/")
def page() -> str:
    """Show the doors and the assessments that were begun."""
    return render_template("front/page.html", recent=recent_assessments(SHOWN))
