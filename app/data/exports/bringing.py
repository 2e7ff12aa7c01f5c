"""Many answers files at once: each is read by itself, and one that cannot be used stops none of the others.

What is here already, word for word, is not brought in twice: so an import that was broken off can simply be
begun again.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import select

from app.assessments.importing import Brought, Refused, read_upload
from app.assessments.models import Assessment, Definition
from app.assessments.operations import VersionTaken, create_many
from app.assessments.words import version_taken
from app.engine.answers import to_json
from app.platform.database import db
from app.platform.i18n import gettext as _
from app.platform.i18n import language, ngettext
from app.platform.jobs import JobFailed, Product, Progress, brought_file, register
from app.platform.text import writable
from app.wording.figures import thousands

IMPORT = "import"

MOST_FILES = 20_000
LARGEST_FILE = 8 * 1024 * 1024
LARGEST_UNPACKED = 1024 * 1024 * 1024
"""Bytes. Ten thousand answers files with notes take some 50 MB."""

AT_ONCE = 100
"""Files in one transaction: few enough that others who save hardly wait."""

ENDINGS = frozenset({".json", ".pdf"})
ENCRYPTED = 0x1


class Unusable(ValueError):
    """A zip that cannot be used; its text is for the person who brought it."""


@dataclass
class Outcome:
    """What came of an import. ``refused``: a line or more for each file that was not brought in."""

    made: int = 0
    known: int = 0
    refused: list[list[str]] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        """The sum of it, in the reader's language."""
        made = ngettext(
            "%(number)s assessment was brought in.",
            "%(number)s assessments were brought in.",
            self.made,
            number=thousands(self.made, language()),
        )
        said = [made]
        if self.known:
            said.append(
                ngettext(
                    "%(number)s was here already.",
                    "%(number)s were here already.",
                    self.known,
                    number=thousands(self.known, language()),
                )
            )
        if self.refused:
            count = len(self.refused)
            said.append(
                ngettext(
                    "%(number)s file was refused.",
                    "%(number)s files were refused.",
                    count,
                    number=thousands(count, language()),
                )
            )
        return said


def bring_in(files: Iterable[tuple[str, bytes]], actor: str, outcome: Outcome) -> Iterator[int]:
    """Bring in each file, given by name and content, in batches, and write into ``outcome`` what came of it.

    Gives how many files were looked at so far. ``b""`` stands for a file that cannot be read.
    """
    here = fingerprints()
    batch: list[tuple[str, Brought]] = []
    done = 0
    for done, (name, content) in enumerate(files, start=1):
        brought = _read(name, content, outcome)
        if brought is not None:
            found = fingerprint(brought)
            outcome.known += found in here
            if found not in here:
                here.add(found)
                batch.append((name, brought))
        if len(batch) == AT_ONCE:
            _store(batch, actor, outcome)
            batch = []
        yield done
    _store(batch, actor, outcome)
    yield done


def _read(name: str, content: bytes, outcome: Outcome) -> Brought | None:
    try:
        if not content:
            raise Refused([_("It is empty, broken, or larger than any answers file.")])
        return read_upload(content, name)
    except Refused as refused:
        outcome.refused.append(_named(name, refused.lines))
        return None


def _store(batch: list[tuple[str, Brought]], actor: str, outcome: Outcome) -> None:
    """Store a batch; where one of it cannot be stored, each by itself."""
    if not batch:
        return
    try:
        create_many([brought for _name, brought in batch], language=language(), actor=actor)
        outcome.made += len(batch)
    except VersionTaken as taken:
        if len(batch) == 1:
            outcome.refused.append(_named(batch[0][0], [version_taken(taken)]))
            return
        for each in batch:
            _store([each], actor, outcome)


def _named(name: str, lines: list[str]) -> list[str]:
    """Return the lines that say what is wrong, each with its file's name, which some say already."""
    shown = writable(name)
    return [line if line.startswith(f"{shown}:") else f"{shown}: {line}" for line in lines]


# What is here already


