"""One file that is imported: whether it is worth reading, and the answers that it holds."""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath

from app.assessments.answered import AnsweredQuestionnaire
from app.data import limits
from app.data.imports.reading import known_questionnaire
from app.engine.answers import FORMAT
from app.engine.items.base import LONGEST_ID
from app.engine.json_text import BYTE_ORDER_MARK, decode
from app.engine.loading import LoadingFailed, load, read_answers, read_reference
from app.platform.files import JSON_ENDING, PDF_ENDING, is_pdf
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.platform.text import writable
from app.printing.attachments import NothingAttached, attached

MAC_FOLDER = "__MACOSX"
MOST_LINES = 20


class FileRefused(ValueError):
    """A file that cannot be imported; ``lines`` say why, in words for the person who chose it."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = [writable(line) for line in lines[:MOST_LINES]]


def is_worth_reading(path: PurePath) -> bool:
    """Say whether what lies in a folder or a zip may be an answers file. ``path``: from that folder down."""
    return path.suffix.lower() in (JSON_ENDING, PDF_ENDING) and not _is_hidden(path)


def is_of_a_mac(name: str) -> bool:
    """Say whether a file is one that a Mac keeps beside each of ours on another disk, under the same name."""
    return PurePosixPath(name).name.startswith("._")


def _is_hidden(path: PurePath) -> bool:
    return any(part == MAC_FOLDER or (part.startswith(".") and part.strip(".")) for part in path.parts)


def read_file(content: bytes, name: str) -> AnsweredQuestionnaire:
    """Return what a file called ``name`` holds. Raises :class:`FileRefused`; nothing is written."""
    if not content or len(content) > limits.LARGEST_FILE:
        raise FileRefused([_("It is empty, broken, or larger than any answers file.")])
    try:
        if is_pdf(content):
            inside = attached(content)
            loaded = load(inside.definition, name)
            return AnsweredQuestionnaire(loaded, read_answers(inside.answers, loaded.questionnaire, name))
        return _from_text(_as_text(content), name)
    except NothingAttached as nothing:
        raise FileRefused([nothing.message(language())]) from None
    except LoadingFailed as failed:
        raise FileRefused(failed.lines(language())) from None


def named(name: str, lines: list[str]) -> list[str]:
    """Return the lines that say what is wrong, each with its file's name, which some begin with already."""
    shown = writable(name)
    return [line if line.startswith(f"{shown}:") else f"{shown}: {line}" for line in lines]


def _as_text(content: bytes) -> str:
    try:
        return content.decode("utf-8").removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError:
        raise FileRefused([_("This is neither an answers file nor a PDF.")]) from None


def _from_text(text: str, name: str) -> AnsweredQuestionnaire:
    data = decode(text, name).data
    if data.get("format") != FORMAT:
        raise FileRefused([_("This is not an answers file: it does not say “%(format)s”.", format=FORMAT)])
    questionnaire, version, digest = read_reference(data, text, name)
    if not questionnaire:
        raise FileRefused([_("The file does not say which questionnaire it answers.")])
    loaded = known_questionnaire(questionnaire, version, digest)
    if loaded is None:
        raise FileRefused(
            [
                _(
                    "The file answers %(questionnaire)s %(version)s, which is not installed here. "
                    "A decision paper (PDF) carries its questionnaire and can be opened instead.",
                    questionnaire=questionnaire[:LONGEST_ID],
                    version=version[:LONGEST_ID],
                )
            ]
        )
    return AnsweredQuestionnaire(loaded, read_answers(text, loaded.questionnaire, name))
