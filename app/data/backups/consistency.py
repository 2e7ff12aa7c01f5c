"""Whether the rows of a backup are consistent: each is one that Overvej could have written, and can show.

First comes what the tables' own constraints promise, then what no database knows: calendars, questionnaires,
pictures, and what plain data hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import CheckConstraint, Connection, Row, Table, literal, or_, select, text

from app.assessments.models import Assessment, AssessmentChange, Summary
from app.data.backups import refusals, workshop_consistency
from app.data.backups.backup import part_name, tables
from app.decisions.models import Decision, FollowUp, Motion
from app.definitions.models import Definition
from app.engine.answers import FORMAT, InvalidAnswers, from_json
from app.engine.dates import can_be_given, day_in
from app.engine.definition import Questionnaire
from app.engine.faults import LoadingFailed
from app.engine.loading import load
from app.engine.texts import LANGUAGES
from app.organisation.logo import NoLogo, clean_logo
from app.organisation.models import Organisation
from app.partners.models import LevelChange, Partner, PartnerContact
from app.workshops.models import Participant, RoomAnswer, Workshop, WorkshopAction

DAYS: Mapping[Any, tuple[str, ...]] = {
    PartnerContact: ("on",),
    LevelChange: ("on",),
    Assessment: ("date",),
    Decision: ("decided_on", "follow_up_on"),
    FollowUp: ("on", "next_on"),
    Workshop: ("on",),
    WorkshopAction: ("due",),
}
"""The columns that hold a day, and some of them ``""``; the database does not know how long a month is,
nor which years somebody may have meant."""

OUTCOMES: Mapping[Any, tuple[str, ...]] = {
    Summary: ("outcome", "low", "high", "in_time"),
    Motion: ("outcome", "recommended"),
    Decision: ("outcome", "recommended", "proposed"),
}
"""The columns that hold an outcome of the assessment's questionnaire, or ``""``."""

OF_WORKSHOPS: Mapping[Any, Callable[[Row[Any], Row[Any], Questionnaire], bool]] = {
    Participant: workshop_consistency.is_participant,
    RoomAnswer: workshop_consistency.is_room_answer,
    WorkshopAction: workshop_consistency.is_action,
}
"""What hangs on workshops, and what must hold of each row."""

Check = Callable[[Any], bool]


def check_consistency(connection: Connection) -> None:
    """Look through every row.

    Raises :class:`app.data.backups.refusals.BackupRefused` with the part that is not consistent.
    """
    for table in tables():
        _require(table, _constraints_hold(connection, table))
    for table in tables():
        checks = _checks_of(table)
        for row in _rows(connection, table, checks):
            _require(table, all(check(row._mapping[name]) for name, check in checks.items()))
    _require(Partner.__table__, _end_somewhere(connection))
    for organisation in _rows(connection, Organisation.__table__, ("logo", "logo_type")):
        _require(Organisation.__table__, _is_logo(organisation))
    used = {each.id: _questionnaire(each) for each in connection.execute(select(Definition.__table__))}
    asked = {}
    for row in connection.execute(select(Assessment.__table__).execution_options(yield_per=500)):
        questionnaire = asked[row.id] = used[row.definition_id]
        _require(Assessment.__table__, _are_answers(row, questionnaire))
    for model, columns in OUTCOMES.items():
        for row in _rows(connection, model.__table__, ("assessment_id", *columns)):
            known = {"", *asked[row.assessment_id].outcome_ids}
            _require(model.__table__, known.issuperset(row._mapping[name] for name in columns))
    _check_workshops(connection, used)


def _check_workshops(connection: Connection, used: Mapping[int, Questionnaire]) -> None:
    workshops = {row.id: row for row in connection.execute(select(Workshop.__table__))}
    for row in workshops.values():
        _require(Workshop.__table__, workshop_consistency.is_workshop(row, used[row.definition_id]))
    for model, is_consistent in OF_WORKSHOPS.items():
        for row in connection.execute(select(model.__table__).execution_options(yield_per=500)):
            workshop = workshops[row.workshop_id]
            _require(model.__table__, is_consistent(row, workshop, used[workshop.definition_id]))


