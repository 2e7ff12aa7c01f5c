"""The installed questionnaires: those that ship with Overvej, and those of ``OVERVEJ_QUESTIONNAIRES``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from app.engine.answers import is_answers_file
from app.engine.definition import Questionnaire
from app.engine.faults import Fault, LoadingFailed
from app.engine.json_text import decode, read_text
from app.engine.loading import Loaded, load_file
from app.engine.versions import version_numbers
from app.paths import questionnaires_folder

SETTING = "OVERVEJ_QUESTIONNAIRES"
NOT_QUESTIONNAIRES = frozenset({"schema.json"})


_last_good: dict[Path, Loaded] = {}
"""What each file held when it could be used last."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What is installed: ``loaded`` can be used, the newest version of each first.

    ``faulty`` are the files that cannot be used. What one of them held while it was whole, since Overvej was
    started, is among ``loaded`` still. ``clashes``: a folder of the setting that is not there, and a file
    that is another text of a version that is installed already. ``files``: where each was found, by digest.
    """

    loaded: list[Loaded] = field(default_factory=list)
    faulty: list[LoadingFailed] = field(default_factory=list)
    clashes: list[Fault] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)

    def find(self, questionnaire: str, version: str | None = None) -> Loaded | None:
        """Return the questionnaire of that id in that version (or the newest), if it is installed."""
        return next(
            (
                each
                for each in self.loaded
                if each.questionnaire.id == questionnaire and version in (None, each.questionnaire.version)
            ),
            None,
        )

    def versions(self, questionnaire: str) -> list[str]:
        """Return the installed versions of a questionnaire, newest first."""
        return [each.questionnaire.version for each in self.loaded if each.questionnaire.id == questionnaire]

    def ids(self) -> list[str]:
        """Return the id of every installed questionnaire, each once, in the order of the alphabet."""
        return sorted({each.questionnaire.id for each in self.loaded})


def installed(environ: Mapping[str, str] = os.environ) -> Catalogue:
    """Return every installed questionnaire. A file is read again only when its time or its size has changed.

    Of two files that are the same version of the same questionnaire and differ, the first counts. A file that
    became faulty stays in use as it was.
    """
    faulty = []
    clashes = _missing_folders(environ)
    found: dict[tuple[str, str], tuple[Path, Loaded]] = {}
    for path in files(environ):
        loaded = _load(path)
        if loaded is None:
            continue
        if isinstance(loaded, LoadingFailed):
            faulty.append(loaded)
            if path not in _last_good:
                continue
            loaded = _last_good[path]
        _last_good[path] = loaded
        questionnaire = loaded.questionnaire
        first, kept = found.setdefault((questionnaire.id, questionnaire.version), (path, loaded))
        if kept.questionnaire.digest != questionnaire.digest:
            clashes.append(_taken(loaded, path, first))
    return Catalogue(
        sorted((loaded for _, loaded in found.values()), key=_order),
        faulty,
        clashes,
        {loaded.questionnaire.digest: path for path, loaded in found.values()},
    )


def find(questionnaire: str, version: str | None = None) -> Loaded | None:
    """Return the installed questionnaire of that id in that version (or the newest), or ``None``."""
    return installed().find(questionnaire, version)


def newer_than(questionnaire: Questionnaire) -> Loaded | None:
    """Return the newest installed version of a questionnaire, ``None`` where no newer one is installed."""
    newest = find(questionnaire.id)
    if newest is None or version_numbers(newest.questionnaire.version) <= version_numbers(
        questionnaire.version
    ):
        return None
    return newest


def folders(environ: Mapping[str, str] = os.environ) -> list[Path]:
    """Return the folders that questionnaires are looked for in: the shipped one, then those of the setting.

    The setting separates folders as ``PATH`` does: by ``:``, on Windows by ``;``.
    """
    named = environ.get(SETTING, "").split(os.pathsep)
    return [questionnaires_folder(), *(Path(name) for name in named if name)]


def files(environ: Mapping[str, str] = os.environ) -> list[Path]:
    """Return every questionnaire file that is installed; folders inside the folders are not looked into."""
    return [
        path
        for folder in folders(environ)
        for path in sorted(folder.glob("*.json"))
        if path.name not in NOT_QUESTIONNAIRES
    ]


def _load(path: Path) -> Loaded | LoadingFailed | None:
    """Return the questionnaire in a file, or why there is none; ``None`` where the file holds answers."""
    try:
        stamp = path.stat()
    except OSError:
        return _read(path)  # says why it cannot be read
    return _read_once(path, (stamp.st_mtime_ns, stamp.st_ctime_ns, stamp.st_size))


@lru_cache(maxsize=64)
def _read_once(path: Path, _stamp: tuple[int, ...]) -> Loaded | LoadingFailed | None:
    return _read(path)


def _read(path: Path) -> Loaded | LoadingFailed | None:
    try:
        return load_file(path)
    except LoadingFailed as failed:
        return None if _holds_answers(path) else failed


def _holds_answers(path: Path) -> bool:
    """Say whether a file holds answers, which may well be kept beside their questionnaire."""
    try:
        return is_answers_file(decode(read_text(path), path.name).data)
    except LoadingFailed:
        return False


def _missing_folders(environ: Mapping[str, str]) -> list[Fault]:
    return [
        Fault(str(folder), 1, 1, "", "questionnaires_folder_missing", {"setting": SETTING})
        for folder in folders(environ)[1:]
        if not folder.is_dir()
    ]


def _taken(loaded: Loaded, path: Path, first: Path) -> Fault:
    questionnaire = loaded.questionnaire
    return Fault(
        str(path),
        1,
        1,
        "version",
        "version_taken",
        {"id": questionnaire.id, "version": questionnaire.version, "other": str(first)},
    )


def _order(loaded: Loaded) -> tuple[str, tuple[int, ...]]:
    questionnaire = loaded.questionnaire
    return questionnaire.id, tuple(-number for number in version_numbers(questionnaire.version))
