"""A file that someone brings: an answers file, or a decision PDF with the answers inside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select

from app import catalogue
from app.assessments.models import Definition
from app.engine.answers import FORMAT, Answers
from app.engine.json_text import BYTE_ORDER_MARK, decode
from app.engine.loading import Loaded, LoadingFailed, load, read_answers
from app.platform.database import db
from app.platform.i18n import gettext as _
from app.platform.i18n import language
from app.platform.text import writable
from app.printing.attachments import NothingAttached, attached

PDF_MARK = b"%PDF-"
MOST_LINES = 20


class Refused(ValueError):
    """A file that cannot be used; ``lines`` say why, for the person who brought it."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = [writable(line) for line in lines[:MOST_LINES]]


@dataclass(frozen=True, slots=True)
class Brought:
    """The answers that a file holds, with the questionnaire that they answer."""

    loaded: Loaded
    answers: Answers


def read_upload(content: bytes, name: str) -> Brought:
    """Return what a file called ``name`` holds. Raises :class:`Refused`; nothing is written."""
    if not content:
        raise Refused([_("Choose a file first.")])
    try:
        if content.startswith(PDF_MARK):
            inside = attached(content)
            loaded = load(inside.definition, name)
            return Brought(loaded, read_answers(inside.answers, loaded.questionnaire, name))
        return _from_text(_as_text(content), name)
    except NothingAttached as nothing:
        raise Refused([nothing.message(language())]) from None
    except LoadingFailed as failed:
        raise Refused(failed.lines(language())) from None


def _as_text(content: bytes) -> str:
    try:
        return content.decode("utf-8").removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError:
        raise Refused([_("This is neither an answers file nor a PDF.")]) from None


def _from_text(text: str, name: str) -> Brought:
    data = decode(text, name).data
    if data.get("format") != FORMAT:
        raise Refused([_("This is not an answers file: it does not say “%(format)s”.", format=FORMAT)])
    questionnaire, version = str(data.get("questionnaire", "")), str(data.get("version", ""))
    if not questionnaire:
        raise Refused([_("The file does not say which questionnaire it answers.")])
    loaded = _known(questionnaire, version, str(data.get("digest", "")))
    if loaded is None:
        raise Refused(
            [
                _(
                    "The file answers %(questionnaire)s %(version)s, which is not installed here. "
                    "A decision paper (PDF) carries its questionnaire and can be opened instead.",
                    questionnaire=questionnaire,
                    version=version,
                )
            ]
        )
    return Brought(loaded, read_answers(text, loaded.questionnaire, name))


@lru_cache(maxsize=16)
def _load_once(source: str) -> Loaded:
    """Read a stored definition once: thousands of files may answer it."""
    return load(source)


def _known(questionnaire: str, version: str, digest: str) -> Loaded | None:
    """Return the questionnaire with that digest; without one, as it was first used here or is installed."""
    if "\x00" in questionnaire + version + digest:
        return None
    stored = db.session.execute(
        select(Definition.digest, Definition.installed, Definition.source)
        .where(Definition.questionnaire == questionnaire, Definition.version == version)
        .order_by(Definition.installed.desc(), Definition.id)
    ).all()
    meant = next((row for row in stored if digest in ("", row.digest) and (digest or row.installed)), None)
    return _load_once(meant.source) if meant else catalogue.find(questionnaire, version)
