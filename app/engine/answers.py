"""Answers to one questionnaire: read from JSON against it, written back to JSON without loss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from app.engine.conditions import Condition
from app.engine.dates import EARLIEST, LATEST, can_be_given, day_in
from app.engine.definition import Gate, Questionnaire
from app.engine.items import BaseItem, InvalidAnswer, ScoredItem, Value
from app.engine.yes_no import YES_NO

FORMAT = "overvej-answers/1"
LONGEST_NOTE = 3000
MOST_RESPONDENTS = 100_000
REFERENCE = ("questionnaire", "version", "digest")
"""The keys of an answers file that say which questionnaire it answers."""

State = Literal["known", "unknown", "na"]


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one item. ``value`` is there exactly when the state is ``known``."""

    state: State
    value: Value | None = None
    note: str = ""


UNANSWERED = Answer("unknown")


@dataclass(frozen=True, slots=True)
class GateAnswer:
    """The answer to a gate: ``"yes"``, ``"no"`` or ``None`` for "we must ask"."""

    value: str | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """One filled-in questionnaire. What is not in ``items`` or ``gates`` has not been answered."""

    questionnaire: str
    version: str
    digest: str = ""
    date: str = ""
    respondents: int = 1
    subject: Mapping[str, Value] = field(default_factory=dict)
    items: Mapping[str, Answer] = field(default_factory=dict)
    gates: Mapping[str, GateAnswer] = field(default_factory=dict)

    def with_value(self, item_id: str, value: Value) -> Answers:
        """Return the same answers with ``value`` for one item, its note kept."""
        note = self.items[item_id].note if item_id in self.items else ""
        return replace(self, items={**self.items, item_id: Answer("known", value, note)})


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """One thing in an answers file that cannot be used. ``code`` and ``details`` make its message."""

    where: tuple[str | int, ...]
    code: str
    details: Mapping[str, object] = field(default_factory=dict)


class InvalidAnswers(ValueError):
    """Answers that do not fit; ``faults`` names every one of them."""

    def __init__(self, faults: list[AnswerFault]) -> None:
        super().__init__("; ".join(f"{'.'.join(map(str, f.where))}: {f.code}" for f in faults))
        self.faults = faults


def is_answers_file(data: object) -> bool:
    """Say whether decoded JSON calls itself an answers file, of whatever version of the format."""
    kind = FORMAT.partition("/")[0]
    return isinstance(data, dict) and str(data.get("format")).partition("/")[0] == kind


