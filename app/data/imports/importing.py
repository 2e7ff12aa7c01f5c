"""The import itself. However files come, each is read by the same rules.

Those that somebody opens on the front page are stored all or none. Many at once are stored in batches, and a
file that cannot be used stops none of the others; what is here already, word for word, is not stored twice.
An import that broke off can therefore simply be begun again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from app.assessments.answered import AnsweredQuestionnaire
from app.assessments.operations import create_many
from app.assessments.words import version_taken
from app.data import limits
from app.data.imports.files import FileRefused, is_of_a_mac, named, read_file
from app.data.imports.reading import fingerprint, fingerprints
from app.definitions.operations import VersionTaken
from app.platform.i18n import gettext as _
from app.platform.i18n import language, ngettext
from app.wording.figures import thousands

AT_ONCE = 100
"""Files in one transaction: few enough that others who save hardly wait."""

File = tuple[str, bytes]
"""A file by name and content. ``b""`` stands for a file that cannot be read."""


@dataclass
class Outcome:
    """What came of an import. ``refused``: the lines about each file that was not imported."""

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
        told = [made]
        if self.known:
            told.append(
                ngettext(
                    "%(number)s was here already.",
                    "%(number)s were here already.",
                    self.known,
                    number=thousands(self.known, language()),
                )
            )
        if self.refused:
            count = len(self.refused)
            told.append(
                ngettext(
                    "%(number)s file was refused.",
                    "%(number)s files were refused.",
                    count,
                    number=thousands(count, language()),
                )
            )
        return told


def import_all_or_none(files: Sequence[File], actor: str) -> list[str]:
    """Store an assessment for each file, in one transaction, and return their public ids in order.

    Raises :class:`FileRefused` with what is wrong with each file, and
    :class:`app.definitions.operations.VersionTaken`; then nothing is stored.
    """
    files = list(_without_those_of_a_mac(files))
    if not files:
        raise FileRefused([_("Choose a file first.")])
    if len(files) > limits.MOST_AT_ONCE:
        raise FileRefused([_("Choose at most %(most)s files at once.", most=limits.MOST_AT_ONCE)])
    answered, problems = [], []
    for name, content in files:
        try:
            answered.append(read_file(content, name))
        except FileRefused as refused:
            problems += refused.lines if len(files) == 1 else named(name, refused.lines[:1])
    if problems:
        raise FileRefused(problems)
    return create_many(answered, language=language(), actor=actor)


def import_many(files: Iterable[File], actor: str, outcome: Outcome) -> Iterator[int]:
    """Store an assessment for each file that can be used, and put into ``outcome`` what came of it.

    Yields how many files were looked at so far.
    """
    here = fingerprints()
    batch: list[tuple[str, AnsweredQuestionnaire]] = []
    done = 0
    for done, (name, content) in enumerate(_without_those_of_a_mac(files), start=1):
        try:
            answered = read_file(content, name)
        except FileRefused as refused:
            outcome.refused.append(named(name, refused.lines))
        else:
            found = fingerprint(answered)
            outcome.known += found in here
            if found not in here:
                here.add(found)
                batch.append((name, answered))
        if len(batch) == AT_ONCE:
            _store(batch, actor, outcome)
            batch = []
        yield done
    _store(batch, actor, outcome)
    yield done


def _without_those_of_a_mac(files: Iterable[File]) -> Iterator[File]:
    return (file for file in files if not is_of_a_mac(file[0]))


def _store(batch: list[tuple[str, AnsweredQuestionnaire]], actor: str, outcome: Outcome) -> None:
    """Store a batch; if one file of it cannot be stored, store each by itself."""
    if not batch:
        return
    try:
        create_many([answered for _name, answered in batch], language=language(), actor=actor)
        outcome.made += len(batch)
    except VersionTaken as taken:
        if len(batch) == 1:
            outcome.refused.append(named(batch[0][0], [version_taken(taken)]))
            return
        for each in batch:
            _store([each], actor, outcome)
