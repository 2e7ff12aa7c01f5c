"""Which questionnaire an address chooses, and which text of it new assessments begin with."""

from __future__ import annotations

from flask import abort, make_response, request

from app import catalogue
from app.definitions.operations import VersionTaken
from app.definitions.reading import changed_since_used, newest_stored
from app.engine.faults import LoadingFailed
from app.engine.loading import Loaded
from app.platform import errors
from app.platform.i18n import gettext as _
from app.platform.i18n import language

STANDARD = "new-partner"
"""The questionnaire of the front page's door."""


def chosen_questionnaire() -> Loaded:
    """Return the questionnaire that the address names, else the standard one.

    Without one: 404, or 503 with what is wrong where the files that are there cannot be used.
    """
    found = questionnaire_in_use(request.args.get("questionnaire", STANDARD))
    if found is None and catalogue.installed().faulty:
        abort(make_response(_faulty_page(catalogue.installed().faulty[0])))
    return found or abort(404)


def questionnaire_to_begin_with() -> Loaded:
    """Return :func:`chosen_questionnaire`.

    Raises ``VersionTaken``, before anybody writes, where it was changed and kept its version.
    """
    chosen = chosen_questionnaire()
    if request.method == "GET" and changed_since_used([chosen.questionnaire]):
        raise VersionTaken(chosen.questionnaire.id, chosen.questionnaire.version)
    return chosen


def _faulty_page(failed: LoadingFailed) -> errors.ErrorPage:
    fault = failed.lines(language())[0]
    text = _("Its file was changed and has a fault. Nothing was lost. %(fault)s", fault=fault)
    return errors.error_page(503, _("The questionnaire cannot be used"), text)


def questionnaire_in_use(questionnaire: str) -> Loaded | None:
    """Return the newest installed version of a questionnaire.

    Where there is none, but a file that cannot be used, it is the newest version that was ever begun with
    here: an edit that went wrong stops nobody's work, not even after a restart.
    """
    found = catalogue.find(questionnaire)
    if found is None and catalogue.installed().faulty:
        return newest_stored(questionnaire)
    return found


def offered(but: str) -> list[Loaded]:
    """Return the newest version of each installed questionnaire that can be begun with, ``but`` one."""
    installed = catalogue.installed()
    newest = [installed.find(each) for each in installed.ids() if each != but]
    found = [each for each in newest if each is not None]
    changed = {each.digest for each in changed_since_used(one.questionnaire for one in found)}
    return [each for each in found if each.questionnaire.digest not in changed]
