"""A set of answers with its questionnaire: from an answers file, a worked case or a decision PDF."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _
from gettext import ngettext

from app.catalogue import Catalogue, installed
from app.cli.files import as_text, displayed, read_bytes
from app.cli.language import locale_language
from app.cli.problem import Problem
from app.engine.answers import FORMAT, Answers
from app.engine.definition import FORMAT as QUESTIONNAIRE_FORMAT
from app.engine.definition import Questionnaire
from app.engine.json_text import decode
from app.engine.loading import LoadingFailed, load, read_answers
from app.engine.worked_cases import read_case
from app.platform.files import is_pdf


@dataclass(frozen=True, slots=True)
class AnswersInput:
    """Answers and the questionnaire that they answer; ``source`` is the questionnaire's JSON text."""

    questionnaire: Questionnaire
    answers: Answers
    source: str


def answers_from(name: str) -> AnswersInput:
    """Return the answers in the file ``name`` (``-``: standard input). Raises :class:`Problem`.

    A PDF is read by the questionnaire inside it, so that an old decision stays what it was; a bare answers
    file by the installed questionnaire of the version that it names.
    """
    try:
        return answers_in(read_bytes(name), displayed(name))
    except LoadingFailed as failed:
        raise Problem(first_of(failed)) from failed


def answers_in(content: bytes, name: str) -> AnswersInput:
    """Return the answers that ``content`` is. Raises :class:`Problem` or :class:`LoadingFailed`."""
    if is_pdf(content):
        return _from_pdf(content, name)
    return _from_text(as_text(content, name), name)


def first_of(failed: LoadingFailed) -> str:
    """Return the first fault as ``file:line: message``, and how many more there are."""
    first, *rest = failed.lines(locale_language())
    if not rest:
        return first
    more = ngettext("and {number} more fault", "and {number} more faults", len(rest)).format(number=len(rest))
    return f"{first} ({more})"


def _from_pdf(content: bytes, name: str) -> AnswersInput:
    from app.printing.attachments import NothingAttached, attached  # noqa: PLC0415 - brings a PDF library

    try:
        inside = attached(content)
    except NothingAttached as nothing:
        raise Problem(f"{name}: {nothing.message(locale_language())}") from nothing
    loaded = load(inside.definition, _("{file}, the questionnaire inside").format(file=name))
    answers = read_answers(
        inside.answers, loaded.questionnaire, _("{file}, the answers inside").format(file=name)
    )
    return AnswersInput(loaded.questionnaire, answers, loaded.source)


def _from_text(text: str, name: str) -> AnswersInput:
    data = decode(text, name).data
    is_case = "expect" in data and isinstance(data.get("file"), dict)
    head = data["file"] if is_case else data
    _see_that_it_is_answers(head.get("format"), name)
    catalogue = installed()
    loaded = catalogue.find(str(head.get("questionnaire")), str(head.get("version")))
    if loaded is None:
        raise Problem(_not_installed(catalogue, head.get("questionnaire"), head.get("version"), name))
    questionnaire = loaded.questionnaire
    if is_case:
        _, answers = read_case(questionnaire, text, name)
    else:
        answers = read_answers(text, questionnaire, name)
    return AnswersInput(questionnaire, answers, loaded.source)


def _see_that_it_is_answers(written: object, name: str) -> None:
    if written == FORMAT:
        return
    if written == QUESTIONNAIRE_FORMAT:
        raise Problem(_("{file} is a questionnaire, not a set of answers to one").format(file=name))
    if isinstance(written, str) and written.startswith(FORMAT.partition("/")[0] + "/"):
        raise Problem(
            _("{file} is in the format {format}, which this Overvej does not know; it knows {known}").format(
                file=name, format=written, known=FORMAT
            )
        )
    raise Problem(
        _("{file} is not an answers file: it lacks “format”: “{format}”").format(file=name, format=FORMAT)
    )


def _not_installed(catalogue: Catalogue, questionnaire: object, version: object, name: str) -> str:
    if not isinstance(questionnaire, str) or not isinstance(version, str):
        return _("{file} does not say which “questionnaire” and which “version” it answers").format(file=name)
    versions = catalogue.versions(questionnaire)
    if not versions:
        return _(
            "{file} answers the questionnaire {questionnaire}, which is not installed; installed: {known}"
        ).format(file=name, questionnaire=questionnaire, known=", ".join(catalogue.ids()) or "–")
    return _(
        "{file} answers version {version} of {questionnaire}, which is not installed; installed: {known}. "
        "A decision PDF carries its questionnaire and can be opened"
    ).format(file=name, version=version, questionnaire=questionnaire, known=", ".join(versions))