def reference_in(data: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return id, version and digest of the questionnaire that an answers file is for, ``""`` for none said.

    Raises :class:`InvalidAnswers`.
    """
    faults = list(_no_reference(data))
    if faults:
        raise InvalidAnswers(faults)
    return data.get("questionnaire", ""), data.get("version", ""), data.get("digest", "")


def _no_reference(data: Mapping[str, Any]) -> Iterator[AnswerFault]:
    for key in REFERENCE:
        if not isinstance(data.get(key, ""), str):
            yield AnswerFault((key,), "string_type", {"key": key})


def from_json(data: object, questionnaire: Questionnaire, *, stored: bool = False) -> Answers:
    """Read an answers file's decoded JSON. Raises :class:`InvalidAnswers` with everything that is wrong.

    ``stored``: the answers were taken already, so they are read even where they would not be taken today.
    """
    reader = _Reader(questionnaire, stored=stored)
    answers = reader.read(data)
    if reader.faults:
        raise InvalidAnswers(reader.faults)
    return answers


def to_json(answers: Answers) -> dict[str, Any]:
    """Return the answers file for ``answers``: :func:`from_json` reads the very same answers from it."""
    written: dict[str, Any] = {
        "format": FORMAT,
        "questionnaire": answers.questionnaire,
        "version": answers.version,
    }
    for key in ("digest", "date"):
        if getattr(answers, key):
            written[key] = getattr(answers, key)
    if answers.respondents != 1:
        written["respondents"] = answers.respondents
    written["subject"] = {key: _plain(value) for key, value in answers.subject.items()}
    written["answers"] = {key: answer_to_json(answer) for key, answer in answers.items.items()}
    written["gates"] = {key: gate_to_json(answer) for key, answer in answers.gates.items()}
    return written


def read_answer(item: BaseItem, raw: object, *, stored: bool = False) -> Answer:
    """Read one item's answer: bare, or an object with ``value``, ``unknown`` or ``na``, and a ``note``.

    ``stored``: see :func:`from_json`. Raises :class:`InvalidAnswer`.
    """
    read = item.parse if stored else item.accept
    if not isinstance(raw, dict):
        return Answer("known", read(raw))
    note = _note(raw.get("note", ""))
    said = {key: value for key, value in raw.items() if key != "note"}
    if said == {"unknown": True}:
        return Answer("unknown", None, note)
    if said == {"na": True}:
        if not (isinstance(item, ScoredItem) and item.may_be_na):
            raise InvalidAnswer("answer_may_not_be_na")
        return Answer("na", None, note)
    if set(said) == {"value"}:
        return Answer("known", read(said["value"]), note)
    return Answer("known", read(said), note)


def read_gate(raw: object) -> GateAnswer:
    """Read one gate's answer: ``"yes"``, ``"no"``, ``"unknown"``, or an object with ``value`` and ``note``.

    Raises :class:`InvalidAnswer`.
    """
    said = raw if isinstance(raw, dict) else {"value": raw}
    value = "unknown" if said.get("unknown") is True else said.get("value")
    if not set(said) <= {"value", "unknown", "note"} or value not in (*YES_NO, "unknown"):
        raise InvalidAnswer("answer_not_yes_no_unknown")
    return GateAnswer(None if value == "unknown" else cast(str, value), _note(said.get("note", "")))


def visible_items(questionnaire: Questionnaire, answers: Answers) -> frozenset[str]:
    """Return the ids of the items and subject fields that are shown, given the answers before each."""
    shown = set(questionnaire.subject_items) | set(questionnaire.items)
    for item in questionnaire.conditional_items:
        if holds(cast(Condition, item.show_if), questionnaire, answers, shown) is not True:
            shown.discard(item.id)
    return frozenset(shown)


def without_hidden(questionnaire: Questionnaire, answers: Answers, shown: Set[str]) -> Answers:
    """Return the answers that count: those to what is ``shown`` (see :func:`visible_items`)."""
    if all(item.id in shown for item in questionnaire.conditional_items):
        return answers
    return replace(
        answers,
        subject={key: value for key, value in answers.subject.items() if key in shown},
        items={key: answer for key, answer in answers.items.items() if key in shown},
    )


def unsettled_items(questionnaire: Questionnaire, answers: Answers, shown: Set[str]) -> frozenset[str]:
    """Return the ids of the items that an answer still missing may yet show or hide.

    A cap that asks about one of them is undetermined, or the range would miss what that answer may lead to.
    """
    unsettled: set[str] = set()
    for item in questionnaire.conditional_items:
        if holds(cast(Condition, item.show_if), questionnaire, answers, shown, unsettled) is None:
            unsettled.add(item.id)
    return frozenset(unsettled)


def holds(
    condition: Condition,
    questionnaire: Questionnaire,
    answers: Answers,
    shown: Set[str],
    unsettled: Set[str] | None = None,
) -> bool | None:
    """Say whether a condition holds, three-valued: ``None`` where an unknown answer decides.

    What is hidden or not applicable is not unknown: a test of it does not hold. Without ``unsettled`` the
    condition is read for the present answers; with it (see :func:`unsettled_items`), for any that may follow.
    """
    if condition.item is not None:
        return _test(condition, questionnaire, answers, shown, unsettled)
    said = [holds(part, questionnaire, answers, shown, unsettled) for part in condition.parts]
    if condition.not_ is not None:
        return None if said[0] is None else not said[0]
    deciding = condition.any_ is not None
    if deciding in said:
        return deciding
    return None if None in said else not deciding


def _test(
    condition: Condition,
    questionnaire: Questionnaire,
    answers: Answers,
    shown: Set[str],
    unsettled: Set[str] | None,
) -> bool | None:
    item = questionnaire.item_or_field(cast(str, condition.item))
    if unsettled is not None and item.id in unsettled:
        return None
    if item.id not in shown:
        return condition.answered is False
    answer = answer_to(questionnaire, answers, item.id)
    if condition.answered is not None:
        if unsettled is not None and answer.state == "unknown":
            return None
        return (answer.state == "known") == condition.answered
    if answer.state != "known":
        return None if answer.state == "unknown" else False
    return value_passes(condition, item, cast(Value, answer.value))


def answer_to(questionnaire: Questionnaire, answers: Answers, item_id: str) -> Answer:
    """Return the answer to an item or a subject field; ``unknown`` where there is none."""
    if item_id in questionnaire.items:
        return answers.items.get(item_id, UNANSWERED)
    value = answers.subject.get(item_id)
    return UNANSWERED if value in (None, "") else Answer("known", value)


def value_passes(condition: Condition, item: BaseItem, value: Value) -> bool:
    """Say whether a known value passes one test (not ``answered``)."""
    if condition.in_ is not None:
        return value in condition.in_
    if condition.is_ is not None:
        return value == condition.is_
    rank = cast(float, item.rank(value))
    if condition.at_least is not None:
        return rank >= cast(float, item.rank(condition.at_least))
    return rank <= cast(float, item.rank(cast(Value, condition.at_most)))


def gate_state(gate: Gate, answers: Answers) -> Literal["clear", "open", "breached"]:
    """Say whether a gate is in order, unanswered or unknown, or breached."""
    answer = answers.gates.get(gate.id)
    if answer is None or answer.value is None:
        return "open"
    return "breached" if answer.value == gate.breach_when else "clear"


def _note(raw: object) -> str:
    if not isinstance(raw, str) or "\x00" in raw:
        raise InvalidAnswer("note_not_text")
    if len(raw) > LONGEST_NOTE:
        raise InvalidAnswer("note_too_long", longest=LONGEST_NOTE, length=len(raw))
    return raw


def _plain(value: Value | None) -> Any:
    return list(value) if isinstance(value, tuple) else value


def answer_to_json(answer: Answer) -> Any:
    """Return one item's answer as an answers file writes it."""
    note = {"note": answer.note} if answer.note else {}
    if answer.state != "known":
        return {answer.state: True, **note}
    value = _plain(answer.value)
    if isinstance(value, dict):
        return {**value, **note}
    return {"value": value, **note} if note else value


def gate_to_json(answer: GateAnswer) -> Any:
    """Return one gate's answer as an answers file writes it."""
    value = answer.value or "unknown"
    return {"value": value, "note": answer.note} if answer.note else value


class _Reader:
    """Reads an answers file, gathering every fault instead of stopping at the first."""

    KEYS = frozenset(
        {"format", "questionnaire", "version", "digest", "date", "respondents", "subject", "answers", "gates"}
    )

    def __init__(self, questionnaire: Questionnaire, *, stored: bool) -> None:
        self.questionnaire = questionnaire
        self.stored = stored
        self.faults: list[AnswerFault] = []

    def read(self, data: object) -> Answers:
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            self._fault((), "not_an_answers_file", format=FORMAT)
            return Answers("", "")
        for key in sorted(set(data) - self.KEYS):
            self._fault((key,), "unknown_key", key=key, known=sorted(self.KEYS))
        questionnaire = self.questionnaire
        self._compare_reference(data)
        return Answers(
            questionnaire=questionnaire.id,
            version=questionnaire.version,
            digest=data.get("digest", ""),
            date=self._date(data.get("date", "")),
            respondents=self._respondents(data.get("respondents", 1)),
            subject=self._subject(data.get("subject", {})),
            items=self._part(
                "answers",
                data.get("answers", {}),
                questionnaire.items,
                lambda item, raw: read_answer(item, raw, stored=self.stored),
            ),
            gates=self._part(
                "gates", data.get("gates", {}), questionnaire.gates_by_id, lambda _, raw: read_gate(raw)
            ),
        )

    def _compare_reference(self, data: Mapping[str, Any]) -> None:
        misshapen = list(_no_reference(data))
        self.faults += misshapen
        if misshapen:
            return
        questionnaire = self.questionnaire
        if data.get("questionnaire") != questionnaire.id:
            self._fault(("questionnaire",), "other_questionnaire", wanted=questionnaire.id)
        if data.get("version") != questionnaire.version:
            self._fault(("version",), "other_version", wanted=questionnaire.version)
        if data.get("digest", "") not in ("", questionnaire.digest):
            self._fault(("digest",), "other_digest")

    def _fault(self, where: tuple[str | int, ...], code: str, **details: object) -> None:
        self.faults.append(AnswerFault(where, code, details))

    def _date(self, raw: object) -> str:
        if raw == "":
            return ""
        day = day_in(raw)
        if day is None:
            self._fault(("date",), "answer_not_a_date")
            return ""
        if not (self.stored or can_be_given(day)):
            self._fault(("date",), "answer_in_no_such_year", first=EARLIEST, last=LATEST)
        return day.isoformat()

    def _respondents(self, raw: object) -> int:
        if isinstance(raw, bool) or not isinstance(raw, int) or not 1 <= raw <= MOST_RESPONDENTS:
            self._fault(("respondents",), "answer_out_of_range", minimum=1, maximum=MOST_RESPONDENTS)
            return 1
        return raw

    def _subject(self, raw: object) -> dict[str, Value]:
        fields = self.questionnaire.subject_items
        read = self._part(
            "subject",
            raw,
            fields,
            lambda item, value: item.parse(value) if self.stored else item.accept(value),
        )
        return {key: value for key, value in read.items() if value != ""}

    def _part(self, name: str, raw: object, known: Mapping[str, Any], read: Any) -> dict[str, Any]:
        if not isinstance(raw, dict):
            self._fault((name,), "not_an_object")
            return {}
        found = {}
        for key in [key for key in raw if key not in known]:
            self._fault((name, key), "no_such_question", key=key, known=list(known))
        for key, thing in known.items():
            if key not in raw:
                continue
            try:
                found[key] = read(thing, raw[key])
            except InvalidAnswer as invalid:
                self._fault((name, key), invalid.code, **invalid.details)
        return found