def _constraints_hold(connection: Connection, table: Table) -> bool:
    """Say whether every row keeps the table's own constraints, which are not enforced during the trial."""
    promised = [each.sqltext for each in table.constraints if isinstance(each, CheckConstraint)]
    is_broken = or_(*(text(f"NOT ({condition})") for condition in promised))
    return connection.execute(select(literal(1)).select_from(table).where(is_broken).limit(1)).first() is None


def _checks_of(table: Table) -> dict[str, Check]:
    """Return what a column's values must be, by its name."""
    days = next((names for model, names in DAYS.items() if _is(model, table)), ())
    checks: dict[str, Check] = dict.fromkeys(days, _is_day_or_none)
    if _is(Organisation, table):
        checks["thresholds"] = _are_thresholds
        checks["language"] = LANGUAGES.__contains__  # one that was dropped may still be stored
    if _is(AssessmentChange, table):
        checks["changes"] = _are_changes
    if _is(Assessment, table):
        checks["confirmed_gates"] = _are_words
        # In any year: an import took the year 26 once, and what is stored comes back from its backup.
        checks["date"] = lambda written: day_in(written) is not None
    return checks


def _is(model: Any, table: Table) -> bool:
    return model.__table__ is table


def _rows(connection: Connection, table: Any, names: Iterable[str]) -> Iterable[Row[Any]]:
    columns = [table.columns[name] for name in names]
    return connection.execute(select(*columns).execution_options(yield_per=500)) if columns else ()


def _require(table: Any, holds: bool) -> None:
    if not holds:
        raise refusals.damaged(part_name(table.name))


def _is_day_or_none(written: str) -> bool:
    day = day_in(written)
    return written == "" or (day is not None and can_be_given(day))


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _are_thresholds(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(each, dict)
        and each.keys() == {"amount", "decides"}
        and type(each["amount"]) is int
        and isinstance(each["decides"], str)
        for each in value
    )


def _are_changes(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(x, list) and len(x) == 2 for x in value.values())


def _is_logo(organisation: Row[Any]) -> bool:
    if not organisation.logo_type:  # shown nowhere
        return True
    try:
        return clean_logo(organisation.logo or b"")[1] == str(organisation.logo_type)
    except NoLogo:
        return False


def _end_somewhere(connection: Connection) -> bool:
    """Say whether every partner that was merged leads to one that was not."""
    merged = Partner.__table__.c
    pairs = connection.execute(
        select(merged.id, merged.merged_into_id).where(merged.merged_into_id.is_not(None))
    )
    leads = {row.id: row.merged_into_id for row in pairs}
    ends: set[int] = set()
    for start in leads:
        here, way = start, set()
        while here in leads and here not in ends:
            if here in way:
                return False
            way.add(here)
            here = leads[here]
        ends |= way
    return True


def _questionnaire(row: Row[Any]) -> Questionnaire:
    """Return the questionnaire of a stored definition, which must be the one that the row says."""
    table = Definition.__table__
    try:
        found = load(row.source).questionnaire
    except LoadingFailed:
        raise refusals.damaged(part_name(table.name)) from None  # type: ignore[attr-defined]
    _require(table, (found.id, found.version, found.digest) == (row.questionnaire, row.version, row.digest))
    return found


def _are_answers(row: Row[Any], questionnaire: Questionnaire) -> bool:
    file = {
        "format": FORMAT,
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "digest": questionnaire.digest,
        "date": row.date,
        "respondents": row.respondents,
        "subject": row.subject,
        "answers": row.answers,
        "gates": row.gates,
    }
    try:
        from_json(file, questionnaire, stored=True)
    except InvalidAnswers:
        return False
    return True
