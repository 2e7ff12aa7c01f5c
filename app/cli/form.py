"""``overvej form``: the blank questionnaire as a PDF."""

from __future__ import annotations

import argparse
import os
from gettext import gettext as _

from app.catalogue import installed
from app.cli.answers_input import first_of
from app.cli.files import as_text, read_bytes, writable
from app.cli.printing import print_to
from app.cli.problem import Problem
from app.engine.definition import Questionnaire
from app.engine.loading import LoadingFailed, load
from app.printing import documents
from app.wording.blank import blank


def run(arguments: argparse.Namespace) -> int:
    """Write the form."""
    output = writable(arguments.output)
    questionnaire = _named(arguments.questionnaire)
    if arguments.short and not questionnaire.short:
        raise Problem(_("{questionnaire} has no short variant").format(questionnaire=questionnaire.id))
    print_to(output, lambda: documents.form(blank(questionnaire, arguments.language, arguments.short)))
    return 0


def _named(name: str) -> Questionnaire:
    """Return the installed questionnaire of that id, in its newest version, or the one in that file."""
    catalogue = installed()
    found = catalogue.find(name)
    if found is not None:
        return found.questionnaire
    if not os.path.exists(name):  # noqa: PTH110 - a Path refuses some names by an error of its own
        message = _(
            "no questionnaire {questionnaire} is installed, and there is no such file; installed: {known}"
        )
        raise Problem(message.format(questionnaire=name, known=", ".join(catalogue.ids()) or "–"))
    try:
        return load(as_text(read_bytes(name), name), name).questionnaire
    except LoadingFailed as failed:
        raise Problem(first_of(failed)) from failed