def fingerprints() -> set[bytes]:
    """Return the fingerprint of every assessment that is here and not in the bin."""
    statement = (
        select(
            Definition.digest,
            Assessment.date,
            Assessment.respondents,
            Assessment.subject,
            Assessment.answers,
            Assessment.gates,
        )
        .join(Definition, Definition.id == Assessment.definition_id)
        .where(Assessment.deleted_at.is_(None), Assessment.origin != "example")
    )
    return {_hash(row) for row in db.session.execute(statement.execution_options(yield_per=500))}


def fingerprint(brought: Brought) -> bytes:
    """Return the fingerprint that the answers would have once they are stored."""
    answers, parts = brought.answers, to_json(brought.answers)
    date = answers.date or datetime.datetime.now().astimezone().date().isoformat()
    said = (parts["subject"], parts["answers"], parts["gates"])
    return _hash((brought.loaded.questionnaire.digest, date, answers.respondents, *said))


def _hash(facts: Iterable[object]) -> bytes:
    # PostgreSQL forgets the order of keys.
    return hashlib.sha256(json.dumps(list(facts), sort_keys=True).encode()).digest()


# A zip


def looked_into(content: bytes) -> list[zipfile.ZipInfo]:
    """Return the entries of a zip that may be answers files. Raises :class:`Unusable`; nothing is unpacked.

    Names are for messages alone: nothing is ever written under them.
    """
    if not content:
        raise Unusable(_("Choose a file first."))
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = [each for each in archive.infolist() if _may_be_answers(each)]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        raise Unusable(_("This is no zip file, or it is broken.")) from None
    if not entries:
        raise Unusable(_("There is no answers file and no PDF in it."))
    if len(entries) > MOST_FILES:
        most = thousands(MOST_FILES, language())
        raise Unusable(_("There are more than %(most)s files in it. Bring them in parts.", most=most))
    if sum(each.file_size for each in entries) > LARGEST_UNPACKED:
        raise Unusable(_("Unpacked it would be too large. Bring the files in parts."))
    if any(each.flag_bits & ENCRYPTED for each in entries):
        raise Unusable(_("It is locked with a password. Pack it without one."))
    return entries


def _may_be_answers(entry: zipfile.ZipInfo) -> bool:
    """Say whether an entry is worth a look: no folder, and not what a Mac adds to a zip."""
    path = PurePosixPath(entry.filename)
    return not entry.is_dir() and path.suffix.lower() in ENDINGS and not path.name.startswith(".")


def unpacked(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Give each file of a zip, by name and content: unpacked one at a time, and only as far as it may go."""
    left = LARGEST_UNPACKED
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for entry in looked_into(content):
            inside = _inside(archive, entry)
            left -= len(inside)
            if left < 0:
                raise JobFailed(_("Unpacked it would be too large. Bring the files in parts."))
            yield entry.filename, inside


def _inside(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Return what an entry holds, ``b""`` where it is broken or larger than any answers file."""
    try:
        with archive.open(entry) as member:
            inside = member.read(LARGEST_FILE + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
        return b""
    return inside if len(inside) <= LARGEST_FILE else b""


# The job


def make_known() -> None:
    """Make the job known."""
    register(IMPORT, bring_in_zip, lambda: _("Answers files brought in"), "exports.page")


def bring_in_zip(parameters: Mapping[str, Any], _language: str, progress: Progress) -> Product:
    """Bring in the zip that was brought for this job; the product is a list of what was refused."""
    content = brought_file()
    if not content:
        raise JobFailed(_("The zip was cleared away after some days. Choose it once more."))
    try:
        total = len(looked_into(content))
    except Unusable as unusable:
        raise JobFailed(str(unusable)) from None
    outcome = Outcome()
    for done in bring_in(unpacked(content), str(parameters.get("actor", "")), outcome):
        progress(done, total)
    return _report(outcome)


def _report(outcome: Outcome) -> Product:
    lines = [*outcome.sentences, "", *(line for lines in outcome.refused for line in lines)]
    # With the mark, so that every editor on Windows reads it as UTF-8.
    text = "\r\n".join(lines).rstrip() + "\r\n"
    return Product(
        _("import.txt"), "text/plain; charset=utf-8", text.encode("utf-8-sig"), " ".join(outcome.sentences)
    )
