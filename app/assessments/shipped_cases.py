"""The worked cases that ship with Overvej, as something to try and something to show."""

from __future__ import annotations

from flask import abort

from app import catalogue
from app.assessments.answered import AnsweredQuestionnaire
from app.assessments.chosen_questionnaire import STANDARD
from app.definitions.reading import stored_version
from app.engine.answers import from_json
from app.engine.json_text import decode, read_text
from app.paths import questionnaires_folder

EXAMPLE = "stated/ekko-af-byen-before.json"
SAMPLE = "stated/ekko-af-byen-after.json"


def shipped_case(name: str) -> AnsweredQuestionnaire:
    """Return a worked case with the version that it answers; 404 where that is not installed."""
    path = questionnaires_folder() / "cases" / STANDARD / name
    if not path.is_file():
        abort(404)
    answers = decode(read_text(path), path.name).data["file"]
    version = answers["version"]
    loaded = catalogue.find(STANDARD, version) or stored_version(STANDARD, version) or abort(404)
    return AnsweredQuestionnaire(loaded, from_json(answers, loaded.questionnaire))
