"""The worked cases that ship with Overvej, as something to try and something to show."""

from __future__ import annotations

from flask import abort

from app.assessments.importing import Brought
from app.assessments.in_use import questionnaire_in_use
from app.assessments.views import STANDARD
from app.engine.answers import from_json
from app.engine.json_text import decode, read_text
from app.paths import questionnaires_folder

EXAMPLE = "stated/ekko-af-byen-before.json"
SAMPLE = "stated/ekko-af-byen-after.json"


def shipped_case(name: str) -> Brought:
    """Return a worked case of the standard questionnaire; 404 where it is not installed."""
    path = questionnaires_folder() / "cases" / STANDARD / name
    loaded = questionnaire_in_use(STANDARD)
    if loaded is None or not path.is_file():
        abort(404)
    case = decode(read_text(path), path.name).data
    return Brought(loaded, from_json(case["file"], loaded.questionnaire))
