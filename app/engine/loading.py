"""JSON text → questionnaire, or every fault in it with its line. Nothing else in the engine reads files."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

from app.engine import answers as answering
from app.engine.answers import Answers, InvalidAnswers
from app.engine.checks import refusals, warnings
from app.engine.checks.limits import oversized
from app.engine.definition import LONGEST_FILE, Questionnaire
from app.engine.draft import Draft, TooDeep, read_models
from app.engine.faults import Fault, Finding, LoadingFailed, located, repeated_keys
from app.engine.json_text import BYTE_ORDER_MARK, decode, read_text, too_deep
from app.engine.scales import expand_scales

__all__ = ["Fault", "Loaded", "LoadingFailed", "load", "load_file", "read_answers"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A questionnaire that may be used, what its author may want to know, and the JSON it was read from."""

    questionnaire: Questionnaire
    warnings: list[Fault]
    source: str


def load_file(path: FilePath | str) -> Loaded:
    """Load the questionnaire in a UTF-8 file. Raises :class:`LoadingFailed` with every fault."""
    return load(read_text(FilePath(path)), str(path))


def load(text: str, name: str = "questionnaire") -> Loaded:
    """Load the questionnaire that ``text`` is; ``name`` precedes the line in messages.

    Raises :class:`LoadingFailed` with every fault; what keeps a text from being JSON, or makes it too
    large to check, is reported alone.
    """
    source = text.removeprefix(BYTE_ORDER_MARK)
    if len(source) > LONGEST_FILE:
        details = {"length": len(source), "most": LONGEST_FILE}
        raise LoadingFailed([Fault(name, 1, 1, "", "file_too_long", details)])
    decoded = decode(source, name)
    repeated = repeated_keys(source, name) if decoded.repeats_keys else []
    questionnaire, refused, advised = _checked(decoded.data, source, name)
    faults = [*repeated, *located(refused, source, name)]
    if faults or questionnaire is None:
        raise LoadingFailed(faults)
    questionnaire._digest = hashlib.sha256(decoded.canonical).hexdigest()
    return Loaded(questionnaire, located(advised, source, name), source)


def read_reference(data: dict[str, Any], source: str, name: str = "answers") -> tuple[str, str, str]:
    """Return id, version and digest of the questionnaire that an answers file is for, ``""`` for none said.

    ``data``: what the text ``source`` was decoded to. Raises :class:`LoadingFailed`.
    """
    try:
        return answering.reference_in(data)
    except InvalidAnswers as invalid:
        raise LoadingFailed(located(_findings(invalid), source, name)) from None


def read_answers(text: str, questionnaire: Questionnaire, name: str = "answers") -> Answers:
    """Read the answers file that ``text`` is; ``name`` precedes the line in messages.

    Raises :class:`LoadingFailed` with every fault, as :func:`load` does.
    """
    source = text.removeprefix(BYTE_ORDER_MARK)
    decoded = decode(source, name)
    repeated = repeated_keys(source, name) if decoded.repeats_keys else []
    found: list[Finding] = []
    try:
        answers = answering.from_json(decoded.data, questionnaire)
    except InvalidAnswers as invalid:
        found = _findings(invalid)
    if repeated or found:
        raise LoadingFailed([*repeated, *located(found, source, name)])
    return answers


def _findings(invalid: InvalidAnswers) -> list[Finding]:
    return [Finding(fault.where, fault.code, fault.details) for fault in invalid.faults]


def _checked(
    data: dict[str, Any], source: str, name: str
) -> tuple[Questionnaire | None, list[Finding], list[Finding]]:
    """Return the questionnaire (``None`` where too little has the right shape), refusals and warnings."""
    too_large = oversized(data)
    if too_large is not None:
        raise LoadingFailed([Fault(name, 1, 1, "", too_large.code, too_large.details)])
    misused = expand_scales(data)
    try:
        draft, misshapen = read_models(data, [finding.where for finding in misused])
    except TooDeep:
        raise too_deep(source, name) from None
    refused = [*misused, *misshapen]
    if draft is None:
        return None, refused, []
    told = {finding.where for finding in refused}
    further = [_in_file(finding, draft) for finding in refusals(draft)]
    refused += [finding for finding in further if finding.where not in told]
    return draft.questionnaire, refused, [] if refused else warnings(draft)


def _in_file(finding: Finding, draft: Draft) -> Finding:
    other = None if finding.other is None else draft.path_in_file(finding.other)
    return Finding(draft.path_in_file(finding.where), finding.code, finding.details, other)
