"""An answers file that cannot be used is told with file and line, everything at once."""

from __future__ import annotations

from typing import Any

import pytest

from app.engine.answers import Answer, GateAnswer, from_json
from app.engine.definition import Questionnaire
from app.engine.loading import Fault, LoadingFailed, load, read_answers, read_reference
from tests.definitions import line_of, minimal_definition, written

GOOD: dict[str, Any] = {
    "format": "overvej-answers/1",
    "questionnaire": "small",
    "version": "1.0.0",
    "date": "2026-11-22",
    "subject": {"name": "Foreningen"},
    "answers": {
        "need": 3,
        "owner": {"value": 1, "note": "Åse"},
        "both": {"give": {"money": 1}, "get": {"hours": 2}},
        "people": 12,
        "day": "2026-12-01",
        "once": {"unknown": True},
    },
    "gates": {"law": "yes"},
}


@pytest.fixture
def questionnaire() -> Questionnaire:
    return load(written(minimal_definition())).questionnaire


def faults_of(data: Any, questionnaire: Questionnaire) -> list[Fault]:
    with pytest.raises(LoadingFailed) as failed:
        read_answers(written(data), questionnaire, "answers.json")
    return failed.value.faults


def test_a_good_file_is_read(questionnaire: Questionnaire) -> None:
    answers = read_answers("\ufeff" + written(GOOD), questionnaire)
    assert answers.items["owner"] == Answer("known", 1, "Åse")
    assert answers.gates["law"] == GateAnswer("yes")


def test_everything_that_is_wrong_is_told_at_once_with_its_line(questionnaire: Questionnaire) -> None:
    wrong = {
        "answers": {
            **GOOD["answers"],
            "need": 5,
            "owner": {"value": 1, "note": 7},
            "people": -1,
            "day": "tomorrow",
            "once": {"na": True},
            "ownr": 1,
        },
        "gates": {"law": "maybe"},
        "version": "2.0.0",
        "subject": {"name": 5, "sector": "o9"},
        "author": "me",
    }
    data = {**GOOD, **wrong}
    expected = {
        "version": "other_version",
        "subject.name": "answer_not_text",
        "subject.sector": "answer_not_an_option",
        "answers.need": "answer_not_a_point",
        "answers.owner": "note_not_text",
        "answers.people": "answer_out_of_range",
        "answers.day": "answer_not_a_date",
        "answers.once": "answer_may_not_be_na",
        "answers.ownr": "no_such_question",
        "gates.law": "answer_not_yes_no_unknown",
        "author": "unknown_key",
    }
    told = {fault.where: (fault.code, fault.line) for fault in faults_of(data, questionnaire)}
    assert told == {where: (code, line_of(data, where)) for where, code in expected.items()}


def test_a_misspelt_question_is_recognised(questionnaire: Questionnaire) -> None:
    (fault,) = faults_of({**GOOD, "answers": {"ownr": 1}}, questionnaire)
    assert "Did you mean “owner”?" in fault.message("en")


def test_another_file_altogether_is_told_in_one_line(questionnaire: Questionnaire) -> None:
    (fault,) = faults_of(minimal_definition(), questionnaire)
    assert fault.line_for("en") == (
        "answers.json:1:1: The file is not an Overvej answers file. "
        'It must begin with "format": "overvej-answers/1".'
    )


def test_a_digest_of_other_wording_is_refused(questionnaire: Questionnaire) -> None:
    assert read_answers(written({**GOOD, "digest": questionnaire.digest}), questionnaire).digest
    (fault,) = faults_of({**GOOD, "digest": "0" * 64}, questionnaire)
    assert fault.code == "other_digest"


@pytest.mark.parametrize("key", ["questionnaire", "version", "digest"])
@pytest.mark.parametrize("wrong", [[], {}, 0, False, None, ["small"]])
def test_what_says_which_questionnaire_is_meant_must_be_text(
    questionnaire: Questionnaire, key: str, wrong: Any
) -> None:
    data = {**GOOD, key: wrong}
    (fault,) = faults_of(data, questionnaire)
    assert (fault.where, fault.line) == (key, line_of(data, key))
    assert fault.message("da") == f'»{key}« skal være tekst i anførselstegn: "…".'
    assert fault.message("en") == f'“{key}” must be text in quotation marks: "…".'
    with pytest.raises(LoadingFailed) as failed:
        read_reference(data, written(data), "answers.json")
    assert failed.value.faults == [fault]


@pytest.mark.parametrize("day", ["0026-12-01", "1899-12-31", "2201-01-01", "9999-12-31"])
def test_a_year_that_nobody_means_is_refused_but_was_it_taken_once_it_is_read(
    questionnaire: Questionnaire, day: str
) -> None:
    data = {**GOOD, "date": day, "answers": {"day": {"value": day, "note": "Åse"}}}
    told = {fault.where: fault.message("da") for fault in faults_of(data, questionnaire)}
    assert told == dict.fromkeys(("date", "answers.day"), "Året skal ligge mellem 1900 og 2200.")
    answers = from_json(data, questionnaire, stored=True)
    assert (answers.date, answers.items["day"].value) == (day, day)


@pytest.mark.parametrize("day", ["1900-01-01", "2200-12-31"])
def test_a_year_that_somebody_may_mean_is_taken(questionnaire: Questionnaire, day: str) -> None:
    answers = read_answers(written({**GOOD, "date": day, "answers": {"day": day}}), questionnaire)
    assert (answers.date, answers.items["day"].value) == (day, day)


@pytest.mark.parametrize("wrong", ["20261122", "2026-W47-7", "2026-02-30", "22.11.2026", [], None, 2026])
def test_a_date_is_written_in_one_way(questionnaire: Questionnaire, wrong: Any) -> None:
    faults = faults_of({**GOOD, "date": wrong, "answers": {"day": wrong}}, questionnaire)
    assert [fault.code for fault in faults] == ["answer_not_a_date"] * 2


def test_broken_json_and_repeated_keys_are_told_as_for_questionnaires(questionnaire: Questionnaire) -> None:
    with pytest.raises(LoadingFailed) as failed:
        read_answers('{"a": 1,}', questionnaire)
    assert [fault.code for fault in failed.value.faults] == ["json_trailing_comma"]
    text = written(GOOD).replace('"need": 3,', '"need": 3, "need": 2,')
    with pytest.raises(LoadingFailed) as failed:
        read_answers(text, questionnaire)
    assert [fault.code for fault in failed.value.faults] == ["key_twice"]


def test_a_number_too_large_to_reckon_with_is_no_number(questionnaire: Questionnaire) -> None:
    (fault,) = faults_of({**GOOD, "answers": {"people": 10**400}}, questionnaire)
    assert fault.code == "answer_not_a_number"
